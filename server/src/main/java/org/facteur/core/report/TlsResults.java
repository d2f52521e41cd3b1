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
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
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
import org.facteur.wire.address.Domain;
import org.facteur.wire.report.TlsReport;
import org.facteur.wire.report.TlsReportFormat;
import org.jspecify.annotations.Nullable;

/// How lines to other domains fared, by day (UTC) and domain. Any thread; noting costs no
/// transaction.
///
/// Counts gather in memory and are written down by [#flush], every minute: what a crash takes with
/// it is counts of a minute. Past 10,000 domains between two flushes, 4 policies of a domain or 50
/// kinds of failures of a policy, nothing more is counted.
public final class TlsResults {
    /// How many days results are kept.
    public static final int DAYS = 30;

    private static final PartitionId WHERE = new PartitionId(PartitionId.Realm.SYSTEM, 0);
    private static final int FORMAT = 1;
    private static final int MOST_DOMAINS = 10_000;
    private static final int MOST_POLICIES = 4;
    private static final int MOST_FAILURES = 50;
    private static final int MOST_POLICY_CHARACTERS = 3_000;
    private static final int TOGETHER = 10;
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
    public record Of(long day, Domain domain, TlsReport report, boolean told) {}

    /// Counts by policy.
    private static final class Tallies {
        private final Map<TlsReport.Policy, Tally> byPolicy = new LinkedHashMap<>();

        void add(TlsReport.Policy policy, long successes, List<TlsReport.Failure> failures) {
            Tally tally =
                    byPolicy.size() < MOST_POLICIES
                            ? byPolicy.computeIfAbsent(policy, each -> new Tally())
                            : byPolicy.get(policy);
            if (tally != null) {
                tally.successes += successes;
                failures.forEach(tally::add);
            }
        }

        void add(TlsReport report) {
            report.policies().forEach(each -> add(each.policy(), each.successes(), each.details()));
        }

        List<TlsReport.PolicyResult> results() {
            List<TlsReport.PolicyResult> results = new ArrayList<>();
            byPolicy.forEach((policy, tally) -> results.add(tally.result(policy)));
            return results;
        }
    }

    private static final class Tally {
        private final Map<TlsReport.Failure, Long> failures = new LinkedHashMap<>();
        private long successes;

        void add(TlsReport.Failure failure) {
            TlsReport.Failure kind =
                    new TlsReport.Failure(
                            failure.type(), failure.sender(), failure.host(), failure.address(), 0);
            if (failures.size() < MOST_FAILURES || failures.containsKey(kind)) {
                failures.merge(kind, failure.count(), Long::sum);
            }
        }

        TlsReport.PolicyResult result(TlsReport.Policy policy) {
            List<TlsReport.Failure> details = new ArrayList<>();
            long failed = 0;
            for (Map.Entry<TlsReport.Failure, Long> each : failures.entrySet()) {
                TlsReport.Failure kind = each.getKey();
                failed += each.getValue();
                details.add(
                        new TlsReport.Failure(
                                kind.type(),
                                kind.sender(),
                                kind.host(),
                                kind.address(),
                                each.getValue()));
            }
            return new TlsReport.PolicyResult(policy, successes, failed, details);
        }
    }

    public TlsResults(Store store, InstantSource clock) {
        this.partition = store.partition(WHERE);
        this.clock = Objects.requireNonNull(clock);
    }

    /// Today, in days since 1970 (UTC).
    long today() {
        return clock.instant().getEpochSecond() / DAY.toSeconds();
    }

    /// Notes one session.
    ///
    /// @param failure null for one that was as the policy wants it
    public void note(Domain domain, TlsReport.Policy policy, TlsReport.@Nullable Failure failure) {
        TlsReport.Policy kept = bounded(policy);
        lock.lock();
        try {
            Place place = new Place(today(), domain.name());
            Tallies tallies = fresh.get(place);
            if (tallies == null) {
                if (fresh.size() >= MOST_DOMAINS) {
                    return;
                }
                tallies = new Tallies();
                fresh.put(place, tallies);
            }
            tallies.add(
                    kept, failure == null ? 1 : 0, failure == null ? List.of() : List.of(failure));
        } finally {
            lock.unlock();
        }
    }

    private static TlsReport.Policy bounded(TlsReport.Policy policy) {
        int characters = 0;
        for (int i = 0; i < policy.lines().size(); i++) {
            characters += policy.lines().get(i).length();
            if (characters > MOST_POLICY_CHARACTERS) {
                return new TlsReport.Policy(
                        policy.type(), policy.lines().subList(0, i), policy.domain(), List.of());
            }
        }
        return policy;
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
        List<Map.Entry<Place, Tallies>> all = List.copyOf(noted.entrySet());
        for (int from = 0; from < all.size(); from += TOGETHER) {
            List<Map.Entry<Place, Tallies>> some =
                    all.subList(from, Math.min(all.size(), from + TOGETHER));
            partition.write(
                    tx -> {
                        some.forEach(each -> merge(tx, each.getKey(), each.getValue()));
                        return true;
                    });
        }
    }

    private static void merge(Transaction tx, Place place, Tallies fresh) {
        Key key = Layout.tlsResult(place.day(), place.domain());
        Tallies sum = new Tallies();
        tx.find(key).map(row -> decode(row).report()).ifPresent(sum::add);
        sum.add(report(place, fresh.results()));
        tx.put(key, encode(report(place, sum.results()), false));
    }

    private static TlsReport report(Place place, List<TlsReport.PolicyResult> results) {
        Instant start = Instant.EPOCH.plus(DAY.multipliedBy(place.day()));
        return new TlsReport("", "", "", start, start.plus(DAY).minusSeconds(1), results);
    }

    private record Decoded(TlsReport report, boolean told) {}

    private static byte[] encode(TlsReport report, boolean told) {
        return new Encoder(FORMAT).flag(told).octets(TlsReportFormat.write(report)).toBytes();
    }

    private static Decoded decode(byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        boolean told = in.flag();
        return new Decoded(TlsReportFormat.parse(in.octets()), told);
    }

    /// Results of a day, in order of domains, from one on.
    ///
    /// @param after null for the first page
    /// @return at most 1,000; none after the last
    public List<Of> find(long day, @Nullable Domain after) {
        return partition
                .read(
                        view ->
                                view.scan(
                                        Layout.tlsResultsFrom(
                                                day, after == null ? "" : after.name()),
                                        StoreLimits.SCAN_ROWS))
                .stream()
                .map(TlsResults::of)
                .filter(each -> !each.domain().equals(after))
                .toList();
    }

    private static Of of(Row row) {
        Decoded decoded = decode(row.value());
        return new Of(
                Layout.number(row.key(), 0),
                Domain.parse(Layout.textAfterNumber(row.key())),
                decoded.report(),
                decoded.told());
    }

    /// Results of the last days, newest day first.
    public List<Of> latest(int days) {
        List<Of> all = new ArrayList<>();
        for (long day = today(); day > today() - days && day >= 0; day--) {
            List<Of> page = find(day, null);
            all.addAll(page);
        }
        return all;
    }

    /// The domain has its report, or wants none.
    void told(Of result) {
        Key key = Layout.tlsResult(result.day(), result.domain().name());
        partition.write(
                tx -> {
                    Optional<byte[]> row = tx.find(key);
                    row.ifPresent(octets -> tx.put(key, encode(decode(octets).report(), true)));
                    return true;
                });
    }

    /// Forgets what is older than [#DAYS].
    void forgetOld() {
        List<Row> page =
                partition.read(
                        view ->
                                view.scan(
                                        Layout.tlsResultsBefore(today() - DAYS),
                                        StoreLimits.SCAN_ROWS));
        if (!page.isEmpty()) {
            partition.write(
                    tx -> {
                        page.forEach(row -> tx.delete(row.key()));
                        return true;
                    });
        }
    }
}
