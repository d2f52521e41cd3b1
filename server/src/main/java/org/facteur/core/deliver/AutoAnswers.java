package org.facteur.core.deliver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.facteur.base.fault.Refusal;
import org.facteur.base.limit.RateWindow;
import org.facteur.base.word.Sentence;
import org.facteur.core.account.Account;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.account.Door;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.Arrival;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.sieve.ScriptMemory;
import org.facteur.core.sieve.ScriptName;
import org.facteur.wire.address.AddressList;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.mime.BodyPart;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.MessageBuilder;
import org.facteur.wire.mime.NamedAddress;
import org.facteur.wire.mime.ThreadKeys;
import org.facteur.wire.sieve.MimeEntity;
import org.facteur.wire.sieve.SieveAction;
import org.facteur.wire.sieve.SieveProblem;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Letters that scripts have written: answers of those who are away, notices, and what an owner is
/// told of a script in trouble. Any thread.
///
/// All of them have an empty reverse path and say Auto-Submitted (RFC 3834 §5), so that no program
/// answers them.
final class AutoAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(AutoAnswers.class);
    private static final int ANSWERS_AN_HOUR = 200;
    private static final int NOTICES_AN_HOUR = 100;
    private static final int REMEMBERED_ACCOUNTS = 100_000;
    private static final int MOST_ADDRESSES = 2_000;
    private static final int MOST_REFERENCES = 20;
    private static final long LARGEST = 10_000_000;

    /// Fields by which letters say that no person waits for an answer.
    private static final Set<String> OF_LISTS =
            Set.of(
                    "list-id",
                    "list-help",
                    "list-subscribe",
                    "list-unsubscribe",
                    "list-post",
                    "list-owner",
                    "list-archive");

    private static final Set<String> RECEIVERS =
            Set.of("to", "cc", "bcc", "resent-to", "resent-cc", "resent-bcc");

    private final Delivery delivery;
    private final Directory directory;
    private final Delivery.Boxes here;
    private final InstantSource clock;
    private final RateWindow<AccountId> answered;
    private final RateWindow<AccountId> noticed;

    AutoAnswers(Delivery delivery, Directory directory, Delivery.Boxes here, InstantSource clock) {
        this.delivery = delivery;
        this.directory = directory;
        this.here = here;
        this.clock = clock;
        Duration hour = Duration.ofHours(1);
        this.answered = new RateWindow<>(hour, ANSWERS_AN_HOUR, REMEMBERED_ACCOUNTS, clock);
        this.noticed = new RateWindow<>(hour, NOTICES_AN_HOUR, REMEMBERED_ACCOUNTS, clock);
    }

    /// What is remembered of an answer (RFC 5230 §4.2).
    static ScriptMemory.Note note(Sorting.Case one, SieveAction.Vacation vacation) {
        return new ScriptMemory.Note('v', key(one, vacation), vacation.period());
    }

    private static String key(Sorting.Case one, SieveAction.Vacation vacation) {
        return String.valueOf(one.consignment().envelope().sender()).toLowerCase(Locale.ROOT)
                + "\n"
                + vacation.handle();
    }

    /// Whether a person waits for an answer and has not had one (RFC 5230 §4.5, RFC 5230 §4.6).
    boolean mayAnswer(Sorting.Case one, SieveAction.Vacation vacation) {
        EmailAddress sender = one.consignment().envelope().sender();
        AccountId account = one.receiver().id();
        if (sender == null
                || isMachine(sender)
                || mine(account, sender, vacation.addresses())
                || automatic(one)
                || !addressed(one, vacation.addresses())) {
            return false;
        }
        return !here.scripts().seen(account, 'v', key(one, vacation), clock.instant())
                && answered.take(account, 1);
    }

    private static boolean isMachine(EmailAddress sender) {
        String local = sender.local().value().toLowerCase(Locale.ROOT);
        return local.startsWith("owner-")
                || local.endsWith("-request")
                || local.endsWith("-owner")
                || local.endsWith("-bounces")
                || local.contains("-bounces+")
                || Set.of(
                                "mailer-daemon",
                                "listserv",
                                "majordomo",
                                "noreply",
                                "no-reply",
                                "do-not-reply")
                        .contains(local);
    }

    private boolean mine(AccountId account, EmailAddress address, List<EmailAddress> others) {
        return others.stream().anyMatch(each -> same(each, address))
                || directory.owns(account, address);
    }

    private static boolean same(EmailAddress one, EmailAddress other) {
        return one.toString().equalsIgnoreCase(other.toString());
    }

    /// Whether a program wrote it, or a list passed it on.
    private static boolean automatic(Sorting.Case one) {
        NewLetter letter = one.consignment().letter();
        for (HeaderField field : letter.index().anatomy().fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (OF_LISTS.contains(name)) {
                return true;
            }
            boolean telling =
                    switch (name) {
                        case "auto-submitted" -> !word(letter, field).equals("no");
                        case "precedence" ->
                                Set.of("bulk", "list", "junk").contains(word(letter, field));
                        case "x-auto-response-suppress" ->
                                Stream.of("all", "oof", "autoreply")
                                        .anyMatch(
                                                text(letter, field).toLowerCase(Locale.ROOT)
                                                        ::contains);
                        default -> false;
                    };
            if (telling) {
                return true;
            }
        }
        return false;
    }

    private static String text(NewLetter letter, HeaderField field) {
        byte[] value = letter.value(field);
        return new String(
                HeaderFolding.unfold(value, 0, value.length), StandardCharsets.ISO_8859_1);
    }

    /// What stands before a comment or parameter.
    private static String word(NewLetter letter, HeaderField field) {
        String text = text(letter, field).strip().toLowerCase(Locale.ROOT);
        int end = 0;
        while (end < text.length() && " \t;(".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, end);
    }

    /// Whether the header names the receiver.
    private boolean addressed(Sorting.Case one, List<EmailAddress> others) {
        NewLetter letter = one.consignment().letter();
        int left = MOST_ADDRESSES;
        for (HeaderField field : letter.index().anatomy().fields()) {
            if (!RECEIVERS.contains(field.name().toLowerCase(Locale.ROOT)) || left <= 0) {
                continue;
            }
            byte[] value = letter.value(field);
            for (HeaderAddress found :
                    AddressList.decode(HeaderFolding.unfold(value, 0, value.length), left)) {
                left--;
                EmailAddress address = found.mailbox();
                if (address != null
                        && maybeMine(one, address, others)
                        && mine(one.receiver().id(), address, others)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Asks the directory only about addresses it can know.
    private boolean maybeMine(Sorting.Case one, EmailAddress address, List<EmailAddress> others) {
        return others.stream().anyMatch(each -> same(each, address))
                || address.domain().equals(one.receiver().address().domain())
                || directory.findDomain(address.domain()).isPresent();
    }

    /// Sends an answer or a notice. What cannot be sent is not: the letter itself is safe.
    ///
    /// @param version of the account after the letter was filed, by which this is done once
    void send(Sorting.Case one, SieveAction action, long version) {
        try {
            switch (action) {
                case SieveAction.Vacation vacation -> answer(one, vacation, version);
                case SieveAction.Notify notify -> notice(one, notify, version);
                case SieveAction.Keep _,
                        SieveAction.FileInto _,
                        SieveAction.Redirect _,
                        SieveAction.Discard _,
                        SieveAction.Reject _,
                        SieveAction.Remember _ -> {
                    // Done while the letter was filed.
                }
            }
        } catch (Refusal | SyntaxFault impossible) {
            LOG.info(
                    "account {} cannot answer by itself: {}",
                    one.receiver().id(),
                    impossible.getMessage());
        }
    }

    private void answer(Sorting.Case one, SieveAction.Vacation vacation, long version) {
        EmailAddress sender = one.consignment().envelope().sender();
        if (sender == null) {
            return;
        }
        Account receiver = one.receiver();
        String subject = vacation.text().subject();
        String original = one.consignment().letter().index().listing().summary().subject();
        MessageBuilder builder =
                new MessageBuilder()
                        .date(now())
                        .from(from(receiver, vacation.text().from()))
                        .to(List.of(NamedAddress.of(sender)))
                        .subject(
                                clean(
                                        subject != null
                                                ? subject
                                                : new Sentence(
                                                                        "Automatic reply: ",
                                                                        "Réponse automatique : ")
                                                                .in(receiver.language())
                                                        + original))
                        .messageId(id("vacation", receiver, version));
        answerTo(builder, one);
        builder.text("Auto-Submitted", new HeaderText("auto-replied (vacation)"));
        Octets letter =
                built(
                        builder,
                        vacation.text().mime()
                                ? MimeEntity.written(vacation.text().reason())
                                : MimeEntity.plain(vacation.text().reason()));
        delivery.acceptOwn(
                letter,
                Envelope.plain(null, List.of(sender), null, builder.isInternational()),
                "vacation-" + receiver.id() + "-" + version);
        copy(receiver, vacation.copy(), letter);
    }

    private void notice(Sorting.Case one, SieveAction.Notify notify, long version) {
        Account receiver = one.receiver();
        // A notice of a letter no person wrote could go round (RFC 5436 §2.7.1).
        if (automatic(one) || !noticed.take(receiver.id(), 1)) {
            return;
        }
        var summary = one.consignment().letter().index().listing().summary();
        String message = notify.message();
        String subject = notify.method().fields().get("subject");
        String standard =
                new Sentence("New letter: ", "Nouvelle lettre : ").in(receiver.language())
                        + summary.subject();
        String body = notify.method().fields().getOrDefault("body", "");
        MessageBuilder builder =
                new MessageBuilder()
                        .date(now())
                        .from(from(receiver, notify.from()))
                        .to(notify.method().to().stream().map(NamedAddress::of).toList())
                        .subject(
                                clean(
                                        subject != null
                                                ? subject
                                                : message != null ? message : standard))
                        .messageId(id("notice", receiver, version))
                        .text(
                                "Auto-Submitted",
                                new HeaderText(
                                        "auto-notified; owner-email=\""
                                                + receiver.address()
                                                + "\""));
        if (notify.importance() != 2) {
            builder.text("Importance", new HeaderText(notify.importance() == 1 ? "High" : "Low"));
        }
        String text = message != null ? message : standard;
        Octets letter =
                built(builder, MimeEntity.plain(body.isEmpty() ? text : text + "\n\n" + body));
        delivery.acceptOwn(
                letter,
                Envelope.plain(null, notify.method().to(), null, builder.isInternational()),
                "notice-" + receiver.id() + "-" + version + "-" + notify.method().to().hashCode());
        copy(receiver, notify.copy(), letter);
    }

    /// The receiver's own address, or another it may write as.
    private NamedAddress from(Account receiver, @Nullable NamedAddress wanted) {
        if (wanted != null && directory.owns(receiver.id(), wanted.address())) {
            return wanted;
        }
        return receiver.name().isBlank()
                ? NamedAddress.of(receiver.address())
                : new NamedAddress(clean(receiver.name()), receiver.address());
    }

    private static void answerTo(MessageBuilder builder, Sorting.Case one) {
        ThreadKeys keys = one.consignment().letter().index().listing().summary().threadKeys();
        String id = keys.messageId();
        if (id == null) {
            return;
        }
        List<String> references = new ArrayList<>(keys.references());
        if (references.size() > MOST_REFERENCES) {
            references =
                    new ArrayList<>(
                            references.subList(
                                    references.size() - MOST_REFERENCES, references.size()));
        }
        references.remove(id);
        references.add(id);
        try {
            builder.answerTo(references);
        } catch (SyntaxFault _) {
            // An odd id of the sender's is no reason not to answer.
        }
    }

    private static Octets built(MessageBuilder builder, Octets entity) {
        byte[] whole = builder.build(new BodyPart.Text("plain", "")).toArray();
        String sign = "MIME-Version: 1.0\r\n";
        int end = new String(whole, StandardCharsets.ISO_8859_1).indexOf(sign) + sign.length();
        OctetBuffer out = new OctetBuffer(Integer.MAX_VALUE - 16);
        out.accept(whole, 0, end);
        return out.append(entity).toOctets();
    }

    private String id(String kind, Account receiver, long version) {
        return kind
                + "-"
                + receiver.id()
                + "-"
                + version
                + "-"
                + Long.toString(clock.millis(), 36)
                + "@"
                + receiver.address().domain().name();
    }

    /// RFC 8580 §3: what cannot be filed where it should go is not.
    private void copy(Account receiver, SieveAction.@Nullable Target target, Octets letter) {
        if (target == null) {
            return;
        }
        LetterBox box = here.boxes().open(Actor.system(receiver.id(), Door.SYSTEM));
        MailboxId mailbox = Filing.find(box, target);
        if (mailbox != null) {
            file(box, mailbox, letter, target.flags());
        }
    }

    private void file(LetterBox box, MailboxId mailbox, Octets letter, List<String> flags) {
        byte[] octets = letter.toArray();
        try (LetterWriter writer = new LetterWriter(here.boxes().blobs(), LARGEST)) {
            writer.write(octets, 0, octets.length);
            NewLetter own = writer.finish();
            try (var _ = own.octets()) {
                box.append(
                        new Arrival(
                                own,
                                new byte[0],
                                mailbox,
                                Filing.keywords(flags),
                                clock.instant(),
                                null));
            }
        }
    }

    /// Tells somebody, in the inbox and past the script, that the script did not run to its end.
    void tellOwner(Account owner, ScriptName name, SieveProblem problem) {
        String script = name.value();
        Sentence words =
                new Sentence(
                        "Your mail script “"
                                + script
                                + "” has a fault:\n\n    "
                                + problem.english()
                                + "\n\nLetters it could not sort are in your inbox. You will be"
                                + " told once a day.\n",
                        "Votre script de courrier « "
                                + script
                                + " » comporte une faute :\n\n    "
                                + problem.french()
                                + "\n\nLes lettres qu’il n’a pu trier sont dans votre boîte de"
                                + " réception. Vous serez prévenu une fois par jour.\n");
        Sentence subject =
                new Sentence(
                        "Your mail script has a fault", "Votre script de courrier a une faute");
        LetterBox box = here.boxes().open(Actor.system(owner.id(), Door.SYSTEM));
        MessageBuilder builder =
                new MessageBuilder()
                        .date(now())
                        .from(
                                new NamedAddress(
                                        new HeaderText(
                                                new Sentence("Postmaster", "Facteur")
                                                        .in(owner.language())),
                                        owner.address()))
                        .to(List.of(NamedAddress.of(owner.address())))
                        .subject(new HeaderText(subject.in(owner.language())))
                        .messageId(id("script", owner, box.version()))
                        .text("Auto-Submitted", new HeaderText("auto-generated"));
        try {
            file(
                    box,
                    box.inbox(),
                    built(builder, MimeEntity.plain(words.in(owner.language()))),
                    List.of());
        } catch (Refusal full) {
            LOG.info("account {} cannot be told of its script: {}", owner.id(), full.reason());
        }
    }

    private static HeaderText clean(String text) {
        String line = EncodedWords.clean(text).strip();
        int points = Math.min(500, line.codePointCount(0, line.length()));
        return new HeaderText(line.substring(0, line.offsetByCodePoints(0, points)));
    }

    private OffsetDateTime now() {
        return clock.instant().atZone(ZoneId.systemDefault()).toOffsetDateTime().withNano(0);
    }
}
