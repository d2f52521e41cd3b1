package org.facteur.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every link of the documentation leads somewhere: files exist, and where a link names a method
/// (`File.java` with the title `method`), the file has it.
class TourTest {
    private static final Pattern LINK =
            Pattern.compile("\\[`?([^\\]`]+)`?\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final List<String> PAGES =
            List.of(
                    "README.md",
                    "README.fr.md",
                    "ARCHITECTURE.md",
                    "CONTRIBUTING.md",
                    "CHANGELOG.md",
                    "docs/tour.md",
                    "docs/benchmarks.md");

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (String page : PAGES) {
            Path file = HouseFiles.root().resolve(page);
            Matcher matcher = LINK.matcher(Files.readString(file));
            while (matcher.find()) {
                check(file, matcher.group(1), matcher.group(2), dead);
            }
        }
        assertThat(dead).isEmpty();
    }

    private static void check(Path page, String title, String link, List<String> dead)
            throws IOException {
        if (link.startsWith("http")) {
            return;
        }
        Path target = page.resolveSibling(link).normalize();
        if (!Files.exists(target)) {
            dead.add(page.getFileName() + ": " + link);
        } else if (link.endsWith(".java") && title.contains(".")) {
            String method = title.substring(title.lastIndexOf('.') + 1);
            if (!Files.readString(target).contains(" " + method + "(")) {
                dead.add(page.getFileName() + ": " + title + " is not in " + link);
            }
        }
    }
}
