package org.facteur.wire.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

/// What holds for the index of any octets.
final class Invariants {
    private Invariants() {}

    static void check(String name, byte[] letter, LetterIndex index) {
        Anatomy anatomy = index.anatomy();
        assertThat(anatomy.size()).as(name).isEqualTo(letter.length);
        long before = 0;
        for (Part part : anatomy.parts()) {
            PartRange range = part.range();
            assertThat(part.number()).as(name).isEqualTo(anatomy.parts().indexOf(part));
            assertThat(range.headerStart()).as(name).isGreaterThanOrEqualTo(before);
            assertThat(range.end()).as(name).isLessThanOrEqualTo(letter.length);
            assertThat(range.lines()).as(name).isEqualTo(lines(letter, range));
            before = range.headerStart();
            if (part.parent() >= 0) {
                PartRange around = anatomy.parts().get(part.parent()).range();
                assertThat(range.headerStart()).as(name).isGreaterThanOrEqualTo(around.bodyStart());
                assertThat(range.end()).as(name).isLessThanOrEqualTo(around.end());
            }
            if (!part.type().isMultipart() || part.parent() > 0) {
                findAgain(name, anatomy, part);
            }
        }
        int end = 0;
        for (HeaderField field : anatomy.fields()) {
            assertThat(field.offset()).as(name).isGreaterThanOrEqualTo(end);
            end = field.offset() + field.length();
            assertThat(letter[field.offset() + field.valueStart() - 1])
                    .as(name)
                    .isEqualTo((byte) ':');
        }
        assertThat(end).as(name).isLessThanOrEqualTo((int) anatomy.root().range().bodyStart());
        ImapGrammar.check(name, index.listing().envelope().toArray());
        ImapGrammar.check(name, index.listing().bodyStructure().toArray());
        ImapGrammar.check(name, index.listing().body().toArray());
        assertThat(
                        index.listing()
                                .summary()
                                .preview()
                                .codePointCount(0, index.listing().summary().preview().length()))
                .as(name)
                .isLessThanOrEqualTo(256);
    }

    private static void findAgain(String name, Anatomy anatomy, Part part) {
        boolean letter = part.parent() < 0 || anatomy.parts().get(part.parent()).type().isMessage();
        if (letter && part.type().isMultipart()) {
            return;
        }
        Optional<Part> found = SectionPath.parse(part.section()).findPart(anatomy);
        assertThat(found).as("%s section %s", name, part.section()).contains(part);
    }

    private static long lines(byte[] letter, PartRange range) {
        long lines = 0;
        for (long i = range.bodyStart(); i < range.end(); i++) {
            lines += letter[(int) i] == '\n' ? 1 : 0;
        }
        return lines;
    }
}
