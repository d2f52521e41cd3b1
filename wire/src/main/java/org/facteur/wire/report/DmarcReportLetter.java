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

/// Writes the letter that carries a DMARC report (RFC 9990 §3.5).
public final class DmarcReportLetter {
    private DmarcReportLetter() {}

    /// @param words the part for people
    public static Octets write(ReportFrame frame, DmarcReport report, String words) {
        String name =
                report.organization()
                        + "!"
                        + report.published().domain()
                        + "!"
                        + report.start().getEpochSecond()
                        + "!"
                        + report.end().getEpochSecond()
                        + ".xml.gz";
        return new MessageBuilder()
                .date(frame.date())
                .from(frame.from())
                .to(List.of(NamedAddress.of(frame.to())))
                .subject(frame.subject())
                .messageId(frame.messageId())
                .text("Auto-Submitted", new HeaderText("auto-generated"))
                .build(
                        new BodyPart.Multiple(
                                "mixed",
                                null,
                                List.of(
                                        new BodyPart.Text("plain", words),
                                        new BodyPart.Data(
                                                "application/gzip",
                                                new HeaderText(name),
                                                Octets.copyOf(packed(report)),
                                                false))));
    }

    private static byte[] packed(DmarcReport report) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(DmarcReportFormat.write(report));
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory takes what is written", impossible);
        }
        return packed.toByteArray();
    }
}
