package org.facteur.core.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.facteur.core.account.Directory;
import org.facteur.core.deliver.Consignment;
import org.facteur.core.deliver.LetterWatch;
import org.facteur.store.blob.Blob;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Store;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.layout.Layout;
import org.facteur.store.layout.Table;
import org.facteur.wire.address.Domain;
import org.facteur.wire.mime.Part;
import org.facteur.wire.mime.PartDecoder;
import org.facteur.wire.report.TlsReport;
import org.facteur.wire.report.TlsReportFormat;
import org.facteur.wire.text.SyntaxFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What others report on their encrypted sessions with us, taken from letters that arrive (RFC 8460
/// §5.3). Any thread.
///
/// The letters stay what they are. Reports on domains that are not ours are passed over; 1,000 a
/// day are kept, for 90 days. Who sent one is not proven: they are hints for an administrator.
public final class TlsReportShelf implements LetterWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TlsReportShelf.class);
    private static final PartitionId WHERE = new PartitionId(PartitionId.Realm.SYSTEM, 0);
    private static final int FORMAT = 1;
    private static final int KEPT_DAYS = 90;
    private static final int MOST_A_DAY = 1_000;
    private static final int LONGEST_ROW = 60_000;
    private static final long LONGEST_PART = 2_000_000;
    private static final long LONGEST_PLAIN = 8L * 1024 * 1024;
    private static final int STEP = 8 * 1024;

    private final Partition partition;
    private final Directory directory;
    private final InstantSource clock;

    /// One that came.
    public record Received(Instant at, TlsReport report) {}

    public TlsReportShelf(Store store, Directory directory, InstantSource clock) {
        this.partition = store.partition(WHERE);
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public void accepted(Consignment consignment) {
        Part whole = consignment.letter().index().anatomy().root();
        if (!whole.type().is("multipart", "report") && !whole.type().type().equals("application")) {
            return;
        }
        try {
            Optional<Part> part =
                    consignment.letter().index().anatomy().parts().stream()
                            .filter(TlsReportShelf::carries)
                            .findFirst();
            if (part.isPresent()) {
                keep(TlsReportFormat.parse(plain(consignment, part.get())));
            }
        } catch (IOException | SyntaxFault | StoreFault odd) {
            LOG.info("a TLS report cannot be read: {}", odd.getMessage());
        }
    }

    private static boolean carries(Part part) {
        return part.type().is("application", "tlsrpt+gzip")
                || part.type().is("application", "tlsrpt+json");
    }

    private static byte[] plain(Consignment consignment, Part part) throws IOException {
        if (part.range().bodyLength() > LONGEST_PART) {
            throw new IOException("it is too large");
        }
        try (Blob blob = consignment.letter().octets().open();
                InputStream body = blob.open(part.range().bodyStart(), part.range().end())) {
            PartDecoder decoder = new PartDecoder(body::read, part.details().encoding());
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            byte[] piece = new byte[STEP];
            for (int some = decoder.read(piece, 0, STEP);
                    some >= 0;
                    some = decoder.read(piece, 0, STEP)) {
                packed.write(piece, 0, some);
            }
            return part.type().subtype().endsWith("gzip")
                    ? unpacked(packed.toByteArray())
                    : packed.toByteArray();
        }
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        try (InputStream gzip = new GZIPInputStream(new java.io.ByteArrayInputStream(packed))) {
            byte[] plain = gzip.readNBytes((int) LONGEST_PLAIN + 1);
            if (plain.length > LONGEST_PLAIN) {
                throw new IOException("it is too large unpacked");
            }
            return plain;
        }
    }

    private void keep(TlsReport report) {
        boolean ours = report.policies().stream().anyMatch(each -> isOurs(each.policy().domain()));
        byte[] json = TlsReportFormat.write(report);
        if (!ours || json.length > LONGEST_ROW) {
            LOG.info("a TLS report of {} is not kept", report.organization());
            return;
        }
        long day = today();
        byte[] row =
                new Encoder(FORMAT).signed(clock.instant().toEpochMilli()).octets(json).toBytes();
        String name = name(report);
        partition.write(
                tx -> {
                    if (tx.scan(Layout.tlsReports(day), MOST_A_DAY).size() < MOST_A_DAY) {
                        tx.put(Layout.tlsReport(day, name), row);
                    }
                    return true;
                });
    }

    private boolean isOurs(String domain) {
        try {
            return directory.findDomain(Domain.parse(domain)).isPresent();
        } catch (SyntaxFault odd) {
            return false;
        }
    }

    private static String name(TlsReport report) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    (report.organization() + '\n' + report.id())
                                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, 16));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-2", impossible);
        }
    }

    /// Reports in the order of the days they came, the oldest 1,000 of those kept.
    public List<Received> list() {
        List<Row> rows =
                partition.read(
                        view -> view.scan(Layout.all(Table.TLS_REPORTS), StoreLimits.SCAN_ROWS));
        return rows.stream()
                .map(
                        row -> {
                            Decoder in = new Decoder(row.value(), FORMAT);
                            return new Received(
                                    Instant.ofEpochMilli(in.signed()),
                                    TlsReportFormat.parse(in.octets()));
                        })
                .toList();
    }

    /// Forgets what is older than 90 days.
    public void forgetOld() {
        List<Row> old =
                partition.read(
                        view ->
                                view.scan(
                                        Layout.tlsReportsBefore(today() - KEPT_DAYS),
                                        StoreLimits.SCAN_ROWS));
        if (!old.isEmpty()) {
            partition.write(
                    tx -> {
                        old.forEach(row -> tx.delete(row.key()));
                        return true;
                    });
        }
    }

    private long today() {
        return clock.instant().getEpochSecond() / Duration.ofDays(1).toSeconds();
    }
}
