package org.facteur.edge.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.facteur.core.mailbox.House;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.JmapText;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Orders by what is kept of letters in memory, as long lists have them.
class EmailSortTest {
    private static final int LETTERS = 300;

    private static String sender(int number) {
        return (number % 2 == 0 ? "Éva" : "evan") + (number * 7919) % 50;
    }

    private static String letter(int number) {
        boolean attached = number % 5 == 0;
        return "From: =?utf-8?q?%s?= <p%d@example.net>\r\n"
                        .formatted(sender(number).replace("É", "=C3=89"), number)
                + "To: alice@example.org\r\nSubject: Re: s"
                + (number * 31) % 40
                + "\r\nDate: Sun, 1 Mar 2026 11:"
                + (10 + (number * 17) % 50)
                + ":00 +0000\r\n"
                + (attached
                        ? "Content-Type: application/pdf\r\n"
                                + "Content-Disposition: attachment; filename=a.pdf\r\n"
                        : "")
                + "\r\nx\r\n";
    }

    private static List<Integer> ordered(LetterBox box, Universe universe, String sort) {
        ObjectNode arguments = (ObjectNode) JmapText.read("{\"sort\":[" + sort + "]}");
        int[] rows = IntStream.range(0, universe.size()).toArray();
        int[] order = EmailSort.take(new Arguments(arguments)).order(rows, universe, box);
        return IntStream.of(order).boxed().toList();
    }

    private static List<Integer> expected(Comparator<Integer> by) {
        List<Integer> rows = new ArrayList<>(IntStream.range(0, LETTERS).boxed().toList());
        rows.sort(by.thenComparing(Comparator.reverseOrder()));
        return rows;
    }

    @Test
    void longListsAreInTheOrderShortOnesAre() {
        try (House house = House.inMemory()) {
            for (int i = 0; i < LETTERS; i++) {
                house.append(letter(i));
            }
            LetterBox box = house.box();
            Universe universe = Universe.of(box, house.inbox());
            assertThat(universe.facts()).isPresent();
            Comparator<Integer> bySender =
                    Comparator.comparing(row -> Collation.UNICODE_CASEMAP.key(sender(row)));
            assertThat(ordered(box, universe, "{\"property\":\"from\"}"))
                    .isEqualTo(expected(bySender));
            assertThat(ordered(box, universe, "{\"property\":\"from\",\"isAscending\":false}"))
                    .isEqualTo(expected(bySender.reversed()));
            Comparator<Integer> bySubject = Comparator.comparing(row -> "S" + (row * 31) % 40);
            assertThat(ordered(box, universe, "{\"property\":\"subject\"}"))
                    .isEqualTo(expected(bySubject));
            Comparator<Integer> bySent = Comparator.comparing(row -> (row * 17) % 50);
            assertThat(
                            ordered(
                                    box,
                                    universe,
                                    "{\"property\":\"sentAt\",\"isAscending\":false},"
                                            + "{\"property\":\"subject\"}"))
                    .isEqualTo(expected(bySent.reversed().thenComparing(bySubject)));
            assertThat(
                            IntStream.range(0, LETTERS)
                                    .filter(
                                            row ->
                                                    universe.facts()
                                                            .orElseThrow()
                                                            .attachment(universe.letter(row))))
                    .containsExactlyElementsOf(
                            IntStream.range(0, LETTERS).filter(i -> i % 5 == 0).boxed().toList());
        }
    }
}
