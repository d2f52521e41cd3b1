package org.facteur.base.config;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.facteur.base.word.Sentence;

/// One setting of the store, declared once: name, kind, default, range, unit and prose.
///
/// @param name words joined by hyphens, a dot after the area
/// @param range for numbers and durations, in the unit; ignored for others
public record Setting(
        String name, Kind kind, String standard, Range range, Sentence unit, Sentence prose) {
    /// What values look like.
    public enum Kind {
        NUMBER,
        SWITCH
    }

    /// Both ends included.
    public record Range(long least, long most) {}

    private static final Range SWITCH = new Range(0, 1);
    private static final Sentence NO_UNIT = new Sentence("", "");
    private static final Sentence OCTETS = new Sentence("octets", "octets");
    private static final Sentence COUNT = new Sentence("", "");
    private static final Sentence SECONDS = new Sentence("seconds", "secondes");

    /// The largest letter any door takes.
    public static final Setting LETTER_BYTES =
            new Setting(
                    "letter.size",
                    Kind.NUMBER,
                    "50000000",
                    new Range(100_000, 500_000_000),
                    OCTETS,
                    new Sentence(
                            "The largest letter that is accepted.",
                            "La plus grande lettre acceptée."));

    /// Passwords in the clear from the machine itself.
    public static final Setting INSECURE_LOGIN =
            new Setting(
                    "insecure-plaintext-login",
                    Kind.SWITCH,
                    "off",
                    SWITCH,
                    NO_UNIT,
                    new Sentence(
                            "Lets programs on this very machine sign in without encryption. For"
                                    + " trials only.",
                            "Laisse les programmes de cette machine se connecter sans chiffrement."
                                    + " Pour des essais seulement."));

    /// Sign-ins bound to the line.
    public static final Setting CHANNEL_BINDING =
            new Setting(
                    "login.channel-binding",
                    Kind.SWITCH,
                    "off",
                    SWITCH,
                    NO_UNIT,
                    new Sentence(
                            "Offers SCRAM-SHA-256-PLUS at submission, bound to the certificate"
                                    + " (tls-server-end-point). Programs that know only another way"
                                    + " of binding cannot sign in then.",
                            "Propose SCRAM-SHA-256-PLUS à la soumission, lié au certificat"
                                    + " (tls-server-end-point). Les programmes qui ne savent lier"
                                    + " qu'autrement ne peuvent alors pas se connecter."));

    /// First wait of the queue.
    public static final Setting FIRST_RETRY =
            new Setting(
                    "queue.first-retry",
                    Kind.NUMBER,
                    "60",
                    new Range(1, 86_400),
                    SECONDS,
                    new Sentence(
                            "How long to wait before a letter that could not be sent is tried"
                                    + " again; each further wait is twice as long.",
                            "Combien attendre avant de réessayer une lettre qui n'a pu partir ;"
                                    + " chaque attente suivante est deux fois plus longue."));

    /// Longest wait of the queue.
    public static final Setting LONGEST_RETRY =
            new Setting(
                    "queue.longest-retry",
                    Kind.NUMBER,
                    "14400",
                    new Range(1, 86_400),
                    SECONDS,
                    new Sentence(
                            "The longest wait between two tries.",
                            "La plus longue attente entre deux essais."));

    /// Life of a queued letter.
    public static final Setting QUEUE_LIFE =
            new Setting(
                    "queue.life",
                    Kind.NUMBER,
                    "432000",
                    new Range(1, 2_592_000),
                    SECONDS,
                    new Sentence(
                            "How long a letter is tried before it goes back to its sender.",
                            "Combien de temps une lettre est essayée avant de revenir à son"
                                    + " expéditeur."));

    /// Submission cap per hour.
    public static final Setting LETTERS_PER_HOUR =
            new Setting(
                    "submission.letters-per-hour",
                    Kind.NUMBER,
                    "100",
                    new Range(1, 1_000_000),
                    COUNT,
                    new Sentence(
                            "How many letters one account may send in an hour.",
                            "Combien de lettres un compte peut envoyer en une heure."));

    /// Submission cap per day.
    public static final Setting RECIPIENTS_PER_DAY =
            new Setting(
                    "submission.recipients-per-day",
                    Kind.NUMBER,
                    "1000",
                    new Range(1, 10_000_000),
                    COUNT,
                    new Sentence(
                            "To how many recipients one account may write in a day.",
                            "À combien de destinataires un compte peut écrire en un jour."));

    /// How long what POP devices took can be put back.
    public static final Setting POP_KEEP =
            new Setting(
                    "pop3.keep",
                    Kind.NUMBER,
                    "2592000",
                    new Range(3_600, 31_536_000),
                    SECONDS,
                    new Sentence(
                            "How long letters that POP devices deleted can be put back.",
                            "Combien de temps les lettres supprimées par des appareils POP peuvent"
                                    + " être remises en place."));

    /// How many letters one IMAP command works on.
    public static final Setting IMAP_MESSAGES =
            new Setting(
                    "imap.messages-per-command",
                    Kind.NUMBER,
                    "0",
                    new Range(0, 4_000_000),
                    COUNT,
                    new Sentence(
                            "How many letters one IMAP command works on at most; 0 for any number."
                                    + " Programs that do not know such a limit may miss letters.",
                            "Le nombre maximal de lettres sur lesquelles une commande IMAP agit ; 0"
                                    + " pour n'importe quel nombre. Les programmes qui ignorent"
                                    + " cette limite peuvent manquer des lettres."));

    /// Least time between two sign-ins of one POP device.
    public static final Setting POP_LOGIN_DELAY =
            new Setting(
                    "pop3.login-delay",
                    Kind.NUMBER,
                    "0",
                    new Range(0, 3_600),
                    SECONDS,
                    new Sentence(
                            "The least time between two POP sign-ins of one device; 0 for none."
                                    + "",
                            "Le temps minimal entre deux connexions POP d'un appareil ; 0 pour"
                                    + " aucun."));

    /// Room past the quota.
    public static final Setting QUOTA_GRACE =
            new Setting(
                    "quota.grace-percent",
                    Kind.NUMBER,
                    "0",
                    new Range(0, 100),
                    new Sentence("percent", "pour cent"),
                    new Sentence(
                            "How far letters may fill a box past its quota before it refuses them;"
                                    + " its owner is told. 0 refuses at once, so that senders try"
                                    + " again later.",
                            "Jusqu'où les lettres peuvent remplir une boîte au-delà de son quota"
                                    + " avant qu'elle les refuse ; son propriétaire en est averti."
                                    + " 0 refuse aussitôt, et les expéditeurs réessaient plus tard."));

    /// Time past the quota.
    public static final Setting QUOTA_GRACE_DAYS =
            new Setting(
                    "quota.grace-days",
                    Kind.NUMBER,
                    "7",
                    new Range(1, 90),
                    new Sentence("days", "jours"),
                    new Sentence(
                            "How long a box may stay past its quota before it refuses letters.",
                            "Combien de temps une boîte peut rester au-delà de son quota avant de"
                                    + " refuser les lettres."));

    /// Reports to other domains on encryption.
    public static final Setting TLS_REPORTS =
            new Setting(
                    "report.tls",
                    Kind.SWITCH,
                    "on",
                    SWITCH,
                    NO_UNIT,
                    new Sentence(
                            "Sends domains that ask for it a report each day on how encrypted"
                                    + " sessions with their servers fared.",
                            "Envoie chaque jour aux domaines qui le demandent un rapport sur les"
                                    + " sessions chiffrées avec leurs serveurs."));

    /// Proofs of who wrote a letter.
    public static final Setting AUTHENTICATION =
            new Setting(
                    "reception.authentication",
                    Kind.SWITCH,
                    "on",
                    SWITCH,
                    NO_UNIT,
                    new Sentence(
                            "Finds out who wrote letters that come in from outside (SPF, DKIM, ARC,"
                                    + " DMARC) and says so in their header.",
                            "Établit qui a écrit les lettres venues de l'extérieur (SPF, DKIM, ARC,"
                                    + " DMARC) et le dit dans leur en-tête."));

    /// What follows from those proofs.
    public static final Setting DMARC =
            new Setting(
                    "reception.dmarc",
                    Kind.SWITCH,
                    "on",
                    SWITCH,
                    NO_UNIT,
                    new Sentence(
                            "Refuses forged letters, or puts them among the junk, where the domain"
                                    + " they claim to be from asks for that (DMARC).",
                            "Refuse les lettres falsifiées, ou les met dans les indésirables, quand"
                                    + " le domaine dont elles se réclament le demande (DMARC)."));

    /// Letters brought by programs of the machine itself.
    public static final Setting AUTHENTICATION_LOOPBACK =
            new Setting(
                    "reception.authentication-loopback",
                    Kind.SWITCH,
                    "off",
                    SWITCH,
                    NO_UNIT,
                    new Sentence(
                            "Also looks at letters that programs of this very machine bring to the"
                                    + " door for other servers. For trials.",
                            "Examine aussi les lettres que des programmes de cette machine"
                                    + " apportent à la porte des autres serveurs. Pour des"
                                    + " essais."));

    /// Signatures of letters that leave.
    public static final Setting SIGNATURES =
            new Setting(
                    "signature.dkim",
                    Kind.SWITCH,
                    "on",
                    SWITCH,
                    NO_UNIT,
                    new Sentence(
                            "Signs letters of our own people when they leave (DKIM), with the keys"
                                    + " of the domain they write from.",
                            "Signe les lettres de nos personnes quand elles partent (DKIM), avec"
                                    + " les clés du domaine d'où elles écrivent."));

    /// Reports to other domains on letters in their name.
    public static final Setting DMARC_REPORTS =
            new Setting(
                    "report.dmarc",
                    Kind.SWITCH,
                    "on",
                    SWITCH,
                    NO_UNIT,
                    new Sentence(
                            "Sends domains that ask for it a report each day on who brought letters"
                                    + " in their name: addresses of servers and counts, nothing of"
                                    + " the letters.",
                            "Envoie chaque jour aux domaines qui le demandent un rapport sur qui a"
                                    + " apporté des lettres en leur nom : adresses de serveurs et"
                                    + " nombres, rien des lettres."));

    /// Junk among letters from outside.
    public static final Setting JUNK =
            new Setting(
                    "reception.junk",
                    Kind.SWITCH,
                    "off",
                    SWITCH,
                    NO_UNIT,
                    new Sentence(
                            "Puts letters from outside among the junk that sound like junk, unless"
                                    + " their author is proved; what spoke for it stands in their"
                                    + " header.",
                            "Met dans les indésirables les lettres de l'extérieur qui y"
                                    + " ressemblent, sauf si leur auteur est prouvé ; ce qui a"
                                    + " pesé est écrit dans leur en-tête."));

    /// Programs attached to letters from outside.
    public static final Setting ATTACHMENTS =
            new Setting(
                    "reception.programs",
                    Kind.SWITCH,
                    "on",
                    SWITCH,
                    NO_UNIT,
                    new Sentence(
                            "Puts letters from outside among the junk that carry programs,"
                                    + " whatever these are called.",
                            "Met dans les indésirables les lettres de l'extérieur qui portent des"
                                    + " programmes, quel que soit leur nom."));

    private static final List<Setting> ALL =
            List.of(
                    LETTER_BYTES,
                    INSECURE_LOGIN,
                    CHANNEL_BINDING,
                    FIRST_RETRY,
                    LONGEST_RETRY,
                    QUEUE_LIFE,
                    LETTERS_PER_HOUR,
                    RECIPIENTS_PER_DAY,
                    POP_KEEP,
                    POP_LOGIN_DELAY,
                    IMAP_MESSAGES,
                    QUOTA_GRACE,
                    QUOTA_GRACE_DAYS,
                    TLS_REPORTS,
                    AUTHENTICATION,
                    DMARC,
                    AUTHENTICATION_LOOPBACK,
                    SIGNATURES,
                    DMARC_REPORTS,
                    JUNK,
                    ATTACHMENTS);

    public Setting {
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(range);
        Objects.requireNonNull(unit);
        Objects.requireNonNull(prose);
        standard = check(name, kind, range, standard);
    }

    /// All settings in the order they are shown.
    public static List<Setting> all() {
        return ALL;
    }

    /// @throws ConfigFault for a name no setting has
    public static Setting get(String name) {
        return ALL.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ConfigFault(
                                        "There is no setting \"" + name + "\".",
                                        "Il n'y a pas de réglage « " + name + " »."));
    }

    /// The value in the form it is kept in.
    ///
    /// @throws ConfigFault for a value of the wrong kind or outside the range
    public String check(String value) {
        return check(name, kind, range, value);
    }

    private static String check(String name, Kind kind, Range range, String value) {
        String text = value.strip().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case SWITCH -> {
                if (!text.equals("on") && !text.equals("off")) {
                    throw new ConfigFault(name + " is on or off.", name + " vaut on ou off.");
                }
                yield text;
            }
            case NUMBER -> {
                try {
                    long number = Long.parseLong(text);
                    if (number >= range.least() && number <= range.most()) {
                        yield Long.toString(number);
                    }
                } catch (NumberFormatException notOne) {
                    // Said below, together with the range.
                }
                throw new ConfigFault(
                        name + " is a number from " + range.least() + " to " + range.most() + ".",
                        name + " est un nombre de " + range.least() + " à " + range.most() + ".");
            }
        };
    }
}
