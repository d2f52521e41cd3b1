package org.facteur.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Holds the index of standards and the code to one another, and writes the page that shows both.
///
/// Every RFC that the code or the manual page of a package cites is in `docs/rfc/index.tsv`; every
/// one the index calls done or partly done is cited by the code; `docs/rfc/coverage.md` is what
/// this test writes. With `-Dfacteur.write=true` a page that is out of date is written anew instead
/// of failing.
class RfcIndexTest {
    private static final Pattern CITED =
            Pattern.compile("RFC (\\d{3,5})(?: §([0-9A-Z]+(?:\\.[0-9]+)*))?");

    /// A comment that goes on in the next line: a citation may be broken there.
    private static final Pattern LINE_BREAK = Pattern.compile("\\n\\h*//+ ");

    private static final Set<String> STATES = Set.of("done", "partly", "later");

    private record Entry(int number, String state, String title) {}

    @Test
    void indexAndCodeAgree() throws IOException {
        Map<Integer, Entry> index = index();
        Map<Integer, Map<String, Set<String>>> cited = cited();
        List<String> wrong = new ArrayList<>();
        for (int number : cited.keySet()) {
            if (!index.containsKey(number)) {
                wrong.add("RFC " + number + " is cited and not in the index: " + cited.get(number));
            }
        }
        for (Entry entry : index.values()) {
            if (!entry.state().equals("later") && !cited.containsKey(entry.number())) {
                wrong.add(
                        "RFC "
                                + entry.number()
                                + " is called "
                                + entry.state()
                                + " and never cited");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void coveragePageIsUpToDate() throws IOException {
        Path page = HouseFiles.root().resolve("docs/rfc/coverage.md");
        String wanted = page(index(), cited());
        if (Boolean.getBoolean("facteur.write")) {
            Files.writeString(page, wanted);
        }
        assertThat(Files.readString(page))
                .as("docs/rfc/coverage.md; write it anew with -Dfacteur.write=true")
                .isEqualTo(wanted);
    }

    private static Map<Integer, Entry> index() throws IOException {
        Map<Integer, Entry> index = new TreeMap<>();
        for (String line : Files.readAllLines(HouseFiles.root().resolve("docs/rfc/index.tsv"))) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split("\t", -1);
            assertThat(cells).as(line).hasSize(3);
            assertThat(STATES).as(line).contains(cells[1]);
            int number = Integer.parseInt(cells[0]);
            assertThat(index.put(number, new Entry(number, cells[1], cells[2]))).as(line).isNull();
        }
        return index;
    }

    /// Classes and packages of the product that cite an RFC, by RFC and section.
    private static Map<Integer, Map<String, Set<String>>> cited() throws IOException {
        Map<Integer, Map<String, Set<String>>> cited = new TreeMap<>();
        for (Path file : HouseFiles.javaSourcesAndManuals()) {
            if (!file.toString().contains("/src/main/")
                    || file.startsWith(HouseFiles.root().resolve("trial"))) {
                continue;
            }
            String name = HouseFiles.name(file);
            Matcher matcher =
                    CITED.matcher(LINE_BREAK.matcher(Files.readString(file)).replaceAll(" "));
            while (matcher.find()) {
                String section = matcher.group(2) == null ? "" : matcher.group(2);
                cited.computeIfAbsent(Integer.valueOf(matcher.group(1)), n -> new TreeMap<>())
                        .computeIfAbsent(section, s -> new TreeSet<>())
                        .add(name);
            }
        }
        return cited;
    }

    private static String page(
            Map<Integer, Entry> index, Map<Integer, Map<String, Set<String>>> cited) {
        StringBuilder page = new StringBuilder("# Standards and where they are\n\n");
        page.append("Written by the build from `index.tsv` and the citations in the code.\n\n");
        page.append("| RFC | title | state | where |\n|---|---|---|---|\n");
        for (Entry entry : index.values()) {
            Set<String> classes = new TreeSet<>();
            cited.getOrDefault(entry.number(), Map.of()).values().forEach(classes::addAll);
            page.append("| ")
                    .append(entry.number())
                    .append(" | ")
                    .append(entry.title())
                    .append(" | ")
                    .append(entry.state())
                    .append(" | ")
                    .append(String.join(", ", classes))
                    .append(" |\n");
        }
        return page.toString();
    }
}
