package org.facteur.core.sieve;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.jspecify.annotations.Nullable;

/// Scripts in the rows of a partition: one row for what is known of each, then its octets in parts.
final class ScriptRows {
    private static final int FORMAT = 1;

    /// 2: with the number.
    private static final int HEAD_FORMAT = 2;

    private static final int PART_OCTETS = 48 * 1024;

    private static final long BEHIND_PARTS = 1L << 20;

    /// Names the active script; no row means none.
    private static final Key ACTIVE = Layout.counters("sieve.active");

    private ScriptRows() {}

    static Optional<ScriptName> active(ReadView view) {
        return view.find(ACTIVE).map(row -> new ScriptName(new Decoder(row, FORMAT).text()));
    }

    static void activate(Transaction tx, @Nullable ScriptName name) {
        if (name == null) {
            tx.delete(ACTIVE);
        } else {
            tx.put(ACTIVE, new Encoder(FORMAT).text(name.value()).toBytes());
        }
    }

    static Optional<StoredScript> find(ReadView view, ScriptName name) {
        return view.find(Layout.script(name.value(), 0))
                .map(row -> decode(row, active(view).filter(name::equals).isPresent()));
    }

    private static StoredScript decode(byte[] row, boolean active) {
        Decoder in = new Decoder(row, HEAD_FORMAT);
        ScriptName name = new ScriptName(in.text());
        long size = in.number();
        long changed = in.signed();
        // Scripts of the first format are told apart by when they were put.
        long number = in.formatVersion() >= 2 ? in.number() : Math.max(1, changed);
        return new StoredScript(number, name, size, Instant.ofEpochMilli(changed), active);
    }

    /// All, in order of their names.
    static List<StoredScript> all(ReadView view) {
        Optional<ScriptName> active = active(view);
        List<StoredScript> scripts = new ArrayList<>();
        KeyRange rest = Layout.all(Table.SCRIPTS);
        while (true) {
            List<Row> page = view.scan(rest, 1);
            if (page.isEmpty()) {
                return List.copyOf(scripts);
            }
            StoredScript script = decode(page.getFirst().value(), false);
            scripts.add(
                    new StoredScript(
                            script.number(),
                            script.name(),
                            script.sizeBytes(),
                            script.changed(),
                            active.filter(script.name()::equals).isPresent()));
            rest = new KeyRange(Layout.script(script.name().value(), BEHIND_PARTS), rest.end());
        }
    }

    static byte[] octets(ReadView view, ScriptName name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Row row : view.scan(Layout.script(name.value()), StoreLimits.SCAN_ROWS)) {
            if (!row.key().equals(Layout.script(name.value(), 0))) {
                out.writeBytes(row.value());
            }
        }
        return out.toByteArray();
    }

    /// @param number of the script; the next version for one that is new
    static void put(Transaction tx, ScriptName name, long number, byte[] octets, Instant now) {
        delete(tx, name);
        tx.put(
                Layout.script(name.value(), 0),
                new Encoder(HEAD_FORMAT)
                        .text(name.value())
                        .number(octets.length)
                        .signed(now.toEpochMilli())
                        .number(number)
                        .toBytes());
        int part = 1;
        for (int from = 0; from < octets.length; from += PART_OCTETS) {
            int to = Math.min(octets.length, from + PART_OCTETS);
            tx.put(
                    Layout.script(name.value(), part),
                    java.util.Arrays.copyOfRange(octets, from, to));
            part++;
        }
    }

    static void delete(Transaction tx, ScriptName name) {
        for (Row row : tx.scan(Layout.script(name.value()), StoreLimits.SCAN_ROWS)) {
            tx.delete(row.key());
        }
    }
}
