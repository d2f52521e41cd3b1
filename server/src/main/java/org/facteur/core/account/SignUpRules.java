package org.facteur.core.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.LocalPart;
import org.facteur.wire.text.SyntaxFault;

/// What becomes of a name that somebody wishes for at sign-up.
///
/// Lower case, accents folded (`Éloïse` becomes `eloise`, `œ` becomes `oe`), blanks become dots;
/// then 3 to 40 letters and digits of ASCII, with dots, hyphens and underscores between them, one
/// at a time. Names that speak for the service are kept back. An administrator is bound by none of
/// this.
public final class SignUpRules {
    private static final int SHORTEST = 3;
    private static final int LONGEST = 40;

    /// Names of RFC 2142, of programs, and those a stranger would believe.
    private static final Set<String> RESERVED =
            Set.of(
                    "abuse",
                    "accueil",
                    "account",
                    "accounts",
                    "admin",
                    "administrateur",
                    "administrator",
                    "all",
                    "anonymous",
                    "autoconfig",
                    "autodiscover",
                    "bin",
                    "billing",
                    "contact",
                    "daemon",
                    "dmarc",
                    "dns",
                    "donotreply",
                    "everyone",
                    "facteur",
                    "ftp",
                    "help",
                    "hostmaster",
                    "imap",
                    "info",
                    "listserv",
                    "localhost",
                    "login",
                    "mail",
                    "mailerdaemon",
                    "majordomo",
                    "marketing",
                    "motdepasse",
                    "nepasrepondre",
                    "news",
                    "nobody",
                    "noc",
                    "noreply",
                    "office",
                    "password",
                    "payment",
                    "poste",
                    "postmaster",
                    "privacy",
                    "recovery",
                    "reply",
                    "root",
                    "sales",
                    "secretariat",
                    "security",
                    "securite",
                    "service",
                    "smtp",
                    "spam",
                    "ssl",
                    "staff",
                    "support",
                    "sysadmin",
                    "system",
                    "team",
                    "tlsrpt",
                    "undisclosedrecipients",
                    "usenet",
                    "uucp",
                    "verification",
                    "webmail",
                    "webmaster",
                    "www");

    private SignUpRules() {}

    /// The address a wish becomes; whether it is free is the directory's to say.
    ///
    /// @param wish its local part is as it was typed
    /// @throws Refusal INVALID for a name that cannot be had
    public static EmailAddress address(EmailAddress wish) {
        String local = folded(wish.local().value());
        if (local.length() < SHORTEST || local.length() > LONGEST || !wellFormed(local)) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "A name has 3 to 40 letters and digits; dots, hyphens and underscores may"
                            + " stand between them.",
                    "Un nom compte de 3 à 40 lettres et chiffres ; des points, tirets et"
                            + " soulignés peuvent les séparer.");
        }
        if (RESERVED.contains(bare(local))) {
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED,
                    "This name is kept for the service.",
                    "Ce nom est réservé au service.");
        }
        try {
            return new EmailAddress(LocalPart.of(local), wish.domain());
        } catch (SyntaxFault impossible) {
            throw new IllegalStateException("letters and dots are an address", impossible);
        }
    }

    private static String folded(String wish) {
        String plain =
                Normalizer.normalize(wish.strip(), Normalizer.Form.NFKD)
                        .toLowerCase(Locale.ROOT)
                        .replace("œ", "oe")
                        .replace("æ", "ae")
                        .replace("ß", "ss")
                        .replace("ø", "o")
                        .replace("ł", "l")
                        .replace("đ", "d");
        StringBuilder local = new StringBuilder(plain.length());
        plain.codePoints()
                .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
                .filter(point -> point != '\'' && point != '’')
                .map(point -> Character.isWhitespace(point) ? '.' : point)
                .forEach(local::appendCodePoint);
        return local.toString();
    }

    private static boolean wellFormed(String local) {
        boolean afterLetter = false;
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            boolean separator = c == '.' || c == '-' || c == '_';
            if (!letter && !(separator && afterLetter)) {
                return false;
            }
            afterLetter = letter;
        }
        return afterLetter;
    }

    /// Without separators and digits at its end: `admin-2` speaks for the service as `admin` does.
    private static String bare(String local) {
        StringBuilder bare = new StringBuilder(local.length());
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c != '.' && c != '-' && c != '_') {
                bare.append(c);
            }
        }
        int end = bare.length();
        while (end > 0 && Character.isDigit(bare.charAt(end - 1))) {
            end--;
        }
        return bare.substring(0, end);
    }
}
