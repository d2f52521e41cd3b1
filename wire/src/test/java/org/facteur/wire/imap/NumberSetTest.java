package org.facteur.wire.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NumberSetTest {
    @Test
    void sortsAndMerges() {
        assertThat(NumberSet.of(3, 1, 2, 7, 9, 8, 4294967295L)).hasToString("1:3,7:9,4294967295");
        assertThat(NumberSet.builder().addRange(9, 5).addRange(1, 4).build()).hasToString("1:9");
    }

    @Test
    void isTheSameAsATreeOfNumbers() {
        Random random = new Random(11);
        for (int run = 0; run < 500; run++) {
            TreeSet<Long> expected = new TreeSet<>();
            NumberSet.Builder builder = NumberSet.builder();
            int ranges = random.nextInt(12);
            for (int i = 0; i < ranges; i++) {
                long first = 1 + random.nextInt(60);
                long last = Math.max(1, first + random.nextInt(8) - 3);
                builder.addRange(first, last);
                for (long n = Math.min(first, last); n <= Math.max(first, last); n++) {
                    expected.add(n);
                }
            }
            NumberSet set = builder.build();
            List<Long> byIterator = new ArrayList<>();
            set.iterator().forEachRemaining((long n) -> byIterator.add(n));
            List<Long> byLoop = new ArrayList<>();
            set.forEach(byLoop::add);
            assertThat(byIterator).containsExactlyElementsOf(expected).isEqualTo(byLoop);
            assertThat(set.size()).isEqualTo(expected.size());
            for (long n = 1; n < 80; n++) {
                assertThat(set.contains(n)).isEqualTo(expected.contains(n));
            }
            if (!set.isEmpty()) {
                assertThat(set.min()).isEqualTo(expected.first());
                assertThat(set.max()).isEqualTo(expected.last());
            }
        }
    }

    @Test
    void aStarIsTheLargestNumber() {
        SequenceSet set =
                new SequenceSet(
                        false,
                        List.of(
                                new SequenceRange(9, SequenceRange.STAR),
                                new SequenceRange(SequenceRange.STAR, 5)));
        assertThat(set.within(3)).hasToString("3");
        assertThat(set.within(7)).hasToString("5:7");
        assertThat(set.within(20)).hasToString("5:20");
        assertThat(set.within(0).isEmpty()).isTrue();
        assertThat(set.exceeds(8)).isTrue();
        assertThat(set.exceeds(9)).isFalse();
    }

    @Test
    void cutsHugeSets() {
        SequenceSet set = new SequenceSet(false, List.of(new SequenceRange(1, SequenceRange.MAX)));
        assertThat(set.within(3)).isEqualTo(NumberSet.range(1, 3));
    }
}
