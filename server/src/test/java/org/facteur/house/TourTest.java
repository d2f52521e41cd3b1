package org.facteur.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every link of the documentation leads somewhere: files exist, and where a link names a method
/// (`File.java` with the title `method`), the file has it. The tests that decisions name exist.
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

    /// A test class, or a test of one, as decisions name them.
    private static final Pattern TEST =
            Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|Contract))(?:\\.([a-z][A-Za-z0-9]*))?`");

    @Test
    void decisionsAreHeldByTestsThatExist() throws IOException {
        Map<String, Path> sources = new HashMap<>();
        for (Path source : HouseFiles.javaSources()) {
            sources.put(HouseFiles.name(source), source);
        }
        List<String> dead = new ArrayList<>();
        try (Stream<Path> pages = Files.list(HouseFiles.root().resolve("docs/adr"))) {
            for (Path page : pages.sorted().toList()) {
                int named = 0;
                Matcher matcher = TEST.matcher(Files.readString(page));
                while (matcher.find()) {
                    named++;
                    Path source = sources.get(matcher.group(1));
                    String method = matcher.group(2);
                    if (source == null
                            || (method != null
                                    && !Files.readString(source).contains(" " + method + "("))) {
                        dead.add(page.getFileName() + ": " + matcher.group());
                    }
                }
                if (named == 0) {
                    dead.add(page.getFileName() + " names no test");
                }
            }
        }
        assertThat(dead).isEmpty();
    }

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
