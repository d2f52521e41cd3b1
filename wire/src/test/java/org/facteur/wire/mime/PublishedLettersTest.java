package org.facteur.wire.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.junit.jupiter.api.Test;

/// Every published letter, in all ways of feeding; mime4j as the second opinion on structure.
class PublishedLettersTest {
    @Test
    void everyLetterIndexesAlikeWholeByteByByteAndAtRandomSplits() {
        for (Path file : PublishedLetters.all()) {
            byte[] letter = PublishedLetters.read(file);
            LetterIndex whole = Indexing.whole(letter);
            assertThat(Indexing.bytewise(letter)).as("%s bytewise", file).isEqualTo(whole);
            for (long seed = 1; seed <= 3; seed++) {
                assertThat(Indexing.split(letter, seed))
                        .as("%s split %d", file, seed)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void everyLettersPartsNestAndLieInside() {
        for (Path file : PublishedLetters.all()) {
            byte[] letter = PublishedLetters.read(file);
            LetterIndex index = Indexing.whole(letter);
            Invariants.check(file.toString(), letter, index);
        }
    }

    @Test
    void everyIndexSurvivesItsStoredForm() {
        List<Integer> sizes = new ArrayList<>();
        for (Path file : PublishedLetters.all()) {
            LetterIndex index = Indexing.whole(PublishedLetters.read(file));
            byte[] anatomy = index.encodeAnatomy().toArray();
            byte[] listing = index.encodeListing().toArray();
            assertThat(LetterIndex.decode(anatomy, listing)).as("%s", file).isEqualTo(index);
            sizes.add(anatomy.length + listing.length);
        }
        if (!sizes.isEmpty()) {
            sizes.sort(null);
            assertThat(sizes.get(sizes.size() / 2)).isLessThan(2500);
        }
    }

    @Test
    void structureIsWhatMime4jSees() throws Exception {
        Map<String, List<String>> differing = new TreeMap<>();
        for (Path file : PublishedLetters.all()) {
            byte[] letter = PublishedLetters.read(file);
            LetterIndex index = Indexing.whole(letter);
            String ours = ours(index);
            String theirs = theirs(letter);
            if (!ours.equals(theirs)) {
                differing
                        .computeIfAbsent(reason(index), _ -> new ArrayList<>())
                        .add(
                                PublishedLetters.folder().relativize(file)
                                        + "\n   ours "
                                        + ours
                                        + "\n theirs "
                                        + theirs);
            }
        }
        assertThat(differing.getOrDefault("unexplained", List.of())).isEmpty();
    }

    /// Why two careful readers differ about a letter.
    private static String reason(LetterIndex index) {
        for (Part part : index.anatomy().parts()) {
            for (Ambiguity ambiguity : part.ambiguities()) {
                return ambiguity.name();
            }
        }
        return "unexplained";
    }

    private static String ours(LetterIndex index) {
        StringBuilder types = new StringBuilder();
        for (Part part : index.anatomy().parts()) {
            types.append(part.type()).append(' ');
        }
        return types.toString();
    }

    private static String theirs(byte[] letter) throws Exception {
        MimeTokenStream stream = new MimeTokenStream(MimeConfig.PERMISSIVE);
        stream.parse(new java.io.ByteArrayInputStream(letter));
        StringBuilder types = new StringBuilder();
        boolean outermost = true;
        for (EntityState state = stream.getState();
                state != EntityState.T_END_OF_STREAM;
                state = stream.next()) {
            if (state == EntityState.T_BODY || state == EntityState.T_START_MULTIPART) {
                types.append(stream.getBodyDescriptor().getMimeType()).append(' ');
            } else if (state == EntityState.T_START_MESSAGE) {
                types.append(outermost ? "" : "message/rfc822 ");
                outermost = false;
            }
        }
        return types.toString();
    }
}
