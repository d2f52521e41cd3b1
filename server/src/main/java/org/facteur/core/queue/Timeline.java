package org.facteur.core.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.facteur.core.account.AccountId;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.jspecify.annotations.Nullable;

/// What happened to an item since it was queued: the answer to "where is my letter?".
///
/// @param sender the reverse path as text, empty for the empty one
/// @param account who handed it in here; null for a letter that was passed on
/// @param destination domain, or empty for boxes here
/// @param accepted when it was queued
/// @param steps oldest first, at most [#STEPS]; from the middle of a longer life some are missing
public record Timeline(
        QueueId id,
        String sender,
        @Nullable AccountId account,
        String destination,
        Instant accepted,
        List<Step> steps) {
    /// The most steps that are kept.
    public static final int STEPS = 24;

    /// What a row comes to at most.
    static final int MOST_BYTES = 45_000;

    private static final int FORMAT = 1;
    private static final int ANSWER = 200;
    private static final int NAMED = 5;

    /// One attempt for some recipients that shared its outcome.
    ///
    /// @param recipients addresses as text, at most 5 of them
    /// @param status enhanced status (RFC 3463)
    /// @param answer in the other side's words, at most 200 characters
    /// @param next when it is tried again; null when it is not
    public record Step(
            Instant at,
            RecipientResult.Kind kind,
            List<String> recipients,
            Carriage carriage,
            String status,
            String answer,
            @Nullable Instant next) {
        public Step {
            Objects.requireNonNull(at);
            Objects.requireNonNull(kind);
            recipients = List.copyOf(recipients);
            Objects.requireNonNull(carriage);
            Objects.requireNonNull(status);
            if (answer.length() > ANSWER) {
                int end = Character.isHighSurrogate(answer.charAt(ANSWER - 1)) ? 1 : 0;
                answer = answer.substring(0, ANSWER - end);
            }
        }
    }

    public Timeline {
        Objects.requireNonNull(id);
        Objects.requireNonNull(sender);
        Objects.requireNonNull(destination);
        Objects.requireNonNull(accepted);
        steps = List.copyOf(steps);
    }

    /// A timeline without any step.
    static Timeline of(QueueItem item) {
        var sender = item.origin().sender();
        return new Timeline(
                item.id(),
                sender == null ? "" : sender.toString(),
                item.origin().account(),
                switch (item.destination()) {
                    case Destination.Remote(var domain) -> domain.name();
                    case Destination.Local _ -> "";
                },
                item.schedule().created(),
                List.of());
    }

    /// The timeline after an attempt.
    ///
    /// @param after the item as it became
    Timeline with(Settlement settlement, QueueItem after, Instant now) {
        List<Step> all = new ArrayList<>(steps);
        for (RecipientResult result : settlement.results()) {
            Step last = all.isEmpty() ? null : all.getLast();
            if (last != null
                    && last.at().equals(now)
                    && last.kind() == result.kind()
                    && last.status().equals(result.status())) {
                if (last.recipients().size() < NAMED) {
                    List<String> more = new ArrayList<>(last.recipients());
                    more.add(result.address().toString());
                    all.set(
                            all.size() - 1,
                            new Step(
                                    now,
                                    last.kind(),
                                    more,
                                    last.carriage(),
                                    last.status(),
                                    last.answer(),
                                    last.next()));
                }
                continue;
            }
            all.add(
                    new Step(
                            now,
                            result.kind(),
                            List.of(result.address().toString()),
                            settlement.carriage(),
                            result.status(),
                            result.answer(),
                            result.kind() == RecipientResult.Kind.DEFERRED
                                    ? after.schedule().next()
                                    : null));
        }
        while (all.size() > STEPS) {
            all.remove(STEPS / 2);
        }
        return new Timeline(id, sender, account, destination, accepted, all);
    }

    byte[] encode() {
        Encoder out = new Encoder(FORMAT);
        AccountId by = account;
        out.text(sender).number(by == null ? 0 : by.number()).text(destination);
        out.signed(accepted.toEpochMilli());
        out.list(
                steps,
                (to, step) -> {
                    Instant next = step.next();
                    to.signed(step.at().toEpochMilli()).number(step.kind().ordinal());
                    to.list(step.recipients(), Encoder::text);
                    to.text(step.carriage().host()).text(step.carriage().tls());
                    to.text(step.status()).text(step.answer());
                    to.signed(next == null ? 0 : next.toEpochMilli());
                });
        return out.toBytes();
    }

    static Timeline decode(QueueId id, byte[] row) {
        Decoder in = new Decoder(row, FORMAT);
        String sender = in.text();
        long account = in.number();
        Timeline timeline =
                new Timeline(
                        id,
                        sender,
                        account == 0 ? null : new AccountId(account),
                        in.text(),
                        Instant.ofEpochMilli(in.signed()),
                        in.list(Timeline::step));
        in.end();
        return timeline;
    }

    private static Step step(Decoder in) {
        Instant at = Instant.ofEpochMilli(in.signed());
        RecipientResult.Kind kind = StoredWishes.pick(RecipientResult.Kind.values(), in.number());
        List<String> recipients = in.list(Decoder::text);
        Carriage carriage = new Carriage(in.text(), in.text());
        String status = in.text();
        String answer = in.text();
        long next = in.signed();
        return new Step(
                at,
                kind,
                recipients,
                carriage,
                status,
                answer,
                next == 0 ? null : Instant.ofEpochMilli(next));
    }
}
