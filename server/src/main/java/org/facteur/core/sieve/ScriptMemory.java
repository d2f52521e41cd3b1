package org.facteur.core.sieve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;

/// What scripts of one account want remembered, each until a moment. Written in the transaction of
/// the delivery that asks for it.
public final class ScriptMemory {
    private static final int FORMAT = 1;
    private static final int MOST = 10_000;
    private static final int FORGOTTEN_AT_ONCE = 20;
    private static final int HASH_OCTETS = 16;
    private static final Key COUNT = Layout.counters("sieve.memories");

    private ScriptMemory() {}

    /// Something to remember.
    ///
    /// @param kind keeps the keys of one use from those of another
    public record Note(char kind, String key, Duration period) {
        private byte[] hash() {
            return ScriptMemory.hash(kind, key);
        }
    }

    /// Whether it is remembered at an instant.
    public static boolean seen(ReadView view, char kind, String key, Instant now) {
        return view.find(Layout.scriptMemory(hash(kind, key)))
                .map(row -> end(row) > now.toEpochMilli())
                .orElse(false);
    }

    /// Remembers, and forgets a little of what is over.
    public static void remember(Transaction tx, List<Note> notes, Instant now) {
        if (notes.isEmpty()) {
            return;
        }
        long count = tx.find(COUNT).map(row -> new Decoder(row, FORMAT).number()).orElse(0L);
        for (Note note : notes) {
            byte[] hash = note.hash();
            count -= forget(tx, hash);
            long end = now.plus(note.period()).toEpochMilli();
            tx.put(Layout.scriptMemory(hash), new Encoder(FORMAT).signed(end).toBytes());
            tx.put(Layout.scriptMemoryEnd(end, hash), new byte[] {1});
            count++;
        }
        for (Row row : tx.scan(Layout.all(Table.SCRIPT_MEMORY_ENDS), FORGOTTEN_AT_ONCE)) {
            boolean over = Layout.number(row.key(), 0) <= now.toEpochMilli();
            if (over || count > MOST) {
                count -= forget(tx, Layout.scriptMemoryHash(row.key()));
            }
        }
        tx.put(COUNT, new Encoder(FORMAT).number(Math.max(0, count)).toBytes());
    }

    private static int forget(Transaction tx, byte[] hash) {
        Key key = Layout.scriptMemory(hash);
        byte[] row = tx.find(key).orElse(null);
        if (row == null) {
            return 0;
        }
        tx.delete(Layout.scriptMemoryEnd(end(row), hash));
        tx.delete(key);
        return 1;
    }

    private static long end(byte[] row) {
        return new Decoder(row, FORMAT).signed();
    }

    private static byte[] hash(char kind, String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return Arrays.copyOf(
                    digest.digest((kind + key).getBytes(StandardCharsets.UTF_8)), HASH_OCTETS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
