package org.facteur.wire.smtp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.facteur.wire.report.EnhancedStatus;
import org.jspecify.annotations.Nullable;

/// An answer (RFC 5321 §4.2, RFC 2034 §4).
///
/// @param code 200 to 599
/// @param status repeated on every line; null where there is none, as in greetings and 3xx
/// @param lines one or more, without controls, each at most 900 characters
public record SmtpReply(int code, @Nullable EnhancedStatus status, List<String> lines) {
    static final int LONGEST_LINE = 900;

    public SmtpReply {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("code " + code);
        }
        if (status != null && status.level() != code / 100) {
            throw new IllegalArgumentException(code + " with status " + status);
        }
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a reply has a line");
        }
        for (String line : lines) {
            if (line.length() > LONGEST_LINE || !sendable(line)) {
                throw new IllegalArgumentException("a line that cannot be sent");
            }
        }
    }

    private static boolean sendable(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
                return false;
            }
        }
        return true;
    }

    /// A reply of one line.
    ///
    /// @param status for example `5.1.1`
    public static SmtpReply of(int code, String status, String line) {
        return new SmtpReply(code, EnhancedStatus.parse(status), List.of(line));
    }

    /// A reply without enhanced status.
    public static SmtpReply plain(int code, String line) {
        return new SmtpReply(code, null, List.of(line));
    }

    public boolean positive() {
        return code < 400;
    }

    /// Whether trying again may help.
    public boolean transientFailure() {
        return code >= 400 && code < 500;
    }

    public boolean permanentFailure() {
        return code >= 500;
    }

    /// All lines joined by blanks, for people and logs.
    public String text() {
        return String.join(" ", lines);
    }

    // Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF
    /// As it is sent, all its lines with their CRLF.
    public byte[] toBytes() {
        StringBuilder text = new StringBuilder(64);
        for (int i = 0; i < lines.size(); i++) {
            text.append(code).append(i < lines.size() - 1 ? '-' : ' ');
            if (status != null) {
                text.append(status).append(' ');
            }
            text.append(lines.get(i)).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// As one line for logs.
    @Override
    public String toString() {
        return code + " " + (status == null ? "" : status + " ") + text();
    }
}
