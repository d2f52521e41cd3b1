package org.facteur.wire.pop3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.facteur.wire.mime.ConventionalLetter;
import org.facteur.wire.mime.DowngradedHeader;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.DotStuffing;

/// Writes a server's replies; takes typed values only. One thread; flushing is the caller's
/// business.
public final class Pop3Writer {
    private static final byte[] END = {'.', '\r', '\n'};
    private static final byte[] CRLF = {'\r', '\n'};
    private static final int TEXT_LONGEST = 400;
    private static final int STEP = 8 * 1024;

    private final OutputStream out;
    private boolean utf8Text;

    public Pop3Writer(OutputStream out) {
        this.out = out;
    }

    /// From now on texts may hold any language (RFC 6856 §3).
    public void beginUtf8Text() {
        utf8Text = true;
    }

    /// Writes the first line of a reply.
    public void write(Pop3Reply reply) throws IOException {
        line(
                switch (reply) {
                    case Pop3Reply.Ok(String text) -> text.isEmpty() ? "+OK" : "+OK " + text;
                    case Pop3Reply.Status(int letters, long octets) ->
                            "+OK " + letters + ' ' + octets;
                    case Pop3Reply.One(Pop3Line one) -> "+OK " + text(one);
                    case Pop3Reply.Err(var code, String text) ->
                            code == null ? "-ERR " + text : "-ERR [" + code.text() + "] " + text;
                    case Pop3Reply.Challenge(byte[] octets) -> "+ " + Base64Text.encode(octets);
                },
                reply instanceof Pop3Reply.Challenge ? Integer.MAX_VALUE : TEXT_LONGEST);
    }

    /// Writes one further line of a reply of several lines.
    public void write(Pop3Line line) throws IOException {
        String text = text(line);
        if (line instanceof Pop3Line.LanguageName) {
            utf8(text);
        } else {
            line(text.startsWith(".") ? "." + text : text, TEXT_LONGEST);
        }
    }

    /// Ends a reply of several lines.
    public void end() throws IOException {
        out.write(END);
    }

    /// The same for a client that reads headers in UTF-8.
    public void letter(InputStream letter, int bodyLines) throws IOException {
        letter(letter, bodyLines, true);
    }

    /// Writes a letter and ends the reply: every line ended by CRLF, lines that begin with a dot
    /// get another (RFC 1939 §3).
    ///
    /// @param bodyLines how many lines of the body; [Pop3Top#WHOLE] for all
    /// @param utf8 whether the client reads headers in UTF-8; for others they are rewritten (RFC
    ///   6856 §2.1)
    public void letter(InputStream letter, int bodyLines, boolean utf8) throws IOException {
        DotStuffing stuffing = new DotStuffing(out);
        Pop3Top top = new Pop3Top(bodyLines);
        byte[] buffer = new byte[STEP];
        // Filled, because the first octets alone may not show the whole header.
        int count = letter.readNBytes(buffer, 0, STEP);
        InputStream rest = letter;
        if (!utf8 && count > 0 && !DowngradedHeader.plain(buffer, count)) {
            rest =
                    ConventionalLetter.of(
                            new SequenceInputStream(
                                    new ByteArrayInputStream(buffer.clone(), 0, count), letter));
            count = rest.read(buffer);
        }
        while (count > 0) {
            int wanted = top.take(buffer, count);
            stuffing.write(buffer, 0, wanted);
            if (wanted < count) {
                break;
            }
            count = rest.read(buffer);
        }
        stuffing.end();
    }

    private static String text(Pop3Line line) {
        return switch (line) {
            case Pop3Line.Size(int number, long octets) -> number + " " + octets;
            case Pop3Line.Uid(int number, String uid) -> number + " " + uid;
            case Pop3Line.Capability(Pop3Capability capability, var parameters) ->
                    parameters.isEmpty()
                            ? capability.keyword()
                            : capability.keyword() + ' ' + String.join(" ", parameters);
            case Pop3Line.Mechanism(String name) -> name;
            case Pop3Line.LanguageName(String tag, String name) -> tag + ' ' + name;
        };
    }

    private void utf8(String text) throws IOException {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints()
                .limit(TEXT_LONGEST / 4)
                .forEach(c -> printable.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        out.write(printable.toString().getBytes(StandardCharsets.UTF_8));
        out.write(CRLF);
    }

    /// Writes printable ASCII, whatever else is in the text becoming `?`; or UTF-8 where the client
    /// has chosen a language.
    private void line(String text, int longest) throws IOException {
        if (utf8Text && longest == TEXT_LONGEST) {
            utf8(text);
            return;
        }
        byte[] octets =
                text.substring(0, Math.min(text.length(), longest))
                        .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] < ' ' || octets[i] > '~') {
                octets[i] = '?';
            }
        }
        out.write(octets);
        out.write(CRLF);
    }
}
