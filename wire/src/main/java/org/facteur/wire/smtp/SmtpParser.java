package org.facteur.wire.smtp;

import java.util.Locale;
import java.util.Objects;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Reads command lines. Any thread.
///
/// What is tolerated is listed in [SmtpLeniency].
public final class SmtpParser {
    private static final int LONGEST_NAME = 255;
    private static final int MOST_HOPS = 32;

    private final SmtpLimits limits;

    public SmtpParser(SmtpLimits limits) {
        this.limits = Objects.requireNonNull(limits);
    }

    // command = verb [SP arguments] CRLF
    /// Reads one line.
    ///
    /// @param line without CRLF
    /// @param international whether the transaction that is open goes with SMTPUTF8
    /// @throws SyntaxFault for arguments the grammar does not have
    public SmtpCommand parse(byte[] line, boolean international) {
        SmtpCursor in = new SmtpCursor(line);
        String verb = in.word();
        if (line.length > longest(verb)) {
            return new SmtpCommand.Unacceptable(SmtpCommand.Why.TOO_LONG);
        }
        if (!in.atEnd() && in.peek() != ' ' && in.peek() != '\t') {
            return new SmtpCommand.Unknown();
        }
        boolean blank = in.skipBlanks();
        return switch (verb) {
            case "EHLO" -> new SmtpCommand.Ehlo(name(in));
            case "HELO" -> new SmtpCommand.Helo(name(in));
            case "LHLO" -> new SmtpCommand.Lhlo(name(in));
            case "MAIL" -> mail(in);
            case "RCPT" -> rcpt(in, international);
            case "DATA" -> alone(in, new SmtpCommand.Data());
            case "BDAT" -> bdat(in);
            case "RSET" -> alone(in, new SmtpCommand.Rset());
            case "NOOP" -> new SmtpCommand.Noop();
            case "QUIT" -> alone(in, new SmtpCommand.Quit());
            case "VRFY" -> new SmtpCommand.Vrfy();
            case "EXPN" -> new SmtpCommand.Expn();
            case "HELP" -> new SmtpCommand.Help();
            case "STARTTLS" -> alone(in, new SmtpCommand.StartTls());
            case "AUTH" -> auth(in, blank);
            default -> new SmtpCommand.Unknown();
        };
    }

    /// Whether a line is a BDAT, well formed or not: octets follow it that are no commands (RFC
    /// 3030 §2).
    public static boolean announcesOctets(byte[] line) {
        return new SmtpCursor(line).word().equals("BDAT");
    }

    private int longest(String verb) {
        return switch (verb) {
            case "MAIL", "RCPT" -> limits.international();
            case "AUTH" -> limits.auth();
            default -> limits.command();
        };
    }

    private static SmtpCommand alone(SmtpCursor in, SmtpCommand command) {
        in.expectEnd();
        return command;
    }

    // ehlo = "EHLO" SP ( Domain / address-literal ) CRLF
    private static @Nullable Domain name(SmtpCursor in) {
        int start = in.at();
        byte[] name = in.untilBlank();
        in.skipBlanks();
        if (name.length == 0 || name.length > LONGEST_NAME || !in.atEnd()) {
            throw SyntaxFault.at(start, "one name of at most 255 octets", "RFC 5321 §4.1.1.1");
        }
        for (byte b : name) {
            if (b >= 0 && (b < 0x21 || b == 0x7F)) {
                throw SyntaxFault.at(start, "a printable name", "RFC 5321 §4.1.1.1");
            }
        }
        String text = SmtpCursor.utf8(name);
        try {
            return Domain.parse(text);
        } catch (SyntaxFault fault) {
            if (text.startsWith("[")) {
                throw fault;
            }
            return null;
        }
    }

    // mail = "MAIL FROM:" Reverse-path [SP Mail-parameters] CRLF
    private static SmtpCommand mail(SmtpCursor in) {
        in.expect("FROM:");
        byte[] path = path(in);
        SmtpParameters parameters = SmtpParameters.read(in);
        MailParameters read = parameters.mail();
        if (read == null) {
            return new SmtpCommand.Unacceptable(SmtpCommand.Why.UNKNOWN_PARAMETER);
        }
        if (path.length == 0) {
            return new SmtpCommand.Mail(null, read);
        }
        if (!SmtpCursor.ascii(path) && !read.smtpUtf8()) {
            return new SmtpCommand.Unacceptable(SmtpCommand.Why.NEEDS_SMTPUTF8);
        }
        return new SmtpCommand.Mail(mailbox(path), read);
    }

    // rcpt = "RCPT TO:" ( "<Postmaster@" Domain ">" / "<Postmaster>" / Forward-path ) [SP
    // Rcpt-parameters] CRLF
    private static SmtpCommand rcpt(SmtpCursor in, boolean international) {
        in.expect("TO:");
        byte[] path = path(in);
        SmtpParameters parameters = SmtpParameters.read(in);
        RcptParameters read = parameters.rcpt(international);
        if (read == null) {
            return new SmtpCommand.Unacceptable(SmtpCommand.Why.UNKNOWN_PARAMETER);
        }
        if (!SmtpCursor.ascii(path) && !international) {
            return new SmtpCommand.Unacceptable(SmtpCommand.Why.NEEDS_SMTPUTF8);
        }
        if (SmtpCursor.utf8(path).toLowerCase(Locale.ROOT).equals("postmaster")) {
            return new SmtpCommand.Rcpt(null, read);
        }
        return new SmtpCommand.Rcpt(mailbox(path), read);
    }

    // Path = "<" [ A-d-l ":" ] Mailbox ">"
    private static byte[] path(SmtpCursor in) {
        in.skipBlanks();
        if (in.peek() == '<') {
            return in.bracketed();
        }
        byte[] bare = in.untilBlank();
        if (bare.length == 0) {
            throw SyntaxFault.at(in.at(), "a path in brackets", "RFC 5321 §4.1.2");
        }
        return bare;
    }

    // A-d-l = At-domain *( "," At-domain )    At-domain = "@" Domain
    /// The mailbox of a path; a route before it must be well formed and is dropped (RFC 5321
    /// §4.1.1.3).
    private static EmailAddress mailbox(byte[] path) {
        String text = SmtpCursor.utf8(path);
        int at = 0;
        int hops = 0;
        while (at < text.length() && text.charAt(at) == '@') {
            int end = at + 1;
            while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != ':') {
                end++;
            }
            if (end == text.length() || ++hops > MOST_HOPS) {
                throw SyntaxFault.at(end, "a mailbox behind the route", "RFC 5321 §4.1.2");
            }
            Domain.parse(text.substring(at + 1, end));
            at = end + 1;
            if (text.charAt(end) == ':') {
                break;
            }
        }
        return EmailAddress.parse(text.substring(at));
    }

    // bdat-cmd = "BDAT" SP chunk-size [ SP end-marker ] CRLF
    private static SmtpCommand bdat(SmtpCursor in) {
        long octets = number(in.word(), 12);
        boolean last = in.skipBlanks() && !in.atEnd();
        if (last) {
            in.expect("LAST");
        }
        in.expectEnd();
        return new SmtpCommand.Bdat(octets, last);
    }

    /// A number of at most so many digits.
    static long number(String digits, int most) {
        if (digits.isEmpty() || digits.length() > most) {
            throw SyntaxFault.at(0, "a number of at most " + most + " digits", "RFC 1870 §4");
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                throw SyntaxFault.at(i, "a digit", "RFC 1870 §4");
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    // auth-command = "AUTH" SP sasl-mech [SP initial-response] CRLF    initial-response = base64 /
    // "="
    private static SmtpCommand auth(SmtpCursor in, boolean blank) {
        String mechanism = in.word();
        if (!blank || mechanism.isEmpty() || mechanism.length() > 20) {
            throw SyntaxFault.at(in.at(), "a mechanism", "RFC 4954 §4");
        }
        if (in.atEnd()) {
            return new SmtpCommand.Auth(mechanism, null);
        }
        if (!in.skipBlanks()) {
            throw SyntaxFault.at(in.at(), "a blank", "RFC 4954 §4");
        }
        byte[] initial = in.untilBlank();
        in.expectEnd();
        boolean empty = initial.length == 1 && initial[0] == '=';
        return new SmtpCommand.Auth(
                mechanism, empty ? Octets.EMPTY : Octets.copyOf(Base64Text.decodeStrict(initial)));
    }
}
