package org.facteur.main;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Sentence;
import org.facteur.core.account.Account;
import org.facteur.core.account.Door;
import org.facteur.core.account.PopRule;
import org.facteur.core.login.Credential;
import org.facteur.core.login.Purpose;
import org.jspecify.annotations.Nullable;

/// What a device is for, as words of a command line and as sentences for people.
final class DeviceWords {
    private DeviceWords() {}

    /// What was typed about a device; null where nothing was.
    record Typed(
            @Nullable String name,
            @Nullable List<String> protocols,
            @Nullable String sees,
            @Nullable Integer days,
            @Nullable String onDelete) {
        /// What was known, with what was typed in its place.
        Purpose over(Purpose known) {
            PopRule rule = known.pop();
            return new Purpose(
                    name == null ? known.name() : name,
                    protocols == null ? known.doors() : doors(protocols),
                    rule(
                            sees == null ? rule.sees() : DeviceWords.sees(sees),
                            days == null ? rule.days() : days,
                            onDelete == null ? rule.onDelete() : DeviceWords.onDelete(onDelete)));
        }
    }

    private static PopRule rule(PopRule.Sees sees, int days, PopRule.OnDelete onDelete) {
        if (days < 0 || days > PopRule.DAYS) {
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    "Days are 0 for all letters, or 1 to " + PopRule.DAYS + ".",
                    "Les jours vont de 1 à " + PopRule.DAYS + ", ou 0 pour toutes les lettres.");
        }
        return new PopRule(sees, days, onDelete);
    }

    static Set<Door> doors(Collection<String> protocols) {
        Set<Door> doors = EnumSet.noneOf(Door.class);
        protocols.forEach(protocol -> doors.add(door(protocol)));
        return doors;
    }

    private static Door door(String protocol) {
        return switch (protocol.strip().toLowerCase(Locale.ROOT)) {
            case "imap" -> Door.IMAP;
            case "pop3", "pop" -> Door.POP3;
            case "smtp", "submission" -> Door.SUBMISSION;
            case "jmap" -> Door.JMAP;
            case "dav" -> Door.DAV;
            case "sieve" -> Door.SIEVE;
            default ->
                    throw new Refusal(
                            Refusal.Reason.INVALID,
                            "Protocols are imap, pop3, smtp, jmap, dav and sieve.",
                            "Les protocoles sont imap, pop3, smtp, jmap, dav et sieve.");
        };
    }

    private static PopRule.Sees sees(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "inbox" -> PopRule.Sees.INBOX;
            case "inbox-and-sent" -> PopRule.Sees.INBOX_AND_SENT;
            case "all" -> PopRule.Sees.ALL;
            default ->
                    throw new Refusal(
                            Refusal.Reason.INVALID,
                            "A device sees inbox, inbox-and-sent or all.",
                            "Un appareil voit inbox, inbox-and-sent ou all.");
        };
    }

    private static PopRule.OnDelete onDelete(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "hide" -> PopRule.OnDelete.HIDE;
            case "mark-read" -> PopRule.OnDelete.MARK_READ;
            case "archive" -> PopRule.OnDelete.ARCHIVE;
            case "destroy" -> PopRule.OnDelete.DESTROY;
            default ->
                    throw new Refusal(
                            Refusal.Reason.INVALID,
                            "Deleting means hide, mark-read, archive or destroy.",
                            "Supprimer veut dire hide, mark-read, archive ou destroy.");
        };
    }

    static String word(PopRule.Sees sees) {
        return sees.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String word(PopRule.OnDelete onDelete) {
        return onDelete.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> words(Set<Door> doors) {
        return doors.stream().map(door -> door.name().toLowerCase(Locale.ROOT)).sorted().toList();
    }

    /// What a device will do, in words.
    static Sentence explained(PopRule rule) {
        Sentence sees =
                switch (rule.sees()) {
                    case INBOX ->
                            new Sentence(
                                    "By POP it sees the inbox",
                                    "Par POP il voit la boîte de réception");
                    case INBOX_AND_SENT ->
                            new Sentence(
                                    "By POP it sees the inbox and sent letters",
                                    "Par POP il voit la boîte de réception et les lettres"
                                            + " envoyées");
                    case ALL ->
                            new Sentence(
                                    "By POP it sees every folder but junk, trash and drafts",
                                    "Par POP il voit tous les dossiers sauf les indésirables, la"
                                            + " corbeille et les brouillons");
                };
        Sentence days =
                rule.days() == 0
                        ? new Sentence(".", ".")
                        : new Sentence(
                                ", the last " + rule.days() + " days.",
                                ", les " + rule.days() + " derniers jours.");
        Sentence deletes = explained(rule.onDelete());
        return new Sentence(
                sees.english() + days.english() + " " + deletes.english(),
                sees.french() + days.french() + " " + deletes.french());
    }

    private static Sentence explained(PopRule.OnDelete onDelete) {
        return switch (onDelete) {
            case HIDE ->
                    new Sentence(
                            "What it deletes leaves its folder and can be put back with"
                                    + " \"facteur recover\"; other devices still get it.",
                            "Ce qu'il supprime quitte son dossier et peut être remis en place par"
                                    + " « facteur recover » ; les autres appareils le reçoivent"
                                    + " encore.");
            case MARK_READ ->
                    new Sentence(
                            "What it deletes stays in its folder, marked as read.",
                            "Ce qu'il supprime reste dans son dossier, marqué comme lu.");
            case ARCHIVE ->
                    new Sentence(
                            "What it deletes goes to the archive.",
                            "Ce qu'il supprime va aux archives.");
            case DESTROY ->
                    new Sentence(
                            "What it deletes ends for good once every other POP device has it.",
                            "Ce qu'il supprime disparaît pour de bon dès que chaque autre appareil"
                                    + " POP l'a reçu.");
        };
    }

    /// The credential that a number, a name or `main` means.
    ///
    /// @throws Refusal NOT_FOUND
    static Credential find(PostOffice office, Account account, String device) {
        return office.credentials().list(account.id()).stream()
                .filter(
                        credential ->
                                credential.main()
                                        ? device.equals("main")
                                        : credential.name().equals(device)
                                                || Long.toString(credential.number())
                                                        .equals(device))
                .findFirst()
                .orElseThrow(
                        () ->
                                new Refusal(
                                        Refusal.Reason.NOT_FOUND,
                                        "There is no such device.",
                                        "Cet appareil n'existe pas."));
    }
}
