package org.facteur.core.report;

import java.io.ByteArrayInputStream;
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
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
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
import org.facteur.wire.mime.Disposition;
import org.facteur.wire.mime.Part;
import org.facteur.wire.mime.PartDecoder;
import org.facteur.wire.report.DmarcReport;
import org.facteur.wire.report.DmarcReportFormat;
import org.facteur.wire.text.SyntaxFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What others report on letters in our name, taken from letters that arrive (RFC 9990 §3.5). Any
/// thread.
///
/// The letters stay what they are. Reports on domains that are not ours are passed over; 1,000 a
/// day are kept, for 90 days, of each the rows that fit into one row of the store. Who sent one is
/// not proven: they are hints for an administrator.
public final class DmarcReportShelf implements LetterWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DmarcReportShelf.class);
    private static final PartitionId WHERE = new PartitionId(PartitionId.Realm.SYSTEM, 0);
    private static final int FORMAT = 1;
    private static final int KEPT_DAYS = 90;
    private static final int MOST_A_DAY = 1_000;
    private static final int LONGEST_ROW = 60_000;
    private static final int MOST_PARTS = 10;
    private static final long LONGEST_PART = 2_000_000;
    private static final int LONGEST_PLAIN = 16 * 1024 * 1024;
    private static final int STEP = 8 * 1024;

    private final Partition partition;
    private final Directory directory;
    private final InstantSource clock;

    /// One that came.
    public record Received(Instant at, DmarcReport report) {}

    /// How a report is packed.
    private enum Packing {
        NONE,
        GZIP,
        ZIP
    }

    public DmarcReportShelf(Store store, Directory directory, InstantSource clock) {
        this.partition = store.partition(WHERE);
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public void accepted(Consignment consignment) {
        List<Part> parts = consignment.letter().index().anatomy().parts();
        if (parts.size() > MOST_PARTS) {
            return;
        }
        for (Part part : parts) {
            if (isReport(part)) {
                try {
                    keep(DmarcReportFormat.parse(plain(consignment, part)));
                } catch (IOException | SyntaxFault | StoreFault odd) {
                    LOG.info("a DMARC report cannot be read: {}", odd.getMessage());
                }
                return;
            }
        }
    }

    // filename = receiver "!" policy-domain "!" begin-timestamp "!" end-timestamp [ "!" unique-id ]
    // "." extension
    private static boolean isReport(Part part) {
        boolean data =
                part.type().is("application", "gzip")
                        || part.type().is("application", "x-gzip")
                        || part.type().is("application", "zip")
                        || part.type().is("application", "x-zip-compressed")
                        || part.type().is("application", "octet-stream")
                        || part.type().is("application", "xml")
                        || part.type().is("text", "xml");
        String name = name(part);
        return data
                && name.indexOf('!') > 0
                && name.indexOf('!') != name.lastIndexOf('!')
                && packing(name) != null;
    }

    private static String name(Part part) {
        Disposition disposition = part.details().disposition();
        return (disposition == null
                        ? java.util.Optional.<String>empty()
                        : disposition.find("filename"))
                .or(() -> part.type().find("name"))
                .orElse("");
    }

    private static @org.jspecify.annotations.Nullable Packing packing(String name) {
        return name.endsWith(".xml.gz")
                ? Packing.GZIP
                : name.endsWith(".zip") ? Packing.ZIP : name.endsWith(".xml") ? Packing.NONE : null;
    }

    private static byte[] plain(Consignment consignment, Part part) throws IOException {
        Packing packing = packing(name(part));
        if (part.range().bodyLength() > LONGEST_PART || packing == null) {
            throw new IOException("it is too large");
        }
        byte[] packed;
        try (Blob blob = consignment.letter().octets().open();
                InputStream body = blob.open(part.range().bodyStart(), part.range().end())) {
            PartDecoder decoder = new PartDecoder(body::read, part.details().encoding());
            java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
            byte[] piece = new byte[STEP];
            for (int some = decoder.read(piece, 0, STEP);
                    some >= 0;
                    some = decoder.read(piece, 0, STEP)) {
                all.write(piece, 0, some);
            }
            packed = all.toByteArray();
        }
        return switch (packing) {
            case NONE -> packed;
            case GZIP -> {
                try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                    yield bounded(in);
                }
            }
            case ZIP -> {
                try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(packed))) {
                    if (in.getNextEntry() == null) {
                        throw new IOException("it is empty");
                    }
                    yield bounded(in);
                }
            }
        };
    }

    private static byte[] bounded(InputStream in) throws IOException {
        byte[] plain = in.readNBytes(LONGEST_PLAIN + 1);
        if (plain.length > LONGEST_PLAIN) {
            throw new IOException("it is too large unpacked");
        }
        return plain;
    }

    private void keep(DmarcReport report) {
        if (!isOurs(report.published().domain())) {
            LOG.info("a DMARC report of {} is not kept", report.organization());
            return;
        }
        DmarcReport kept = report;
        byte[] xml = DmarcReportFormat.write(kept);
        while (xml.length > LONGEST_ROW && !kept.rows().isEmpty()) {
            kept =
                    new DmarcReport(
                            kept.organization(),
                            kept.contact(),
                            kept.id(),
                            kept.start(),
                            kept.end(),
                            kept.published(),
                            kept.rows().subList(0, kept.rows().size() / 2));
            xml = DmarcReportFormat.write(kept);
        }
        byte[] row =
                new Encoder(FORMAT).signed(clock.instant().toEpochMilli()).octets(xml).toBytes();
        long day = today();
        String name = name(report);
        partition.write(
                tx -> {
                    if (tx.scan(Layout.dmarcReports(day), MOST_A_DAY).size() < MOST_A_DAY) {
                        tx.put(Layout.dmarcReport(day, name), row);
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

    private static String name(DmarcReport report) {
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
                        view -> view.scan(Layout.all(Table.DMARC_REPORTS), StoreLimits.SCAN_ROWS));
        return rows.stream()
                .map(
                        row -> {
                            Decoder in = new Decoder(row.value(), FORMAT);
                            return new Received(
                                    Instant.ofEpochMilli(in.signed()),
                                    DmarcReportFormat.parse(in.octets()));
                        })
                .toList();
    }

    /// Forgets what is older than 90 days.
    public void forgetOld() {
        DmarcResults.forget(partition, Table.DMARC_REPORTS, today() - KEPT_DAYS);
    }

    private long today() {
        return clock.instant().getEpochSecond() / Duration.ofDays(1).toSeconds();
    }
}
