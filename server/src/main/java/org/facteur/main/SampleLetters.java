package org.facteur.main;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.facteur.wire.mime.MailDate;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.QuotedPrintable;

/// The hundred letters the demo begins with: French and English mostly, threads, long discussions,
/// attachments, charsets, every transfer encoding.
final class SampleLetters {
    private static final OffsetDateTime FIRST =
            OffsetDateTime.of(2026, 9, 1, 8, 0, 0, 0, ZoneOffset.ofHours(2));
    private static final int HOURS_BETWEEN = 19;
    private static final Map<String, String> PEOPLE =
            Map.of(
                    "alice", "Alice Martin <alice@village.example>",
                    "bruno", "Bruno Lefèvre <bruno@village.example>",
                    "chloe", "Chloé Dubois <chloe@town.example>",
                    "john", "John Harper <john@coast.example>",
                    "emma", "Emma Field <emma@coast.example>",
                    "marie", "Marie Le Bihan <marie@rivage.example>",
                    "jean", "Jean Morvan <jean@rivage.example>");

    private SampleLetters() {}

    private record Sample(int number, boolean answer, String who, String subject, Form form) {}

    private record Form(String charset, String attachment, String text) {}

    /// Writes all of them as files.
    ///
    /// @return the directory
    static Path writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        String subject = "";
        int opened = 0;
        for (Sample sample : read()) {
            if (!sample.answer()) {
                subject = sample.subject();
                opened = sample.number();
            }
            Files.write(
                    directory.resolve("%03d.eml".formatted(sample.number())),
                    letter(sample, subject, opened));
        }
        return directory;
    }

    private static List<Sample> read() throws IOException {
        List<Sample> samples = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        String head = "";
        for (String line : lines()) {
            boolean opens = line.startsWith("@ ") || line.startsWith("> ");
            if (opens) {
                add(samples, head, text);
                head = line;
            } else if (!head.isEmpty()) {
                text.append(line).append("\r\n");
            }
        }
        add(samples, head, text);
        return samples;
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = SampleLetters.class.getResourceAsStream("sample-letters.txt")) {
            if (in == null) {
                throw new IOException("the sample letters are missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static void add(List<Sample> samples, String head, StringBuilder text) {
        if (!head.isEmpty()) {
            List<String> cells = cells(head.substring(2));
            samples.add(
                    new Sample(
                            samples.size() + 1,
                            head.startsWith(">"),
                            cells.get(0),
                            cells.get(1),
                            new Form(
                                    cells.get(2), cells.get(3), text.toString().strip() + "\r\n")));
        }
        text.setLength(0);
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        int from = 0;
        for (int at = line.indexOf('|'); at >= 0; at = line.indexOf('|', from)) {
            cells.add(line.substring(from, at).strip());
            from = at + 1;
        }
        cells.add(line.substring(from).strip());
        return cells;
    }

    private static byte[] letter(Sample sample, String subject, int opened) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        field(
                out,
                "Date",
                MailDate.format(FIRST.plusHours((long) HOURS_BETWEEN * sample.number())));
        field(out, "From", correspondent(sample.who()));
        field(out, "To", correspondent(sample.who().equals("alice") ? "bruno" : "alice"));
        field(
                out,
                "Subject",
                EncodedWords.encode(sample.answer() ? "Re: " + subject : subject, 10));
        field(out, "Message-ID", id(sample.number()));
        if (sample.answer()) {
            field(out, "In-Reply-To", id(sample.number() - 1));
            field(out, "References", id(opened) + "\r\n " + id(sample.number() - 1));
        }
        field(out, "MIME-Version", "1.0");
        if (sample.form().attachment().isEmpty()) {
            text(out, sample);
            return out.toByteArray();
        }
        String boundary = "=_sample_" + sample.number();
        field(out, "Content-Type", "multipart/mixed; boundary=\"" + boundary + "\"");
        out.write(("\r\n--" + boundary + "\r\n").getBytes(StandardCharsets.US_ASCII));
        text(out, sample);
        out.write(("\r\n--" + boundary + "\r\n").getBytes(StandardCharsets.US_ASCII));
        attachment(out, sample.form().attachment());
        out.write(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    /// Body and encoding; UTF-8 takes its turn in all three encodings.
    private static void text(ByteArrayOutputStream out, Sample sample) throws IOException {
        Charset charset = Charset.forName(sample.form().charset());
        byte[] body = sample.form().text().getBytes(charset);
        field(out, "Content-Type", "text/plain; charset=" + sample.form().charset());
        boolean ascii = sample.form().charset().matches("us-ascii|iso-2022-jp");
        int turn = ascii ? 3 : sample.number() % 3;
        switch (turn) {
            case 0 -> {
                field(out, "Content-Transfer-Encoding", "quoted-printable");
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                QuotedPrintable.encode(body, out::write);
            }
            case 1 -> {
                field(out, "Content-Transfer-Encoding", "base64");
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                Base64Text.encodeLines(body, out::write);
            }
            default -> {
                field(out, "Content-Transfer-Encoding", ascii ? "7bit" : "8bit");
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                out.write(body);
            }
        }
    }

    private static void attachment(ByteArrayOutputStream out, String name) throws IOException {
        String type =
                switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
                    case "pdf" -> "application/pdf";
                    case "png" -> "image/png";
                    case "csv" -> "text/csv; charset=utf-8";
                    default -> "text/plain; charset=utf-8";
                };
        field(out, "Content-Type", type + "; name=\"" + name + "\"");
        field(out, "Content-Disposition", "attachment; filename=\"" + name + "\"");
        field(out, "Content-Transfer-Encoding", "base64");
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        Base64Text.encodeLines(content(name), out::write);
    }

    private static byte[] content(String name) {
        if (name.endsWith(".png")) {
            return PIXEL.clone();
        }
        if (name.endsWith(".pdf")) {
            return ("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                            + "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                            + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\n"
                            + "trailer<</Root 1 0 R>>\n%%EOF\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }
        return "ardoise;38;4,20\nfaîtage;1;310,00\n".getBytes(StandardCharsets.UTF_8);
    }

    /// One transparent pixel (PNG, 67 octets).
    private static final byte[] PIXEL =
            java.util.HexFormat.of()
                    .parseHex(
                            "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
                                    + "0000000a49444154789c63000100000500010d0a2db40000000049454e44"
                                    + "ae426082");

    private static String correspondent(String who) {
        String known = PEOPLE.get(who);
        if (known == null) {
            return who + "@letters.example";
        }
        int angle = known.indexOf('<');
        return EncodedWords.encode(known.substring(0, angle).strip(), 6)
                + " "
                + known.substring(angle);
    }

    private static String id(int number) {
        return "<sample-" + number + "@letters.example>";
    }

    private static void field(ByteArrayOutputStream out, String name, String value)
            throws IOException {
        out.write((name + ": " + value + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
