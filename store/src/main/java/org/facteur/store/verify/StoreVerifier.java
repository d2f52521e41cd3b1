package org.facteur.store.verify;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.BlobId;
import org.facteur.store.kv.BlobLeft;
import org.facteur.store.kv.BlobUse;
import org.facteur.store.kv.Engine;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.KeyRange;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Snapshot;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.kv.TransactionMark;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.jspecify.annotations.Nullable;

/// Checks a whole store, partition by partition, each in one durable version. One thread.
public final class StoreVerifier {
    private static final KeyRange EVERYTHING = new KeyRange(new Key(new byte[1]), null);
    private static final int PAGE = 256;

    private final Engine engine;
    private final List<PartitionCheck> checks;
    private final int kept;
    private final List<Finding> findings = new ArrayList<>();
    private long found;
    private long partitions;
    private long rows;
    private long blobs;

    /// @param checks what those above the store know
    /// @param kept how many findings the report holds at most; 1 or more
    public StoreVerifier(Engine engine, List<PartitionCheck> checks, int kept) {
        this.engine = Objects.requireNonNull(engine);
        this.checks = List.copyOf(checks);
        this.kept = kept;
        if (kept < 1) {
            throw new IllegalArgumentException("room for " + kept + " findings");
        }
    }

    /// Checks everything once.
    public VerifyReport run() {
        List<PartitionId> page = engine.partitions(null, StoreLimits.SCAN_ROWS);
        while (!page.isEmpty()) {
            for (PartitionId partition : page) {
                partition(partition);
            }
            page = engine.partitions(page.getLast(), StoreLimits.SCAN_ROWS);
        }
        return new VerifyReport(partitions, rows, blobs, found, findings);
    }

    private void partition(PartitionId partition) {
        partitions++;
        try (Snapshot view = engine.durable(partition)) {
            guarded(partition, () -> marks(partition, view));
            Map<BlobId, BlobUse> uses = new HashMap<>();
            guarded(partition, () -> everyRow(partition, view, uses));
            uses.forEach((blob, use) -> blob(partition, view, blob, use));
            guarded(partition, () -> counts(partition, view, uses));
        }
    }

    /// What cannot be read is a finding and not the end.
    private void guarded(PartitionId partition, Runnable check) {
        try {
            check.run();
        } catch (StoreFault fault) {
            report(new Finding(partition, null, "cannot be read: " + fault.getMessage()));
        }
    }

    private void marks(PartitionId partition, ReadView view) {
        Optional<TransactionMark> newest = TransactionMark.newest(view);
        if (newest.isEmpty()) {
            report(new Finding(partition, Layout.meta(), "There are rows but no version."));
            return;
        }
        long version = newest.get().version();
        long ring = Math.min(version, TransactionMark.RING);
        for (long v = version - ring + 1; v <= version; v++) {
            Key slot = TransactionMark.slot(v);
            Optional<TransactionMark> mark = view.find(slot).map(TransactionMark::decode);
            if (mark.isEmpty() || mark.get().version() != v) {
                report(
                        new Finding(
                                partition,
                                slot,
                                "The transaction of version " + v + " is not in the ring."));
            } else if (v == version && !mark.equals(newest)) {
                report(new Finding(partition, slot, "The newest transaction has two names."));
            }
        }
    }

    private void everyRow(PartitionId partition, ReadView view, Map<BlobId, BlobUse> uses) {
        Consumer<Row> check = row -> row(partition, view, row, uses);
        KeyRange rest = EVERYTHING;
        int limit = PAGE;
        while (true) {
            List<Row> page;
            try {
                page = view.scan(rest, limit);
            } catch (StoreFault fault) {
                if (limit > 1) {
                    limit = 1;
                    continue;
                }
                report(new Finding(partition, null, fault.getMessage() + " is damaged."));
                backToDamage(partition, view, rest, check);
                return;
            }
            page.forEach(check);
            if (page.size() < limit) {
                return;
            }
            rest = rest.after(page.getLast());
        }
    }

    /// Reads from the end of a range back to a row that cannot be read.
    private void backToDamage(
            PartitionId partition, ReadView view, KeyRange range, Consumer<Row> check) {
        KeyRange rest = range;
        String before = null;
        while (true) {
            List<Row> page;
            try {
                page = view.scanBackwards(rest, 1);
            } catch (StoreFault fault) {
                before = fault.getMessage();
                page = List.of();
            }
            if (page.isEmpty()) {
                if (before != null) {
                    report(new Finding(partition, null, before + ", seen from the other side."));
                }
                return;
            }
            page.forEach(check);
            rest = rest.before(page.getLast());
        }
    }

    private void row(PartitionId partition, ReadView view, Row row, Map<BlobId, BlobUse> uses) {
        rows++;
        int table = row.key().at(0) & 0xff;
        try {
            if (table == Table.BLOB_REFERENCES.code()) {
                uses.put(Layout.blobOf(row.key()), BlobUse.decode(row.value()));
            } else if (table == Table.BLOB_GARBAGE.code()) {
                garbage(partition, view, row);
            }
        } catch (StoreFault | IllegalArgumentException e) {
            report(new Finding(partition, row.key(), "The row does not make sense."));
        }
    }

    private void garbage(PartitionId partition, ReadView view, Row row) {
        BlobId blob = Layout.blobOf(row.key());
        BlobLeft left = BlobLeft.decode(row.value());
        if (left.version() > view.version()) {
            report(new Finding(partition, row.key(), "It became garbage in the future."));
        }
        if (view.find(Layout.blobReferences(blob)).isPresent()) {
            report(new Finding(partition, row.key(), "A blob in use is listed as garbage."));
        }
    }

    private void blob(PartitionId partition, ReadView view, BlobId id, BlobUse use) {
        blobs++;
        Key key = Layout.blobReferences(id);
        String wrong;
        try (Blob blob = engine.blobs().find(partition, id).orElse(null)) {
            wrong = blob == null ? "The blob is not there." : compare(blob, id, use);
        } catch (StoreFault fault) {
            wrong = "The blob cannot be read: " + fault.getMessage() + ".";
        }
        if (wrong != null && stillReferred(partition, view, key)) {
            report(new Finding(partition, key, wrong));
        }
    }

    /// Writers may have taken the last reference away, and a collection the blob, since the view.
    private boolean stillReferred(PartitionId partition, ReadView view, Key key) {
        try (Snapshot now = engine.durable(partition)) {
            return now.version() == view.version() || now.find(key).isPresent();
        }
    }

    private static @Nullable String compare(Blob blob, BlobId id, BlobUse use) {
        if (blob.size() != use.size()) {
            return "The blob has %d octets and not %d.".formatted(blob.size(), use.size());
        }
        try (InputStream in = blob.open(0, blob.size())) {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
            }
            return new BlobId(hash.digest()).equals(id)
                    ? null
                    : "The blob's octets are not those it is named after.";
        } catch (IOException e) {
            return "The blob cannot be read: " + e.getMessage() + ".";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void counts(PartitionId partition, ReadView view, Map<BlobId, BlobUse> uses) {
        Map<BlobId, Long> wanted = new HashMap<>();
        boolean covered = false;
        for (PartitionCheck check : checks) {
            if (check.covers(partition)) {
                covered = true;
                check.check(partition, view, this::report)
                        .forEach((blob, count) -> wanted.merge(blob, count, Long::sum));
            }
        }
        if (!covered) {
            return;
        }
        uses.forEach(
                (blob, use) -> {
                    Long count = wanted.remove(blob);
                    long referring = count == null ? 0 : count;
                    if (referring != use.count()) {
                        report(
                                new Finding(
                                        partition,
                                        Layout.blobReferences(blob),
                                        "%d references are counted and %d rows refer."
                                                .formatted(use.count(), referring)));
                    }
                });
        wanted.forEach(
                (blob, count) ->
                        report(
                                new Finding(
                                        partition,
                                        Layout.blobReferences(blob),
                                        count + " rows refer and none are counted.")));
    }

    private void report(Finding finding) {
        found++;
        if (findings.size() < kept) {
            findings.add(finding);
        }
    }
}
