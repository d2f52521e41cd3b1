package org.facteur.wire.pop3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.facteur.wire.text.Base64Text;

/// Writes a server's replies; takes typed values only. One thread; flushing is the caller's
/// business.
public final class Pop3Writer {
    private static final byte[] END = {'.', '\r', '\n'};
    private static final byte[] CRLF = {'\r', '\n'};
    private static final int TEXT_LONGEST = 400;
    private static final int STEP = 8 * 1024;

    private final OutputStream out;

    public Pop3Writer(OutputStream out) {
        this.out = out;
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
        line(text.startsWith(".") ? "." + text : text, TEXT_LONGEST);
    }

    /// Ends a reply of several lines.
    public void end() throws IOException {
        out.write(END);
    }

    /// Writes a letter and ends the reply: every line ended by CRLF, lines that begin with a dot
    /// get another (RFC 1939 §3).
    ///
    /// @param bodyLines how many lines of the body; [Pop3Top#WHOLE] for all
    public void letter(InputStream letter, int bodyLines) throws IOException {
        DotStuffing stuffing = new DotStuffing(out);
        Pop3Top top = new Pop3Top(bodyLines);
        byte[] buffer = new byte[STEP];
        int count = letter.read(buffer);
        while (count >= 0) {
            int wanted = top.take(buffer, count);
            stuffing.write(buffer, 0, wanted);
            if (wanted < count) {
                break;
            }
            count = letter.read(buffer);
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
        };
    }

    /// Writes printable ASCII; whatever else is in the text becomes `?`.
    private void line(String text, int longest) throws IOException {
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
