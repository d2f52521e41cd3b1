package org.facteur.core.mailbox;

import java.util.Locale;
import org.facteur.base.fault.Refusal;

/// A mark on a letter in JMAP's form (RFC 8621 §4.1.1): lower case, the system flags of IMAP as
/// `$seen`, `$answered`, `$flagged`, `$deleted`, `$draft`.
public record Keyword(String name) {
    public static final Keyword SEEN = new Keyword("$seen");
    public static final Keyword ANSWERED = new Keyword("$answered");
    public static final Keyword FLAGGED = new Keyword("$flagged");
    public static final Keyword DELETED = new Keyword("$deleted");
    public static final Keyword DRAFT = new Keyword("$draft");
    public static final Keyword FORWARDED = new Keyword("$forwarded");
    public static final Keyword JUNK = new Keyword("$junk");
    public static final Keyword NOT_JUNK = new Keyword("$notjunk");
    public static final Keyword PHISHING = new Keyword("$phishing");

    /// Lower-cases.
    ///
    /// @throws Refusal INVALID unless 1 to 100 printable ASCII characters that an IMAP atom may
    ///   hold (RFC 9051 §9 flag-keyword)
    public Keyword {
        name = name.toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.length() > BoxLimits.KEYWORD_OCTETS) {
            throw invalid();
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7f || "(){%*\"\\]".indexOf(c) >= 0) {
                throw invalid();
            }
        }
    }

    private static Refusal invalid() {
        return new Refusal(
                Refusal.Reason.INVALID,
                "A keyword is 1 to 100 printable characters without blanks, brackets or quotes.",
                "Un mot-clé compte 1 à 100 caractères visibles, sans espace, crochet ni guillemet.");
    }

    @Override
    public String toString() {
        return name;
    }
}
