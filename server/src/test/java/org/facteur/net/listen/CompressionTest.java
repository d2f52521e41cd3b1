package org.facteur.net.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class CompressionTest {
    private static final long SEED = Long.getLong("facteur.seed", System.nanoTime());

    @Test
    void whatIsFlushedComesOutWholeAlsoAfterRests() throws Exception {
        Random random = new Random(SEED);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (Compression compression = new Compression((_, _, _) -> -1, wire)) {
            Inflater peer = new Inflater(true);
            byte[] room = new byte[100_000];
            int from = 0;
            ByteArrayOutputStream heard = new ByteArrayOutputStream();
            for (int round = 0; round < 200; round++) {
                byte[] words = words(random);
                said.write(words);
                compression.output().write(words);
                compression.output().flush();
                if (random.nextBoolean()) {
                    compression.rest();
                }
                byte[] all = wire.toByteArray();
                peer.setInput(all, from, all.length - from);
                from = all.length;
                int count;
                while ((count = peer.inflate(room)) > 0) {
                    heard.write(room, 0, count);
                }
                assertThat(heard.size()).as("facteur.seed=%d", SEED).isEqualTo(said.size());
            }
            assertThat(heard.toByteArray()).isEqualTo(said.toByteArray());
            assertThat(wire.size()).isLessThan(said.size());
            peer.end();
        }
    }

    @Test
    void whatThePeerCompressedIsReadInAnyPieces() throws Exception {
        Random random = new Random(SEED);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (Compression peer = new Compression((_, _, _) -> -1, wire)) {
            for (int round = 0; round < 50; round++) {
                byte[] words = words(random);
                said.write(words);
                peer.output().write(words);
                peer.output().flush();
            }
        }
        ByteArrayInputStream raw = new ByteArrayInputStream(wire.toByteArray());
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (Compression compression =
                new Compression(
                        (target, offset, length) ->
                                raw.read(target, offset, 1 + random.nextInt(length)),
                        new ByteArrayOutputStream())) {
            byte[] room = new byte[4096];
            while (heard.size() < said.size()) {
                int count = compression.read(room, 0, 1 + random.nextInt(room.length));
                assertThat(count).as("facteur.seed=%d", SEED).isPositive();
                heard.write(room, 0, count);
                boolean more = compression.waiting();
                assertThat(more || raw.available() > 0 || heard.size() == said.size()).isTrue();
            }
        }
        assertThat(heard.toByteArray()).isEqualTo(said.toByteArray());
    }

    @Test
    void whatIsNotCompressedIsAFault() {
        ByteArrayInputStream raw =
                new ByteArrayInputStream(
                        "a NOOP\r\nb NOOP\r\n".getBytes(StandardCharsets.US_ASCII));
        try (Compression compression = new Compression(raw::read, new ByteArrayOutputStream())) {
            assertThatThrownBy(
                            () -> {
                                byte[] room = new byte[100];
                                while (compression.read(room, 0, room.length) > 0) {
                                    // On to the fault.
                                }
                            })
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(DataFormatException.class);
        }
    }

    private static byte[] words(Random random) {
        StringBuilder words = new StringBuilder();
        for (int i = random.nextInt(400); i >= 0; i--) {
            words.append("* ").append(random.nextInt(1000)).append(" FETCH (FLAGS (\\Seen))\r\n");
        }
        return words.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
