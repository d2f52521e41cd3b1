package org.facteur.wire.smtp;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// Writes commands as a client sends them.
public final class SmtpCommandWriter {
    private SmtpCommandWriter() {}

    /// One command with its CRLF.
    ///
    /// @throws IllegalArgumentException for commands only a server meets: unknown and unacceptable
    ///   ones
    public static byte[] write(SmtpCommand command) {
        return (line(command) + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String line(SmtpCommand command) {
        return switch (command) {
            case SmtpCommand.Ehlo(var name) -> "EHLO " + name(name);
            case SmtpCommand.Helo(var name) -> "HELO " + name(name);
            case SmtpCommand.Lhlo(var name) -> "LHLO " + name(name);
            case SmtpCommand.Mail(var from, var parameters) ->
                    "MAIL FROM:" + path(from) + mail(parameters);
            case SmtpCommand.Rcpt(var to, var parameters) ->
                    "RCPT TO:" + (to == null ? "<postmaster>" : path(to)) + rcpt(parameters);
            case SmtpCommand.Data _ -> "DATA";
            case SmtpCommand.Bdat(var octets, var last) -> "BDAT " + octets + (last ? " LAST" : "");
            case SmtpCommand.Rset _ -> "RSET";
            case SmtpCommand.Noop _ -> "NOOP";
            case SmtpCommand.Quit _ -> "QUIT";
            case SmtpCommand.Help _ -> "HELP";
            case SmtpCommand.StartTls _ -> "STARTTLS";
            case SmtpCommand.Auth(var mechanism, var initial) ->
                    "AUTH " + mechanism + initial(initial);
            case SmtpCommand.Vrfy _, SmtpCommand.Expn _ -> throw unwritable(command);
            case SmtpCommand.Unknown _, SmtpCommand.Unacceptable _ -> throw unwritable(command);
        };
    }

    private static IllegalArgumentException unwritable(SmtpCommand command) {
        return new IllegalArgumentException("no client says " + command);
    }

    private static String name(@Nullable Domain name) {
        if (name == null) {
            throw new IllegalArgumentException("a client has a name");
        }
        return name.name();
    }

    private static String path(@Nullable EmailAddress address) {
        return address == null ? "<>" : "<" + address + ">";
    }

    private static String initial(@Nullable Octets initial) {
        if (initial == null) {
            return "";
        }
        return " " + (initial.isEmpty() ? "=" : Base64Text.encode(initial.toArray()));
    }

    private static String mail(MailParameters parameters) {
        StringBuilder text = new StringBuilder();
        if (parameters.size() >= 0) {
            text.append(" SIZE=").append(parameters.size());
        }
        if (parameters.smtpUtf8()) {
            text.append(" SMTPUTF8");
        }
        String auth = parameters.auth();
        if (auth != null) {
            text.append(" AUTH=").append(auth.isEmpty() ? "<>" : xtext(auth));
        }
        return text.append(wishes(parameters.wishes())).toString();
    }

    private static String wishes(LetterWishes wishes) {
        StringBuilder text = new StringBuilder();
        BodyKind body = wishes.body();
        if (body != null) {
            text.append(" BODY=").append(body.token());
        }
        LetterWishes.Returned returned = wishes.returned();
        if (returned != null) {
            text.append(" RET=").append(returned);
        }
        String envelopeId = wishes.envelopeId();
        if (envelopeId != null) {
            text.append(" ENVID=").append(xtext(envelopeId));
        }
        if (wishes.requireTls()) {
            text.append(" REQUIRETLS");
        }
        LetterWishes.Release release = wishes.release();
        if (release != null) {
            text.append(
                    switch (release) {
                        case LetterWishes.Release.After(var wait) -> " HOLDFOR=" + wait.toSeconds();
                        case LetterWishes.Release.At(var moment) ->
                                " HOLDUNTIL=" + moment.truncatedTo(ChronoUnit.SECONDS);
                    });
        }
        if (wishes.priority() != 0) {
            text.append(" MT-PRIORITY=").append(wishes.priority());
        }
        return text.toString();
    }

    private static String rcpt(RcptParameters parameters) {
        StringBuilder text = new StringBuilder();
        if (!parameters.notices().isEmpty()) {
            text.append(" NOTIFY=")
                    .append(
                            String.join(
                                    ",",
                                    parameters.notices().stream()
                                            .sorted()
                                            .map(Enum::name)
                                            .toList()));
        }
        RcptParameters.OriginalRecipient original = parameters.original();
        if (original != null) {
            text.append(" ORCPT=").append(original.type()).append(';');
            text.append(
                    original.type().equals(RcptParameters.OriginalRecipient.UTF_8)
                            ? unicodeText(original.address())
                            : xtext(original.address()));
        }
        return text.toString();
    }

    // xtext = *( xchar / hexchar )    xchar = any ASCII CHAR between "!" (33) and "~" (126) but "+"
    // and "="
    private static String xtext(String text) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= 32 || c == '+' || c == '=' || c == 127) {
                encoded.append('+');
                encoded.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
                encoded.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }

    // utf-8-addr-xtext = 1*(QCHAR / EmbeddedUnicodeChar)
    /// All in ASCII, so that it can go with or without SMTPUTF8 (RFC 6533 §3).
    private static String unicodeText(String text) {
        StringBuilder encoded = new StringBuilder();
        text.codePoints()
                .forEach(
                        point -> {
                            boolean plain =
                                    point > 32
                                            && point < 127
                                            && point != '+'
                                            && point != '='
                                            && point != '\\';
                            if (plain) {
                                encoded.appendCodePoint(point);
                            } else {
                                encoded.append("\\x{")
                                        .append(Integer.toHexString(point).toUpperCase(Locale.ROOT))
                                        .append('}');
                            }
                        });
        return encoded.toString();
    }
}
