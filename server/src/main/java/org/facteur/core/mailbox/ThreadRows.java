package org.facteur.core.mailbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.facteur.wire.mime.ThreadKeys;

/// Which letters belong together (RFC 8621 §3): they share a Message-ID among their own and those
/// they answer, and their subjects are the same without `Re:` and the like.
///
/// A row per Message-ID names the threads it was seen in, by subject; a row per letter of a thread
/// remembers its Message-IDs, so that both can end with the letter. One transaction.
final class ThreadRows {
    private static final int FORMAT = 1;
    private static final int HASH_BYTES = 16;

    /// The most Message-IDs of one letter that tie it to others: its own, then the latest it
    /// answers.
    private static final int TIES = 22;

    /// The most threads one Message-ID is remembered for.
    private static final int THREADS_PER_ID = 20;

    private final Transaction tx;

    /// A thread a Message-ID was seen in.
    record Seen(long subject, long thread, long letters) {}

    /// What a letter's row remembers.
    ///
    /// @param ids hashes of Message-IDs, in hexadecimal
    record Tied(long subject, List<String> ids) {}

    ThreadRows(Transaction tx) {
        this.tx = tx;
    }

    /// Finds the thread of a new letter, or begins one, and ties the letter to it.
    ThreadId join(LetterId letter, ThreadKeys keys) {
        List<byte[]> ties = ties(keys);
        long subject = subject(keys);
        long thread = letter.number();
        for (byte[] tie : ties) {
            for (Seen seen : seen(tie)) {
                if (seen.subject() == subject) {
                    thread = Math.min(thread, seen.thread());
                }
            }
        }
        for (byte[] tie : ties) {
            count(tie, subject, thread, 1);
        }
        tx.put(Layout.thread(thread, letter.number()), tieRow(subject, ties));
        return new ThreadId(thread);
    }

    /// Unties a letter that ends.
    void leave(LetterId letter, ThreadId thread) {
        Key key = Layout.thread(thread.number(), letter.number());
        byte[] row = tx.find(key).orElse(null);
        if (row == null) {
            return;
        }
        Decoder in = new Decoder(row, FORMAT);
        long subject = in.bits();
        for (byte[] tie : in.list(from -> from.raw(HASH_BYTES))) {
            count(tie, subject, thread.number(), -1);
        }
        tx.delete(key);
    }

    private static byte[] tieRow(long subject, List<byte[]> ties) {
        return new Encoder(FORMAT).bits(subject).list(ties, (out, tie) -> out.raw(tie)).toBytes();
    }

    private List<Seen> seen(byte[] tie) {
        return tx.find(Layout.messageId(tie)).map(ThreadRows::decodeSeen).orElse(List.of());
    }

    /// Reads a row of [org.facteur.store.layout.Table#MESSAGE_IDS].
    static List<Seen> decodeSeen(byte[] row) {
        return new Decoder(row, FORMAT).list(in -> new Seen(in.bits(), in.number(), in.number()));
    }

    /// Reads a row of [org.facteur.store.layout.Table#THREADS].
    static Tied decodeTied(byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        long subject = in.bits();
        HexFormat hex = HexFormat.of();
        return new Tied(subject, in.list(from -> hex.formatHex(from.raw(HASH_BYTES))));
    }

    private void count(byte[] tie, long subject, long thread, int change) {
        List<Seen> next = new ArrayList<>();
        boolean found = false;
        for (Seen seen : seen(tie)) {
            boolean same = seen.subject() == subject && seen.thread() == thread;
            long letters = seen.letters() + (same ? change : 0);
            found |= same;
            if (letters > 0) {
                next.add(new Seen(seen.subject(), seen.thread(), letters));
            }
        }
        if (!found && change > 0 && next.size() < THREADS_PER_ID) {
            next.add(new Seen(subject, thread, 1));
        }
        Key key = Layout.messageId(tie);
        if (next.isEmpty()) {
            tx.delete(key);
        } else {
            tx.put(
                    key,
                    new Encoder(FORMAT)
                            .list(
                                    next,
                                    (out, s) ->
                                            out.bits(s.subject())
                                                    .number(s.thread())
                                                    .number(s.letters()))
                            .toBytes());
        }
    }

    private static List<byte[]> ties(ThreadKeys keys) {
        Set<String> ids = new LinkedHashSet<>();
        String own = keys.messageId();
        if (own != null) {
            ids.add(own);
        }
        keys.inReplyTo().stream().limit(4).forEach(ids::add);
        for (String reference : keys.references().reversed()) {
            if (ids.size() >= TIES) {
                break;
            }
            ids.add(reference);
        }
        return ids.stream().map(id -> Arrays.copyOf(hash(id), HASH_BYTES)).toList();
    }

    private static long subject(ThreadKeys keys) {
        byte[] hash = hash(keys.baseSubject());
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | (hash[i] & 0xff);
        }
        return value;
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
