package org.facteur.edge.smtp;

import org.facteur.base.fault.Incident;
import org.facteur.base.fault.Refusal;
import org.facteur.wire.smtp.LetterSource;
import org.facteur.wire.smtp.SmtpReply;
import org.facteur.wire.text.SyntaxFault;

/// What is said in which case: the one place where faults become replies.
final class Replies {
    static final SmtpReply OK = SmtpReply.of(250, "2.0.0", "OK");
    static final SmtpReply SENDER_OK = SmtpReply.of(250, "2.1.0", "Sender accepted");
    static final SmtpReply RECIPIENT_OK = SmtpReply.of(250, "2.1.5", "Recipient accepted");
    static final SmtpReply SEND_LETTER = SmtpReply.plain(354, "Go on; end with a dot on a line");
    static final SmtpReply BYE = SmtpReply.of(221, "2.0.0", "Goodbye");
    static final SmtpReply NO_TELLING =
            SmtpReply.of(252, "2.1.5", "Who lives here is not told; letters are taken");
    static final SmtpReply HELP =
            SmtpReply.of(214, "2.0.0", "EHLO MAIL RCPT DATA BDAT RSET NOOP QUIT (RFC 5321)");
    static final SmtpReply UNKNOWN_COMMAND = SmtpReply.of(500, "5.5.1", "Command not known");
    static final SmtpReply NOT_HERE = SmtpReply.of(502, "5.5.1", "Command not available here");
    static final SmtpReply GREET_FIRST = SmtpReply.of(503, "5.5.1", "Say EHLO first");
    static final SmtpReply MAIL_FIRST = SmtpReply.of(503, "5.5.1", "MAIL comes first");

    /// What LMTP says without recipients (RFC 2033 §4.2).
    static final SmtpReply RCPT_FIRST = SmtpReply.of(503, "5.5.1", "No valid recipients");

    static final SmtpReply ONE_AT_A_TIME = SmtpReply.of(503, "5.5.1", "One letter at a time");
    static final SmtpReply NO_RECIPIENTS = SmtpReply.of(554, "5.5.1", "No valid recipients");
    static final SmtpReply TLS_FIRST = SmtpReply.of(530, "5.7.0", "STARTTLS comes first");
    static final SmtpReply AUTH_FIRST = SmtpReply.of(530, "5.7.0", "Sign in first");
    static final SmtpReply NOT_ENCRYPTED =
            SmtpReply.of(538, "5.7.11", "Signing in needs an encrypted line");
    static final SmtpReply SIGNED_IN_ALREADY = SmtpReply.of(503, "5.5.1", "Signed in already");
    static final SmtpReply UNKNOWN_MECHANISM =
            SmtpReply.of(504, "5.5.4", "This way of signing in is not offered");
    static final SmtpReply SIGNED_IN = SmtpReply.of(235, "2.7.0", "Signed in");
    static final SmtpReply NOT_SIGNED_IN =
            SmtpReply.of(535, "5.7.8", "Name or password is not right");
    static final SmtpReply AUTH_CANCELLED = SmtpReply.of(501, "5.0.0", "Signing in cancelled");
    static final SmtpReply AUTH_BROKEN = SmtpReply.of(501, "5.5.2", "That is not base64");
    static final SmtpReply AUTH_BUSY =
            SmtpReply.of(454, "4.7.0", "Too many are signing in, try again");
    static final SmtpReply AUTH_BLOCKED =
            SmtpReply.of(421, "4.7.0", "Too many wrong passwords from your address, come later");
    static final SmtpReply UNKNOWN_PARAMETER =
            SmtpReply.of(555, "5.5.4", "A parameter is not known here");
    static final SmtpReply NEEDS_SMTPUTF8 =
            SmtpReply.of(553, "5.6.7", "This address needs SMTPUTF8");
    static final SmtpReply BDAT_ONLY =
            SmtpReply.of(503, "5.5.1", "A letter of this kind comes by BDAT");
    static final SmtpReply CHUNKS_GO_ON =
            SmtpReply.of(503, "5.5.1", "The letter goes on with BDAT, or is dropped with RSET");
    static final SmtpReply IN_VAIN =
            SmtpReply.of(503, "5.5.1", "The letter was refused before this chunk");
    static final SmtpReply CHUNK_TAKEN = SmtpReply.of(250, "2.0.0", "Chunk taken");
    static final SmtpReply TOO_MANY_CHUNKS =
            SmtpReply.of(421, "4.7.0", "Too many chunks for one session");
    static final SmtpReply PRIORITY_LOWERED =
            SmtpReply.of(250, "2.3.6", "Sender accepted; its priority is now 4");
    static final SmtpReply HELD_TOO_LONG =
            SmtpReply.of(501, "5.5.4", "A letter is held for 30 days at most");
    static final SmtpReply TOO_LARGE =
            SmtpReply.of(552, "5.3.4", "This letter is larger than is accepted here");
    static final SmtpReply NOT_YOURS =
            SmtpReply.of(550, "5.7.1", "You may not write as this address");
    static final SmtpReply RELAY_DENIED =
            SmtpReply.of(550, "5.7.1", "Letters for that domain are not taken here");
    static final SmtpReply NOT_FOR_WRITER =
            SmtpReply.of(550, "5.7.2", "This group takes letters from its own people only");
    static final SmtpReply REPORTS_ONLY =
            SmtpReply.of(550, "5.7.1", "Only reports, with an empty sender, are taken here");
    static final SmtpReply NOBODY = SmtpReply.of(550, "5.1.1", "Nobody receives at this address");
    static final SmtpReply BOX_FULL = SmtpReply.of(452, "4.2.2", "This letter box is full");
    static final SmtpReply TOO_MANY_RECIPIENTS =
            SmtpReply.of(452, "4.5.3", "Too many recipients, send the others another letter");
    static final SmtpReply CAP_REACHED =
            SmtpReply.of(450, "4.7.1", "You have sent much lately, try again later");
    static final SmtpReply BUSY = SmtpReply.of(451, "4.3.0", "Not possible now, try again");
    static final SmtpReply EARLY = SmtpReply.of(554, "5.5.1", "You spoke before the greeting");
    static final SmtpReply BROKEN_LINE =
            SmtpReply.of(500, "5.5.2", "Lines end with CR and LF, and have no NUL");
    static final SmtpReply LONG_LINE = SmtpReply.of(500, "5.5.2", "Line too long");
    static final SmtpReply STOPPING = SmtpReply.of(421, "4.3.2", "The server is stopping");
    static final SmtpReply TOO_SLOW = SmtpReply.of(421, "4.4.2", "You took too long");
    static final SmtpReply TOO_MANY_ERRORS = SmtpReply.of(421, "4.7.0", "Too many errors");
    static final SmtpReply TOO_MUCH_JUNK = SmtpReply.of(421, "4.7.0", "Too many commands");
    static final SmtpReply TOO_MANY_LETTERS =
            SmtpReply.of(421, "4.7.0", "Many letters for one session, come again");

    private Replies() {}

    static SmtpReply syntax(SyntaxFault fault) {
        return SmtpReply.of(501, "5.5.4", ascii("Syntax: " + fault.getMessage()));
    }

    // textstring = 1*(%d09 / %d32-126)
    private static String ascii(String text) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\u00a7') {
                kept.append("section ");
            } else {
                kept.append(c >= ' ' && c <= '~' ? c : '?');
            }
        }
        return kept.toString();
    }

    static SmtpReply structure() {
        return SmtpReply.of(554, "5.6.0", "The structure of this letter is beyond all limits");
    }

    static SmtpReply refused(Refusal refusal) {
        String sentence = ascii(refusal.sentence().english());
        return switch (refusal.reason()) {
            case OVER_QUOTA -> SmtpReply.of(552, "5.2.2", sentence);
            case TOO_LARGE -> SmtpReply.of(552, "5.3.4", sentence);
            case LOOP -> SmtpReply.of(554, "5.4.6", sentence);
            case NOT_FOUND -> SmtpReply.of(550, "5.1.1", sentence);
            case NOT_ALLOWED -> SmtpReply.of(550, "5.7.1", sentence);
            case LIMIT -> SmtpReply.of(452, "4.5.3", sentence);
            case INVALID, ALREADY_EXISTS, CANNOT -> SmtpReply.of(554, "5.6.0", sentence);
        };
    }

    static SmtpReply incident(Incident incident) {
        return SmtpReply.of(
                451, "4.3.0", "Something broke here, try again (incident " + incident + ")");
    }

    static SmtpReply fault(LetterSource.Fault fault) {
        return switch (fault) {
            case BARE_CR_OR_LF ->
                    SmtpReply.of(550, "5.6.0", "Lines of a letter end with CR and LF together");
            case NUL -> SmtpReply.of(550, "5.6.0", "A letter has no NUL");
            case LINE_TOO_LONG ->
                    SmtpReply.of(500, "5.5.2", "A line of the letter is longer than 2,048 octets");
        };
    }
}
