package org.facteur.wire.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.facteur.wire.mime.BodyPart;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.MessageBuilder;
import org.facteur.wire.mime.NamedAddress;
import org.facteur.wire.text.Octets;

/// Writes the letter that carries a TLS report (RFC 8460 §5.3).
public final class TlsReportLetter {
    /// The type of the part with the report, packed.
    public static final String TYPE = "application/tlsrpt+gzip";

    private TlsReportLetter() {}

    /// @param submitter the domain that reports
    /// @param domain the domain reported on
    /// @param words the part for people
    public static Octets write(
            ReportFrame frame, TlsReport report, String submitter, String domain, String words) {
        String name =
                submitter
                        + "!"
                        + domain
                        + "!"
                        + report.start().getEpochSecond()
                        + "!"
                        + report.end().getEpochSecond()
                        + "!001.json.gz";
        return new MessageBuilder()
                .date(frame.date())
                .from(frame.from())
                .to(List.of(NamedAddress.of(frame.to())))
                .subject(frame.subject())
                .messageId(frame.messageId())
                .text("TLS-Report-Domain", new HeaderText(domain))
                .text("TLS-Report-Submitter", new HeaderText(submitter))
                .text("Auto-Submitted", new HeaderText("auto-generated"))
                .build(
                        new BodyPart.Multiple(
                                "report",
                                "tlsrpt",
                                List.of(
                                        new BodyPart.Text("plain", words),
                                        new BodyPart.Data(
                                                TYPE,
                                                new HeaderText(name),
                                                Octets.copyOf(packed(report)),
                                                false))));
    }

    /// The report's JSON, packed by gzip.
    public static byte[] packed(TlsReport report) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(TlsReportFormat.write(report));
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory takes what is written", impossible);
        }
        return packed.toByteArray();
    }
}
