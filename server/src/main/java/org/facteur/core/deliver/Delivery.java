package org.facteur.core.deliver;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.facteur.base.event.Event;
import org.facteur.base.event.EventSink;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.base.forks.Forks;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.account.Door;
import org.facteur.core.account.Quota;
import org.facteur.core.mailbox.Arrival;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.Role;
import org.facteur.core.queue.Destination;
import org.facteur.core.queue.NewItem;
import org.facteur.core.queue.Origin;
import org.facteur.core.queue.Queue;
import org.facteur.core.queue.QueuedLetter;
import org.facteur.core.queue.QueuedRecipient;
import org.facteur.core.sieve.ActiveScript;
import org.facteur.core.sieve.ScriptName;
import org.facteur.core.sieve.Scripts;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.Transaction;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.sieve.SieveCompilation;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.smtp.RcptParameters;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings accepted letters to everybody they are for. Any thread.
public final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /// Boxes one letter is put into at a time.
    private static final int SIDE_BY_SIDE = 16;

    private final Directory directory;
    private final LetterBoxes boxes;
    private final Scripts scripts;
    private final Sorting sorting;
    private final Queue queue;
    private final InstantSource clock;

    private final EventSink events;
    private final Forwards forwards;
    private final @Nullable QuotaGrace grace;
    private final @Nullable LetterWatch watch;
    private final LetterSigner signer;
    private final @Nullable LetterWatch submissions;

    /// Where letters go here.
    ///
    /// @param scripts what account owners want done with them
    public record Boxes(LetterBoxes boxes, Scripts scripts) {
        public Boxes {
            Objects.requireNonNull(boxes);
            Objects.requireNonNull(scripts);
        }
    }

    public Delivery(
            Directory directory, Boxes here, Queue queue, InstantSource clock, EventSink events) {
        this.directory = directory;
        this.boxes = here.boxes();
        this.scripts = here.scripts();
        this.queue = queue;
        this.clock = clock;
        this.events = events;
        this.forwards = new Forwards(directory, queue.senders());
        this.grace = null;
        this.watch = null;
        this.signer = (consignment, leaves) -> new byte[0];
        this.submissions = null;
        this.sorting = new Sorting(this, directory, here, clock);
    }

    private Delivery(
            Delivery other,
            @Nullable QuotaGrace grace,
            @Nullable LetterWatch watch,
            @Nullable LetterWatch submissions,
            LetterSigner signer) {
        this.directory = other.directory;
        this.boxes = other.boxes;
        this.scripts = other.scripts;
        this.queue = other.queue;
        this.clock = other.clock;
        this.events = other.events;
        this.forwards = other.forwards;
        this.grace = grace;
        this.watch = watch;
        this.signer = signer;
        this.submissions = submissions;
        this.sorting = new Sorting(this, other.directory, new Boxes(boxes, scripts), other.clock);
    }

    /// The same, filling boxes past their quota where that is allowed.
    public Delivery with(QuotaGrace newGrace) {
        return new Delivery(this, newGrace, watch, submissions, signer);
    }

    /// The same, showing letters from outside to somebody once they are accepted.
    public Delivery with(LetterWatch newWatch) {
        return new Delivery(this, grace, newWatch, submissions, signer);
    }

    /// The same, showing letters that people hand in to somebody once they are accepted.
    public Delivery withSubmissions(LetterWatch newWatch) {
        return new Delivery(this, grace, watch, newWatch, signer);
    }

    /// The same, with somebody's word before letters that leave.
    public Delivery with(LetterSigner newSigner) {
        return new Delivery(this, grace, watch, submissions, newSigner);
    }

    /// What an account may hold now.
    public Quota quotaNow(Account account) {
        QuotaGrace rule = grace;
        return rule == null ? account.quota() : rule.now(account);
    }

    /// Delivers a letter. When this returns it is durable in every box here, and durably queued for
    /// everybody else; for whom neither was possible, a report to the sender is queued. A letter
    /// that is to leave later is durably queued for everybody (RFC 4865 §4).
    ///
    /// @throws Refusal LOOP; OVER_QUOTA when that is so for everybody; NOT_FOUND when nobody
    ///   receives
    /// @throws Busy when nothing could be stored now
    public void accept(Consignment consignment) {
        Loops.refuseTooManyHops(consignment.letter());
        Receivers receivers = Receivers.find(directory, forwards, consignment.envelope());
        if (isHeld(consignment.envelope().wishes())) {
            List<NewItem> items = new ArrayList<>(remote(receivers.outside()));
            if (!receivers.here().isEmpty()) {
                items.add(new NewItem(new Destination.Local(), waiting(receivers.here())));
            }
            queue(consignment, items, key(consignment, "held"));
        } else {
            if (!receivers.outside().isEmpty()) {
                sendOut(consignment, receivers);
            }
            if (!receivers.accounts().isEmpty()) {
                List<Callable<Outcome>> tasks = new ArrayList<>();
                receivers
                        .accounts()
                        .forEach((account, as) -> tasks.add(() -> place(consignment, account, as)));
                settle(consignment, receivers, Forks.all(tasks, SIDE_BY_SIDE));
            }
        }
        SentCopies.keep(directory, boxes, consignment);
        LetterWatch watching = consignment.envelope().submitter() == null ? watch : submissions;
        if (watching != null) {
            watching.accepted(consignment);
        }
        events.emit(
                new Event.LetterAccepted(
                        consignment.letter().octets().size(),
                        receivers.accounts().size(),
                        receivers.outside().size()));
    }

    /// Letters that are passed on.
    public Forwards forwards() {
        return forwards;
    }

    /// Queues for everybody outside, by the reverse path it leaves with.
    private void sendOut(Consignment consignment, Receivers receivers) {
        if (receivers.passedOn().isEmpty()) {
            queue(consignment, remote(receivers.outside()), key(consignment, "out"));
            return;
        }
        EmailAddress sender = consignment.envelope().sender();
        Map<Optional<EmailAddress>, Map<EmailAddress, RcptParameters>> bySender =
                new LinkedHashMap<>();
        receivers
                .outside()
                .forEach(
                        (address, wishes) -> {
                            Domain via = receivers.passedOn().get(address);
                            EmailAddress as = via == null ? sender : forwards.sender(sender, via);
                            bySender.computeIfAbsent(
                                            Optional.ofNullable(as), each -> new LinkedHashMap<>())
                                    .put(address, wishes);
                        });
        bySender.forEach(
                (as, outside) ->
                        queue(
                                consignment.as(as.orElse(null)),
                                remote(outside),
                                key(
                                        consignment,
                                        "out" + as.map(each -> "/" + each.domain()).orElse(""))));
    }

    private boolean isHeld(LetterWishes wishes) {
        LetterWishes.Release release = wishes.release();
        Instant now = clock.instant();
        return release != null && release.moment(now).isAfter(now);
    }

    private Outcome place(Consignment consignment, AccountId account, List<Envelope.Recipient> as) {
        try {
            Account receiver = directory.getAccount(account);
            Loops.refuseReturned(consignment, receiver.address());
            byte[] prefix = prefix(consignment, receiver);
            if (!consignment.envelope().apart()
                    && scripts.active(account)
                            instanceof
                            ActiveScript.Some(ScriptName name, SieveCompilation script)) {
                return sorting.sort(
                        new Sorting.Case(consignment, receiver, as, prefix), name, script);
            }
            LetterBox box = boxes.open(Actor.system(account, Door.SMTP));
            Arrival arrival =
                    new Arrival(
                            consignment.letter(),
                            prefix,
                            consignment.envelope().apart()
                                    ? box.mailboxes()
                                            .find(Role.JUNK)
                                            .map(Mailbox::id)
                                            .orElseGet(box::inbox)
                                    : box.inbox(),
                            Set.of(),
                            consignment.received(),
                            key(consignment, "a" + account));
            put(box, receiver, List.of(arrival), tx -> {});
            return new Outcome.Done(as);
        } catch (Refusal refusal) {
            return new Outcome.Never(as, refusal);
        } catch (Busy | StoreFault passing) {
            LOG.warn("a letter for account {} waits: {}", account, passing.getMessage());
            return new Outcome.Later(as);
        }
    }

    /// Takes letters into a box, as far as its quota and the grace past that allow.
    ///
    /// @param beside what is written in the same transaction
    void put(
            LetterBox box, Account receiver, List<Arrival> arrivals, Consumer<Transaction> beside) {
        QuotaGrace rule = grace;
        if (rule == null) {
            box.append(arrivals, null, beside);
        } else {
            rule.append(box, receiver, arrivals, beside);
        }
    }

    /// Everything failed: say so. Something succeeded: the rest is queued or reported, and success
    /// too where the sender asked for that.
    private void settle(Consignment consignment, Receivers receivers, List<Outcome> outcomes) {
        List<QueuedRecipient> later = new ArrayList<>();
        List<QueuedRecipient> told = new ArrayList<>();
        Refusal last = null;
        boolean nothing = receivers.outside().isEmpty();
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Done(var recipients) -> {
                    nothing = false;
                    told.addAll(succeeded(recipients, QueuedRecipient.State.DELIVERED));
                }
                case Outcome.Later(var recipients) -> later.addAll(waiting(recipients));
                case Outcome.Never(var recipients, Refusal refusal) -> {
                    last = refusal;
                    recipients.forEach(each -> told.add(failed(each, refusal)));
                }
                case Outcome.Returned(var recipients, Refusal refusal) -> {
                    nothing = false;
                    recipients.forEach(each -> told.add(failed(each, refusal)));
                }
            }
        }
        if (nothing && later.isEmpty() && last != null) {
            throw last;
        }
        if (nothing && last == null) {
            throw new Busy("no box could take the letter");
        }
        if (!later.isEmpty()) {
            queue(
                    consignment,
                    List.of(new NewItem(new Destination.Local(), later)),
                    key(consignment, "later"));
        }
        told.addAll(succeeded(receivers.expanded(), QueuedRecipient.State.EXPANDED));
        if (!told.isEmpty()) {
            queue(
                    consignment,
                    List.of(new NewItem(new Destination.Local(), told)),
                    key(consignment, "told"));
        }
    }

    private static List<QueuedRecipient> waiting(List<Envelope.Recipient> recipients) {
        return recipients.stream()
                .map(each -> QueuedRecipient.waiting(each.address(), each.wishes()))
                .toList();
    }

    /// Those whose sender asked to hear of success (RFC 3461 §4.1).
    private static List<QueuedRecipient> succeeded(
            List<Envelope.Recipient> recipients, QueuedRecipient.State state) {
        return recipients.stream()
                .filter(each -> each.wishes().wants(RcptParameters.Notify.SUCCESS))
                .map(
                        each ->
                                QueuedRecipient.waiting(each.address(), each.wishes())
                                        .become(state, "2.1.5", ""))
                .toList();
    }

    private static QueuedRecipient failed(Envelope.Recipient recipient, Refusal refusal) {
        String status =
                switch (refusal.reason()) {
                    case OVER_QUOTA -> "5.2.2";
                    case NOT_FOUND -> "5.1.1";
                    case LOOP -> "5.4.6";
                    case TOO_LARGE -> "5.2.3";
                    case ALREADY_EXISTS, NOT_ALLOWED, INVALID, LIMIT, CANNOT -> "5.2.0";
                };
        return QueuedRecipient.waiting(recipient.address(), recipient.wishes())
                .become(QueuedRecipient.State.FAILED, status, refusal.sentence().english());
    }

    private static List<NewItem> remote(Map<EmailAddress, RcptParameters> outside) {
        Map<Domain, List<QueuedRecipient>> byDomain = new LinkedHashMap<>();
        outside.forEach(
                (address, wishes) ->
                        byDomain.computeIfAbsent(address.domain(), domain -> new ArrayList<>())
                                .add(QueuedRecipient.waiting(address, wishes)));
        List<NewItem> items = new ArrayList<>();
        byDomain.forEach(
                (domain, recipients) ->
                        items.add(new NewItem(new Destination.Remote(domain), recipients)));
        return items;
    }

    private void queue(Consignment consignment, List<NewItem> items, @Nullable String handover) {
        Envelope envelope = consignment.envelope();
        QueuedLetter letter =
                new QueuedLetter(
                        consignment.letter().octets().id(),
                        consignment.letter().octets().size(),
                        trace(consignment, items),
                        consignment.letter().index().anatomy().root().range().bodyStart(),
                        consignment.eightBit(),
                        envelope.international(),
                        envelope.wishes());
        Origin origin = new Origin(envelope.sender(), envelope.submitter(), language(envelope));
        List<NewItem> added = envelope.apart() ? items.stream().map(NewItem::held).toList() : items;
        queue.add(letter, consignment.letter().octets(), origin, added, handover);
    }

    /// What goes before a letter on its way: outside, those it was delivered to before are named
    /// again, for they may watch for letters that go round.
    private byte[] trace(Consignment consignment, List<NewItem> items) {
        boolean outside =
                items.stream().anyMatch(item -> item.destination() instanceof Destination.Remote);
        if (!outside) {
            return consignment.trace();
        }
        LetterWishes.Release release = consignment.envelope().wishes().release();
        Instant now = clock.instant();
        byte[] signature = signer.sign(consignment, release == null ? now : release.moment(now));
        if (signature.length == 0 && consignment.deliveredTo().isEmpty()) {
            return consignment.trace();
        }
        OctetBuffer fields = new OctetBuffer(Integer.MAX_VALUE);
        fields.accept(consignment.trace(), 0, consignment.trace().length);
        for (EmailAddress address : consignment.deliveredTo()) {
            fields.appendUtf8("Delivered-To: " + address + "\r\n");
        }
        fields.accept(signature, 0, signature.length);
        return fields.toArray();
    }

    /// The language the sender is told things in: its own where we know it.
    private Language language(Envelope envelope) {
        AccountId submitter = envelope.submitter();
        if (submitter != null) {
            return directory.findAccount(submitter).map(Account::language).orElse(Language.ENGLISH);
        }
        EmailAddress sender = envelope.sender();
        return sender == null
                ? Language.ENGLISH
                : directory.findAccount(sender).map(Account::language).orElse(Language.ENGLISH);
    }

    static @Nullable String key(Consignment consignment, String what) {
        return consignment.handover() == null ? null : consignment.handover() + "/" + what;
    }

    // return-path-line = "Return-Path:" FWS Reverse-path <CRLF>
    /// What a box shows before the letter (RFC 5321 §4.4).
    private static byte[] prefix(Consignment consignment, Account receiver) {
        EmailAddress sender = consignment.envelope().sender();
        byte[] own =
                ("Return-Path: <"
                                + (sender == null ? "" : sender)
                                + ">\r\nDelivered-To: "
                                + receiver.address()
                                + "\r\n")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] prefix = new byte[own.length + consignment.trace().length];
        System.arraycopy(own, 0, prefix, 0, own.length);
        System.arraycopy(consignment.trace(), 0, prefix, own.length, consignment.trace().length);
        return prefix;
    }

    /// Accepts a letter that the program itself wrote.
    ///
    /// @param letter whole, with CRLF lines
    /// @param handover names it, so that doing this again after a crash changes nothing
    public void acceptOwn(Octets letter, Envelope envelope, String handover) {
        byte[] octets = letter.toArray();
        OwnLetter.deliver(this, boxes, octets, envelope, clock.instant(), handover);
    }
}
