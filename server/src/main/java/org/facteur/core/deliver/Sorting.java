package org.facteur.core.deliver;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.facteur.base.fault.Refusal;
import org.facteur.base.limit.RateWindow;
import org.facteur.core.account.Account;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.account.Door;
import org.facteur.core.account.MailDomain;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.sieve.ScriptMemory;
import org.facteur.core.sieve.ScriptName;
import org.facteur.store.blob.Blob;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.sieve.EditedLetter;
import org.facteur.wire.sieve.SieveAction;
import org.facteur.wire.sieve.SieveCompilation;
import org.facteur.wire.sieve.SieveFacts;
import org.facteur.wire.sieve.SieveInterpreter;
import org.facteur.wire.sieve.SieveLetter;
import org.facteur.wire.sieve.SieveOutcome;
import org.facteur.wire.sieve.SieveProblem;
import org.facteur.wire.sieve.SieveProgram;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.smtp.RcptParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does with a letter what its receiver's script wants. Any thread.
///
/// What leaves is queued first, then the letter is filed in one transaction together with what the
/// script wants remembered, and answers go last: whatever breaks in between, the letter is not lost
/// and nobody is answered twice.
final class Sorting {
    private static final Logger LOG = LoggerFactory.getLogger(Sorting.class);
    private static final int MOST_REDIRECTIONS = 5;
    private static final int REDIRECTS_AN_HOUR = 1_000;
    private static final int REMEMBERED_ACCOUNTS = 100_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Delivery delivery;
    private final Delivery.Boxes here;
    private final InstantSource clock;
    private final AutoAnswers answers;
    private final RateWindow<AccountId> redirects;

    /// A letter for one box.
    ///
    /// @param as the recipients that lead to it
    /// @param prefix what the box shows before the letter; belongs to the record
    @SuppressWarnings("ArrayRecordComponent")
    record Case(
            Consignment consignment, Account receiver, List<Envelope.Recipient> as, byte[] prefix) {
        Case {
            as = List.copyOf(as);
            Objects.requireNonNull(consignment);
            Objects.requireNonNull(receiver);
            Objects.requireNonNull(prefix);
        }
    }

    Sorting(Delivery delivery, Directory directory, Delivery.Boxes here, InstantSource clock) {
        this.delivery = delivery;
        this.here = here;
        this.clock = clock;
        this.answers = new AutoAnswers(delivery, directory, here, clock);
        this.redirects = new RateWindow<>(HOUR, REDIRECTS_AN_HOUR, REMEMBERED_ACCOUNTS, clock);
    }

    /// @throws Refusal when the letter cannot be filed
    /// @throws org.facteur.base.fault.Busy when the store cannot write now
    Outcome sort(Case one, ScriptName name, SieveCompilation script) {
        LetterBox box = here.boxes().open(Actor.system(one.receiver().id(), Door.SMTP));
        SieveOutcome outcome =
                switch (script) {
                    case SieveCompilation.Ready(SieveProgram program, _) -> run(one, box, program);
                    case SieveCompilation.Faulty(List<SieveProblem> problems) ->
                            new SieveOutcome(
                                    List.of(new SieveAction.Keep(List.of(), null, true)),
                                    problems.getFirst(),
                                    0);
                };
        try (Filing filing = new Filing(here.boxes(), box, one, clock.instant())) {
            return act(one, filing, new Wanted(name, outcome));
        }
    }

    /// @param name of the script
    private record Wanted(ScriptName name, SieveOutcome outcome) {}

    private SieveOutcome run(Case one, LetterBox box, SieveProgram program) {
        try (Blob blob = one.consignment().letter().octets().open()) {
            SieveLetter letter =
                    new SieveLetter(
                            one.consignment().letter().index().anatomy(),
                            one.prefix(),
                            (from, length) -> {
                                byte[] octets = new byte[length];
                                blob.read(from, octets, 0, length);
                                return octets;
                            });
            SieveFacts facts =
                    new SieveFacts(
                            letter,
                            new SieveFacts.Envelope(
                                    one.consignment().envelope().sender(),
                                    one.as().getFirst().address(),
                                    MailDomain.TAG_SEPARATOR),
                            new AccountSurroundings(
                                    here.scripts(), box, one.receiver(), clock.instant()),
                            clock.instant().atZone(ZoneId.systemDefault()));
            return SieveInterpreter.run(program, facts, here.scripts().limits());
        }
    }

    private Outcome act(Case one, Filing filing, Wanted wanted) {
        SieveProblem problem = wanted.outcome().problem();
        List<SieveAction> after = new ArrayList<>();
        Refusal refusal = null;
        for (SieveAction action : wanted.outcome().actions()) {
            switch (action) {
                case SieveAction.Keep(List<String> flags, EditedLetter edited, _) ->
                        filing.keep(flags, edited);
                case SieveAction.FileInto(SieveAction.Target target, EditedLetter edited) ->
                        problem = first(problem, filing.file(target, edited));
                case SieveAction.Redirect(EmailAddress to, EditedLetter edited) -> {
                    if (!redirect(one, filing, to, edited)) {
                        filing.keep(List.of(), edited);
                    }
                }
                case SieveAction.Discard _ -> {
                    // Nothing files it.
                }
                case SieveAction.Reject(String reason, _) -> refusal = refusal(reason);
                case SieveAction.Remember(String key, Duration period) ->
                        filing.remember(new ScriptMemory.Note('d', key, period));
                case SieveAction.Vacation vacation -> {
                    if (answers.mayAnswer(one, vacation)) {
                        filing.remember(AutoAnswers.note(one, vacation));
                        after.add(vacation);
                    }
                }
                case SieveAction.Notify notify -> after.add(notify);
            }
        }
        boolean tell = problem != null && !told(one.receiver().id(), wanted.name());
        if (tell) {
            filing.remember(trouble(wanted.name()));
        }
        long version = filing.commit();
        after.forEach(action -> answers.send(one, action, version));
        if (tell && problem != null) {
            answers.tellOwner(one.receiver(), wanted.name(), problem);
        }
        return refusal == null ? new Outcome.Done(one.as()) : refused(one, refusal);
    }

    private static @Nullable SieveProblem first(
            @Nullable SieveProblem one, @Nullable SieveProblem other) {
        return one == null ? other : one;
    }

    private static ScriptMemory.Note trouble(ScriptName name) {
        return new ScriptMemory.Note('b', name.value(), Duration.ofDays(1));
    }

    private boolean told(AccountId account, ScriptName name) {
        return here.scripts().seen(account, 'b', name.value(), clock.instant());
    }

    /// Sends a letter on, as a forward would.
    ///
    /// @return false when it cannot be, so that it is kept
    private boolean redirect(
            Case one, Filing filing, EmailAddress to, @Nullable EditedLetter edited) {
        Consignment came = one.consignment();
        if (came.deliveredTo().size() >= MOST_REDIRECTIONS
                || !redirects.take(one.receiver().id(), 1)) {
            LOG.warn("account {} redirects too much: a letter stays", one.receiver().id());
            return false;
        }
        List<EmailAddress> through = new ArrayList<>(came.deliveredTo());
        through.add(one.receiver().address());
        Filing.Version version = filing.version(edited);
        try {
            delivery.accept(
                    new Consignment(
                            version.letter(),
                            new Envelope(
                                    delivery.forwards()
                                            .sender(
                                                    came.envelope().sender(),
                                                    one.receiver().address().domain(),
                                                    to),
                                    List.of(new Envelope.Recipient(to, RcptParameters.NONE)),
                                    null,
                                    came.envelope().international() || to.isInternational(),
                                    LetterWishes.NONE),
                            came.trace(),
                            version.eightBit(),
                            came.received(),
                            through,
                            Delivery.key(came, "r" + one.receiver().id() + "/" + to)));
            return true;
        } catch (Refusal refused) {
            LOG.info(
                    "a letter of account {} is kept, not redirected: {}",
                    one.receiver().id(),
                    refused.reason());
            return false;
        }
    }

    private static Refusal refusal(String reason) {
        return new Refusal(Refusal.Reason.NOT_ALLOWED, reason, reason);
    }

    /// While the letter comes in where that can carry the words, else by a report (RFC 5429 §2.1).
    private static Outcome refused(Case one, Refusal refusal) {
        String reason = refusal.sentence().english();
        boolean speakable = reason.length() <= 500 && plain(reason);
        if (speakable || one.consignment().envelope().sender() == null) {
            String line = plain(oneLine(reason)) ? oneLine(reason) : "The recipient refuses it";
            return new Outcome.Never(one.as(), refusal(cut(line)));
        }
        return new Outcome.Returned(one.as(), refusal(cut(oneLine(reason))));
    }

    private static boolean plain(String text) {
        return text.chars()
                .allMatch(c -> (c >= ' ' && c < 0x7F) || c == '\r' || c == '\n' || c == '\t');
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = Character.isISOControl(c) || c == ' ';
            if (!blank) {
                line.append(c);
            } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return line.toString().strip();
    }

    private static String cut(String text) {
        if (text.isEmpty()) {
            return "The recipient refuses it";
        }
        return text.length() <= 500
                ? text
                : text.substring(
                        0,
                        text.offsetByCodePoints(
                                0, Math.min(400, text.codePointCount(0, text.length()))));
    }
}
