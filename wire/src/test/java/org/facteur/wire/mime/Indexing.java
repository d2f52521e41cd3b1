package org.facteur.wire.mime;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Ways to feed a letter.
final class Indexing {
    private Indexing() {}

    static LetterIndex whole(byte[] letter) {
        LetterIndexer indexer = new LetterIndexer(IndexLimits.STANDARD);
        indexer.feed(letter, 0, letter.length);
        return indexer.finish();
    }

    static LetterIndex whole(String letter) {
        return whole(letter.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    static LetterIndex bytewise(byte[] letter) {
        LetterIndexer indexer = new LetterIndexer(IndexLimits.STANDARD);
        for (int i = 0; i < letter.length; i++) {
            indexer.feed(letter, i, 1);
        }
        return indexer.finish();
    }

    static LetterIndex split(byte[] letter, long seed) {
        Random random = new Random(seed);
        LetterIndexer indexer = new LetterIndexer(IndexLimits.STANDARD);
        for (int at = 0; at < letter.length; ) {
            int length = Math.min(letter.length - at, 1 + random.nextInt(200));
            indexer.feed(letter, at, length);
            at += length;
        }
        return indexer.finish();
    }
}
