package org.facteur.core.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.facteur.core.trust.Authentication;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Store;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.kv.Transaction;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.facteur.wire.auth.AuthCode;
import org.facteur.wire.auth.DkimResult;
import org.facteur.wire.auth.DmarcRecord;
import org.facteur.wire.auth.DmarcResult;
import org.facteur.wire.auth.SpfResult;
import org.facteur.wire.report.DmarcReport;
import org.facteur.wire.report.DmarcReportFormat;

/// Who brought letters in the name of domains that want to know, by day (UTC) and domain. Any
/// thread; noting costs no transaction.
///
/// Counts gather in memory and are written down by [#flush], every minute. Past 10,000 domains
/// between two flushes, or 100 kinds of letters of a domain and day, nothing more is counted.
public final class DmarcResults {
    /// How many days results are kept.
    static final int DAYS = 30;

    private static final PartitionId WHERE = new PartitionId(PartitionId.Realm.SYSTEM, 0);
    private static final int FORMAT = 1;
    private static final int MOST_DOMAINS = 10_000;
    private static final int MOST_ROWS = 100;
    private static final int MOST_PROOFS = 5;
    private static final int LONGEST_ROW = 60_000;
    private static final Duration DAY = Duration.ofDays(1);

    private final Partition partition;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<Place, Tallies> fresh = new HashMap<>();

    private record Place(long day, String domain) {}

    /// Results of one domain on one day.
    ///
    /// @param day since 1970
    /// @param told whether the domain has its report, or wants none
    public record Of(long day, String domain, DmarcReport report, boolean told) {}

    private static final class Tallies {
        private final Map<DmarcReport.Row, Long> rows = new LinkedHashMap<>();
        private DmarcReport.Published published;

        Tallies(DmarcReport.Published published) {
            this.published = published;
        }

        void add(DmarcReport.Row row) {
            DmarcReport.Row kind = row.counted(0);
            if (rows.size() < MOST_ROWS || rows.containsKey(kind)) {
                rows.merge(kind, row.count(), Long::sum);
            }
        }

        List<DmarcReport.Row> rows() {
            List<DmarcReport.Row> all = new ArrayList<>();
            rows.forEach((kind, count) -> all.add(kind.counted(count)));
            return all;
        }
    }

    public DmarcResults(Store store, InstantSource clock) {
        this.partition = store.partition(WHERE);
        this.clock = Objects.requireNonNull(clock);
    }

    /// Today, in days since 1970 (UTC).
    long today() {
        return clock.instant().getEpochSecond() / DAY.toSeconds();
    }

    /// Notes one letter, for each domain in its From that wants reports.
    public void note(Authentication found) {
        for (DmarcResult each : found.dmarc()) {
            DmarcRecord record = each.record();
            if (record != null && !record.reports().isEmpty()) {
                note(each, record, row(found, each, record));
            }
        }
    }

    private void note(DmarcResult result, DmarcRecord record, DmarcReport.Row row) {
        DmarcReport.Published published =
                new DmarcReport.Published(
                        result.publisher(),
                        record.alignment().strictDkim(),
                        record.alignment().strictSpf(),
                        record.policy().word(),
                        record.subdomains().word(),
                        record.testing());
        lock.lock();
        try {
            Place place = new Place(today(), result.publisher());
            Tallies tallies = fresh.get(place);
            if (tallies == null) {
                if (fresh.size() >= MOST_DOMAINS) {
                    return;
                }
                tallies = new Tallies(published);
                fresh.put(place, tallies);
            }
            tallies.published = published;
            tallies.add(row);
        } finally {
            lock.unlock();
        }
    }

    private static DmarcReport.Row row(
            Authentication found, DmarcResult result, DmarcRecord record) {
        List<DmarcReport.Proof> proofs = new ArrayList<>();
        boolean dkim = false;
        for (DkimResult each : found.dkim()) {
            if (!each.domain().isEmpty() && proofs.size() < MOST_PROOFS) {
                proofs.add(
                        new DmarcReport.Proof(
                                "dkim", each.domain(), each.selector(), each.code().word()));
            }
            dkim |=
                    each.code() == AuthCode.PASS
                            && isAligned(each.domain(), result, record.alignment().strictDkim());
        }
        SpfResult spf = found.spf();
        if (!spf.domain().isEmpty()) {
            proofs.add(new DmarcReport.Proof("spf", spf.domain(), "", spf.code().word()));
        }
        boolean path =
                spf.code() == SpfResult.Code.PASS
                        && isAligned(spf.domain(), result, record.alignment().strictSpf());
        String disposition =
                switch (found.treatment()) {
                    case ACCEPT -> "none";
                    case APART -> "quarantine";
                    case REFUSE -> "reject";
                };
        return new DmarcReport.Row(
                found.visitor().client().toString(),
                1,
                new DmarcReport.Evaluated(disposition, dkim, path),
                result.author(),
                spf.domain(),
                proofs);
    }

    private static boolean isAligned(String proved, DmarcResult result, boolean strict) {
        return proved.equals(result.author())
                || (!strict
                        && (proved.equals(result.organization())
                                || proved.endsWith("." + result.organization())));
    }

    /// Writes down what was noted.
    public void flush() {
        Map<Place, Tallies> noted;
        lock.lock();
        try {
            noted = fresh;
            fresh = new HashMap<>();
        } finally {
            lock.unlock();
        }
        noted.forEach(
                (place, tallies) ->
                        partition.write(
                                tx -> {
                                    merge(tx, place, tallies);
                                    return true;
                                }));
    }

    private static void merge(Transaction tx, Place place, Tallies fresh) {
        Key key = Layout.dmarcResult(place.day(), place.domain());
        Tallies sum = new Tallies(fresh.published);
        tx.find(key)
                .map(DmarcResults::decode)
                .ifPresent(old -> old.report().rows().forEach(sum::add));
        fresh.rows().forEach(sum::add);
        byte[] row = encode(report(place, sum), false);
        if (row.length <= LONGEST_ROW) {
            tx.put(key, row);
        }
    }

    private static DmarcReport report(Place place, Tallies tallies) {
        Instant start = Instant.EPOCH.plus(DAY.multipliedBy(place.day()));
        return new DmarcReport(
                "",
                "",
                "",
                start,
                start.plus(DAY).minusSeconds(1),
                tallies.published,
                tallies.rows());
    }

    private record Decoded(DmarcReport report, boolean told) {}

    private static byte[] encode(DmarcReport report, boolean told) {
        return new Encoder(FORMAT).flag(told).octets(DmarcReportFormat.write(report)).toBytes();
    }

    private static Decoded decode(byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        boolean told = in.flag();
        return new Decoded(DmarcReportFormat.parse(in.octets()), told);
    }

    /// Results of a day, the first 1,000 domains.
    public List<Of> find(long day) {
        List<Row> rows =
                partition.read(view -> view.scan(Layout.dmarcResults(day), StoreLimits.SCAN_ROWS));
        return rows.stream()
                .map(
                        row -> {
                            Decoded decoded = decode(row.value());
                            return new Of(
                                    day,
                                    Layout.textAfterNumber(row.key()),
                                    decoded.report(),
                                    decoded.told());
                        })
                .toList();
    }

    /// Results of the last days, newest day first.
    public List<Of> latest(int days) {
        List<Of> all = new ArrayList<>();
        for (long day = today(); day > today() - days && day >= 0; day--) {
            all.addAll(find(day));
        }
        return all;
    }

    /// The domain has its report, or wants none.
    void told(Of result) {
        Key key = Layout.dmarcResult(result.day(), result.domain());
        partition.write(
                tx -> {
                    tx.find(key)
                            .ifPresent(
                                    octets -> tx.put(key, encode(decode(octets).report(), true)));
                    return true;
                });
    }

    /// Forgets what is older than 30 days.
    void forgetOld() {
        forget(partition, Table.DMARC_RESULTS, today() - DAYS);
    }

    static void forget(Partition partition, Table table, long day) {
        List<Row> old =
                partition.read(
                        view -> view.scan(Layout.daysBefore(table, day), StoreLimits.SCAN_ROWS));
        if (!old.isEmpty()) {
            partition.write(
                    tx -> {
                        old.forEach(row -> tx.delete(row.key()));
                        return true;
                    });
        }
    }
}
