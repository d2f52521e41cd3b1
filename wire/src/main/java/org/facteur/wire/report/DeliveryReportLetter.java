package org.facteur.wire.report;

import java.util.Arrays;
import java.util.List;
import org.facteur.wire.mime.BodyPart;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.MessageBuilder;
import org.facteur.wire.mime.NamedAddress;
import org.facteur.wire.text.MailCharsets;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;

/// Writes the whole letter of a delivery report: words for people, the report for machines, the
/// header of the letter it is about (RFC 6522 §3).
public final class DeliveryReportLetter {
    /// The most of the original header that goes back, in octets.
    public static final int MOST_ORIGINAL = 100 * 1024;

    private DeliveryReportLetter() {}

    /// @param words the part for people, any line ends
    /// @param originalHeader the header section of the letter reported on, blank line or not; cut
    ///   at a line's end above 100 kB
    public static Octets write(
            ReportFrame frame, DeliveryReport report, String words, byte[] originalHeader) {
        Octets header = original(originalHeader);
        byte[] octets = header.toArray();
        boolean ascii = MailCharsets.onlyAscii(octets, 0, octets.length);
        boolean utf8 = MailCharsets.isUtf8(octets, 0, octets.length);
        String status =
                report.isInternational()
                        ? "message/global-delivery-status"
                        : "message/delivery-status";
        String headers = ascii || !utf8 ? "text/rfc822-headers" : "message/global-headers";
        MessageBuilder letter =
                new MessageBuilder()
                        .date(frame.date())
                        .from(frame.from())
                        .to(List.of(NamedAddress.of(frame.to())))
                        .subject(frame.subject())
                        .messageId(frame.messageId())
                        .text("Auto-Submitted", new HeaderText("auto-replied"));
        return letter.build(
                new BodyPart.Multiple(
                        "report",
                        "delivery-status",
                        List.of(
                                new BodyPart.Text("plain", words),
                                new BodyPart.Verbatim(status, DeliveryReportFormat.write(report)),
                                new BodyPart.Verbatim(headers, header))));
    }

    /// CRLF line ends, no NUL, cut at a line's end, lines of at most 998 octets.
    private static Octets original(byte[] header) {
        OctetBuffer out = new OctetBuffer(2 * MOST_ORIGINAL);
        int at = 0;
        while (at < header.length) {
            int end = at;
            while (end < header.length && header[end] != '\n') {
                end++;
            }
            int stop = end > at && header[end - 1] == '\r' ? end - 1 : end;
            if (stop == at || out.size() + stop - at + 2 > MOST_ORIGINAL) {
                break;
            }
            byte[] line = Arrays.copyOfRange(header, at, Math.min(stop, at + 998));
            for (byte b : line) {
                if (b != 0 && b != '\r') {
                    out.append(b);
                }
            }
            out.appendLatin1("\r\n");
            at = end + 1;
        }
        return out.toOctets();
    }
}
