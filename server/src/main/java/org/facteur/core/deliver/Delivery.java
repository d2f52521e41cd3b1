package org.facteur.core.deliver;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
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
import org.facteur.core.account.Resolution;
import org.facteur.core.mailbox.Arrival;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.queue.Destination;
import org.facteur.core.queue.NewItem;
import org.facteur.core.queue.Origin;
import org.facteur.core.queue.Queue;
import org.facteur.core.queue.QueuedLetter;
import org.facteur.core.queue.QueuedRecipient;
import org.facteur.store.kv.StoreFault;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
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
    private final Queue queue;
    private final InstantSource clock;

    private final EventSink events;

    public Delivery(
            Directory directory,
            LetterBoxes boxes,
            Queue queue,
            InstantSource clock,
            EventSink events) {
        this.directory = directory;
        this.boxes = boxes;
        this.queue = queue;
        this.clock = clock;
        this.events = events;
    }

    /// What became of a letter for one box.
    private sealed interface Outcome {
        record Done() implements Outcome {}

        record Later(EmailAddress address, String why) implements Outcome {}

        record Never(EmailAddress address, Refusal refusal) implements Outcome {}
    }

    /// Delivers a letter. When this returns it is durable in every box here, and durably queued for
    /// everybody else; for whom neither was possible, a report to the sender is queued.
    ///
    /// @throws Refusal LOOP; OVER_QUOTA when that is so for everybody; NOT_FOUND when nobody
    ///   receives
    /// @throws Busy when nothing could be stored now
    public void accept(Consignment consignment) {
        Loops.refuseTooManyHops(consignment.letter());
        Receivers receivers = receivers(consignment.envelope().recipients());
        if (!receivers.outside().isEmpty()) {
            queue(consignment, remote(receivers.outside()), key(consignment, "out"));
        }
        if (!receivers.accounts().isEmpty()) {
            List<Callable<Outcome>> tasks = new ArrayList<>();
            receivers
                    .accounts()
                    .forEach((account, as) -> tasks.add(() -> place(consignment, account, as)));
            settle(consignment, receivers, Forks.all(tasks, SIDE_BY_SIDE));
        }
        events.emit(
                new Event.LetterAccepted(
                        consignment.letter().octets().size(),
                        receivers.accounts().size(),
                        receivers.outside().size()));
    }

    private record Receivers(Map<AccountId, EmailAddress> accounts, Set<EmailAddress> outside) {}

    private Receivers receivers(List<EmailAddress> recipients) {
        Map<AccountId, EmailAddress> accounts = new LinkedHashMap<>();
        Set<EmailAddress> outside = new LinkedHashSet<>();
        for (EmailAddress recipient : recipients) {
            switch (directory.resolve(recipient)) {
                case Resolution.Reached reached -> {
                    reached.accounts().forEach(id -> accounts.putIfAbsent(id, recipient));
                    outside.addAll(reached.outside());
                }
                case Resolution.Elsewhere _ -> outside.add(recipient);
                case Resolution.Unknown _ -> {
                    // Removed since it was accepted; if nobody else is left this is said below.
                }
            }
        }
        if (accounts.isEmpty() && outside.isEmpty()) {
            throw Directory.noSuchAccount();
        }
        return new Receivers(accounts, outside);
    }

    private Outcome place(Consignment consignment, AccountId account, EmailAddress as) {
        try {
            Account receiver = directory.getAccount(account);
            Loops.refuseReturned(consignment.letter(), receiver.address());
            LetterBox box = boxes.open(Actor.system(account, Door.SMTP));
            box.append(
                    new Arrival(
                            consignment.letter(),
                            prefix(consignment, receiver),
                            box.inbox(),
                            Set.of(),
                            consignment.received(),
                            key(consignment, "a" + account)));
            return new Outcome.Done();
        } catch (Refusal refusal) {
            return new Outcome.Never(as, refusal);
        } catch (Busy | StoreFault passing) {
            LOG.warn("a letter for account {} waits: {}", account, passing.getMessage());
            return new Outcome.Later(as, String.valueOf(passing.getMessage()));
        }
    }

    /// Everything failed: say so. Something succeeded: the rest is queued or reported.
    private void settle(Consignment consignment, Receivers receivers, List<Outcome> outcomes) {
        List<EmailAddress> later = new ArrayList<>();
        List<QueuedRecipient> never = new ArrayList<>();
        Refusal last = null;
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Done _ -> {
                    // Nothing is left to do.
                }
                case Outcome.Later(EmailAddress address, String _) -> later.add(address);
                case Outcome.Never(EmailAddress address, Refusal refusal) -> {
                    last = refusal;
                    never.add(failed(address, refusal));
                }
            }
        }
        boolean nothing =
                later.size() + never.size() == outcomes.size() && receivers.outside().isEmpty();
        if (nothing && later.isEmpty() && last != null) {
            throw last;
        }
        if (nothing && never.isEmpty()) {
            throw new Busy("no box could take the letter");
        }
        if (!later.isEmpty()) {
            queue(
                    consignment,
                    List.of(NewItem.waiting(new Destination.Local(), later)),
                    key(consignment, "later"));
        }
        if (!never.isEmpty()) {
            queue(
                    consignment,
                    List.of(new NewItem(new Destination.Local(), never)),
                    key(consignment, "never"));
        }
    }

    private static QueuedRecipient failed(EmailAddress address, Refusal refusal) {
        String status =
                switch (refusal.reason()) {
                    case OVER_QUOTA -> "5.2.2";
                    case NOT_FOUND -> "5.1.1";
                    case LOOP -> "5.4.6";
                    case TOO_LARGE -> "5.2.3";
                    case ALREADY_EXISTS, NOT_ALLOWED, INVALID, LIMIT, CANNOT -> "5.2.0";
                };
        return new QueuedRecipient(
                address, QueuedRecipient.State.FAILED, status, refusal.sentence().english());
    }

    private static List<NewItem> remote(Set<EmailAddress> outside) {
        Map<Domain, List<EmailAddress>> byDomain = new LinkedHashMap<>();
        for (EmailAddress address : outside) {
            byDomain.computeIfAbsent(address.domain(), domain -> new ArrayList<>()).add(address);
        }
        List<NewItem> items = new ArrayList<>();
        byDomain.forEach(
                (domain, addresses) ->
                        items.add(NewItem.waiting(new Destination.Remote(domain), addresses)));
        return items;
    }

    private void queue(Consignment consignment, List<NewItem> items, @Nullable String handover) {
        Envelope envelope = consignment.envelope();
        QueuedLetter letter =
                new QueuedLetter(
                        consignment.letter().octets().id(),
                        consignment.letter().octets().size(),
                        consignment.trace(),
                        consignment.letter().index().anatomy().root().range().bodyStart(),
                        consignment.eightBit(),
                        envelope.international());
        Origin origin = new Origin(envelope.sender(), envelope.submitter(), language(envelope));
        queue.add(letter, consignment.letter().octets(), origin, items, handover);
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

    private static @Nullable String key(Consignment consignment, String what) {
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
