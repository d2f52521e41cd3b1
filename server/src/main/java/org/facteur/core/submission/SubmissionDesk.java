package org.facteur.core.submission;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.account.Door;
import org.facteur.core.deliver.Consignment;
import org.facteur.core.deliver.Delivery;
import org.facteur.core.deliver.Envelope;
import org.facteur.core.intake.EntryRules;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.intake.SubmittedHeader;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.shelf.Shelf;
import org.facteur.core.shelf.ShelfChanges;
import org.facteur.core.shelf.ShelfItem;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.BlobId;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes letters from mailboxes and sends them, now or later. Any thread.
public final class SubmissionDesk {
    /// The most recipients of one letter.
    public static final int RECIPIENTS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionDesk.class);

    /// When a letter that was to leave at once is looked at again, should the program end
    /// meanwhile.
    private static final Duration SECOND_LOOK = Duration.ofMinutes(2);

    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final Shelf shelf;
    private final Agenda agenda;
    private final Directory directory;
    private final Post post;
    private final InstantSource clock;

    /// What takes letters.
    ///
    /// @param host who the node is
    /// @param letterBytes the largest letter
    /// @param caps how much an account may send
    public record Post(Delivery delivery, Domain host, long letterBytes, Caps caps) {
        public Post {
            Objects.requireNonNull(delivery);
            Objects.requireNonNull(host);
            Objects.requireNonNull(caps);
        }
    }

    /// Counts what accounts send, whatever door they use.
    @FunctionalInterface
    public interface Caps {
        /// Counts a letter.
        ///
        /// @return false when it is too much; then nothing was counted
        boolean take(AccountId account, int recipients);
    }

    public SubmissionDesk(
            Shelf shelf, Agenda agenda, Directory directory, Post post, InstantSource clock) {
        this.shelf = shelf;
        this.agenda = agenda;
        this.directory = directory;
        this.post = post;
        this.clock = clock;
        agenda.handle(ItemKind.SUBMISSION, this::sendDue);
    }

    /// All submissions that are remembered, in order.
    public List<Submission> list(AccountId account) {
        return shelf.list(account, ItemKind.SUBMISSION).stream().map(Submission::decode).toList();
    }

    public Optional<Submission> find(AccountId account, long number) {
        return shelf.find(account, ItemKind.SUBMISSION, number).map(Submission::decode);
    }

    public Optional<ShelfChanges> changesSince(AccountId account, long version) {
        return shelf.changesSince(account, ItemKind.SUBMISSION, version);
    }

    /// Takes a letter. One that leaves at once has been handed to delivery when this returns.
    ///
    /// @param letter in the actor's own box
    /// @param wanted without number and state
    /// @throws Refusal NOT_ALLOWED for a sender that is not the actor's, LIMIT past what an account
    ///   may send, or what delivery says to a letter that leaves at once
    /// @throws Busy when it cannot be sent now
    public Submission submit(Actor actor, Letter letter, Submission wanted) {
        AccountId account = actor.account();
        if (!directory.owns(account, wanted.path().sender())) {
            throw notYours();
        }
        checkHeader(account, letter.blob());
        Instant now = clock.instant();
        boolean atOnce = !wanted.sendAt().isAfter(now);
        agenda.add(atOnce ? now.plus(SECOND_LOOK) : wanted.sendAt(), ItemKind.SUBMISSION, account);
        forgetOld(actor, now);
        long number =
                shelf.change(
                                actor,
                                account,
                                items ->
                                        items.addHolding(
                                                ItemKind.SUBMISSION,
                                                letter.blob(),
                                                wanted.as(
                                                                atOnce
                                                                        ? Submission.State.LEAVING
                                                                        : Submission.State.PENDING)
                                                        .encode()))
                        .value();
        if (atOnce) {
            sendNow(actor, number);
        }
        return find(account, number).orElseThrow();
    }

    /// What is refused leaves no trace.
    private void sendNow(Actor actor, long number) {
        try {
            send(actor.account(), number);
        } catch (Refusal | SyntaxFault | Busy failed) {
            shelf.change(
                    actor,
                    actor.account(),
                    items -> {
                        items.remove(ItemKind.SUBMISSION, number);
                        return true;
                    });
            throw failed;
        }
    }

    private static Refusal notYours() {
        return new Refusal(
                Refusal.Reason.NOT_ALLOWED,
                "You may not send as this address.",
                "Vous ne pouvez pas écrire sous cette adresse.");
    }

    /// A letter that cannot be sent is told of now and not when it is due.
    private void checkHeader(AccountId account, BlobId blob) {
        try (NewLetter letter = read(account, blob, "check")) {
            new SubmittedHeader(letter).refuseForged(address -> directory.owns(account, address));
        }
    }

    /// Takes a submission back.
    ///
    /// @throws Refusal NOT_FOUND; CANNOT for one that left
    public void cancel(Actor actor, long number) {
        shelf.change(
                actor,
                actor.account(),
                items -> {
                    Submission known = get(items, number);
                    if (known.state() != Submission.State.PENDING) {
                        throw new Refusal(
                                Refusal.Reason.CANNOT,
                                "The letter has left.",
                                "La lettre est partie.");
                    }
                    items.put(
                            ItemKind.SUBMISSION,
                            number,
                            known.as(Submission.State.CANCELED).encode());
                    items.dropBlob(ItemKind.SUBMISSION, number);
                    return true;
                });
    }

    private static Submission get(Shelf.Editing items, long number) {
        return Submission.decode(
                items.find(ItemKind.SUBMISSION, number)
                        .orElseThrow(
                                () ->
                                        new Refusal(
                                                Refusal.Reason.NOT_FOUND,
                                                "There is no such submission.",
                                                "Cet envoi n'existe pas.")));
    }

    /// Forgets a submission; one that has not left is not sent.
    ///
    /// @throws Refusal NOT_FOUND
    public void forget(Actor actor, long number) {
        shelf.change(
                actor,
                actor.account(),
                items -> {
                    get(items, number);
                    items.remove(ItemKind.SUBMISSION, number);
                    return true;
                });
    }

    private void forgetOld(Actor actor, Instant now) {
        List<Long> old = new ArrayList<>();
        for (ShelfItem item : shelf.list(actor.account(), ItemKind.SUBMISSION)) {
            boolean done = Submission.decode(item).state().compareTo(Submission.State.SENT) >= 0;
            if (done && item.made().plus(REMEMBERED).isBefore(now)) {
                old.add(item.number());
            }
        }
        if (!old.isEmpty()) {
            shelf.change(
                    actor,
                    actor.account(),
                    items -> {
                        old.stream()
                                .filter(n -> items.find(ItemKind.SUBMISSION, n).isPresent())
                                .forEach(n -> items.remove(ItemKind.SUBMISSION, n));
                        return true;
                    });
        }
    }

    /// Sends everything of an account that is due.
    void sendDue(AccountId account) {
        Instant now = clock.instant();
        for (Submission each : list(account)) {
            boolean pending =
                    each.state() == Submission.State.PENDING
                            || each.state() == Submission.State.LEAVING;
            if (pending && !each.sendAt().isAfter(now) && claimed(account, each.number())) {
                try {
                    send(account, each.number());
                } catch (Refusal | SyntaxFault refused) {
                    LOG.warn(
                            "account={} submission {} cannot be sent: {}",
                            account,
                            each.number(),
                            refused.getMessage());
                    settle(account, each.number(), Submission.State.REFUSED);
                }
            }
        }
    }

    /// Sends a notice that the program wrote in somebody's name, with the empty reverse path, so
    /// that nothing comes back.
    ///
    /// @param letter whole, with CRLF lines
    /// @param handover names it: doing this again sends nothing
    /// @throws Refusal LIMIT past what an account may send, or what delivery says
    /// @throws Busy when it cannot be sent now
    public void notice(Actor actor, Octets letter, List<EmailAddress> to, String handover) {
        if (!post.caps().take(actor.account(), to.size())) {
            throw tooMany();
        }
        boolean international = to.stream().anyMatch(EmailAddress::isInternational);
        post.delivery()
                .acceptOwn(
                        letter, Envelope.plain(null, to, actor.account(), international), handover);
    }

    private static Refusal tooMany() {
        return new Refusal(
                Refusal.Reason.LIMIT,
                "Too many letters or recipients for now.",
                "Trop de lettres ou de destinataires pour le moment.");
    }

    /// From here on it cannot be taken back.
    private boolean claimed(AccountId account, long number) {
        return shelf.change(
                        Actor.system(account, Door.SYSTEM),
                        account,
                        items -> {
                            Optional<ShelfItem> item = items.find(ItemKind.SUBMISSION, number);
                            Submission known = item.map(Submission::decode).orElse(null);
                            if (known == null
                                    || known.state().compareTo(Submission.State.SENT) >= 0) {
                                return false;
                            }
                            if (known.state() == Submission.State.PENDING) {
                                items.put(
                                        ItemKind.SUBMISSION,
                                        number,
                                        known.as(Submission.State.LEAVING).encode());
                            }
                            return true;
                        })
                .value();
    }

    private void send(AccountId account, long number) {
        ShelfItem item = shelf.find(account, ItemKind.SUBMISSION, number).orElse(null);
        BlobId blob = item == null ? null : item.blob();
        if (item == null || blob == null) {
            return;
        }
        Submission submission = Submission.decode(item);
        List<EmailAddress> recipients = submission.path().recipients();
        if (!post.caps().take(account, recipients.size())) {
            throw tooMany();
        }
        EmailAddress sender = submission.path().sender();
        boolean international =
                sender.isInternational()
                        || recipients.stream().anyMatch(EmailAddress::isInternational);
        String key = "submission-" + account.number() + "-" + number;
        try (NewLetter letter = read(account, blob, key)) {
            new SubmittedHeader(letter).refuseForged(address -> directory.owns(account, address));
            post.delivery()
                    .accept(
                            new Consignment(
                                    letter,
                                    Envelope.plain(sender, recipients, account, international),
                                    new byte[0],
                                    true,
                                    clock.instant(),
                                    List.of(),
                                    key));
        }
        settle(account, number, Submission.State.SENT);
        LOG.info(
                "account={} submission {} for {} left",
                account,
                number,
                submission.path().recipients().size());
    }

    private void settle(AccountId account, long number, Submission.State state) {
        shelf.change(
                Actor.system(account, Door.SYSTEM),
                account,
                items -> {
                    Optional<ShelfItem> item = items.find(ItemKind.SUBMISSION, number);
                    if (item.isPresent()) {
                        items.put(
                                ItemKind.SUBMISSION,
                                number,
                                Submission.decode(item.get()).as(state).encode());
                        items.dropBlob(ItemKind.SUBMISSION, number);
                    }
                    return true;
                });
    }

    /// The letter as it leaves: without blind copies, with what is missing.
    private NewLetter read(AccountId account, BlobId id, String key) {
        EntryRules rules =
                EntryRules.submission(
                        new EntryRules.Completion(
                                key + "." + clock.millis(), post.host(), clock.instant()));
        try (Blob blob =
                        shelf.blobs()
                                .find(account.partition(), id)
                                .orElseThrow(
                                        () ->
                                                new Refusal(
                                                        Refusal.Reason.NOT_FOUND,
                                                        "The letter is not there any more.",
                                                        "La lettre n'est plus là."));
                LetterWriter writer = new LetterWriter(shelf.blobs(), post.letterBytes(), rules);
                InputStream in = blob.open(0, blob.size())) {
            byte[] piece = new byte[16 << 10];
            int count = in.read(piece);
            while (count >= 0) {
                writer.write(piece, 0, count);
                count = in.read(piece);
            }
            return writer.finish();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
