package org.facteur.edge.smtp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.core.account.Account;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.MailDomain;
import org.facteur.core.account.Quota;
import org.facteur.core.account.Resolution;
import org.facteur.core.deliver.Envelope;
import org.facteur.core.login.LoginResult;
import org.facteur.core.login.SignIn;
import org.facteur.core.mailbox.Usage;
import org.facteur.core.queue.SenderRewriting;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.LocalPart;
import org.facteur.wire.sasl.SaslMechanism;
import org.facteur.wire.smtp.BodyKind;
import org.facteur.wire.smtp.MailParameters;
import org.facteur.wire.smtp.SmtpCapability;
import org.facteur.wire.smtp.SmtpCommand;
import org.facteur.wire.smtp.SmtpReply;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// The state of one conversation, and what each command does to it. One thread; never touches the
/// socket. A new one begins after STARTTLS (RFC 3207 §4.2).
final class SmtpSession {
    private final SmtpSettings settings;
    private final SmtpServices services;
    private final Line line;
    private final Wishes wishes;
    private SmtpState state = new SmtpState.Connected();
    private LoginResult.@Nullable Granted granted;
    private Instant grantedAt = Instant.EPOCH;

    /// What matters of the connection.
    ///
    /// @param encrypted whether TLS has begun
    /// @param canEncrypt whether STARTTLS can be offered
    /// @param canSignIn whether passwords may be sent over it
    /// @param offer how
    record Line(boolean encrypted, boolean canEncrypt, boolean canSignIn, SignIn.Offer offer) {}

    SmtpSession(SmtpSettings settings, SmtpServices services, Line line) {
        this.settings = settings;
        this.services = services;
        this.line = line;
        this.wishes = new Wishes(settings.role(), line.encrypted());
    }

    /// Whether the transaction that is open goes with SMTPUTF8.
    boolean international() {
        return state instanceof SmtpState.Announced announced
                && announced.transaction().parameters().smtpUtf8();
    }

    Optional<Actor> actor() {
        return Optional.ofNullable(granted).map(LoginResult.Granted::actor);
    }

    Optional<Account> account() {
        return Optional.ofNullable(granted).map(LoginResult.Granted::account);
    }

    void signedIn(LoginResult.Granted result) {
        granted = result;
        grantedAt = services.clock().instant();
    }

    /// Obeys one command.
    SmtpAct handle(SmtpCommand command) {
        return switch (command) {
            case SmtpCommand.Ehlo(var name) -> greet(name, true, SmtpCapability.SIZE);
            case SmtpCommand.Lhlo(var name) -> greet(name, true, null);
            case SmtpCommand.Helo(var name) -> greet(name, false, SmtpCapability.SIZE);
            case SmtpCommand.Mail(var from, var parameters) -> mail(from, parameters);
            case SmtpCommand.Rcpt rcpt -> rcpt(rcpt);
            case SmtpCommand.Data _ -> data();
            case SmtpCommand.Rset _ -> reset();
            case SmtpCommand.Noop _ -> answer(Replies.OK);
            case SmtpCommand.Quit _ -> new SmtpAct.Goodbye(Replies.BYE);
            case SmtpCommand.Vrfy _ -> answer(Replies.NO_TELLING);
            case SmtpCommand.Expn _ -> answer(Replies.NOT_HERE);
            case SmtpCommand.Bdat(long octets, boolean last) -> bdat(octets, last);
            case SmtpCommand.Help _ -> answer(Replies.HELP);
            case SmtpCommand.StartTls _ -> startTls();
            case SmtpCommand.Auth(var mechanism, var initial) -> auth(mechanism, initial);
            case SmtpCommand.Unknown _ -> answer(Replies.UNKNOWN_COMMAND);
            case SmtpCommand.Unacceptable(var why) ->
                    switch (why) {
                        case UNKNOWN_PARAMETER -> answer(Replies.UNKNOWN_PARAMETER);
                        case NEEDS_SMTPUTF8 -> answer(Replies.NEEDS_SMTPUTF8);
                        case TOO_LONG -> answer(Replies.LONG_LINE);
                    };
        };
    }

    /// @param smtp null for LHLO, which LMTP alone has (RFC 2033 §4.1)
    private SmtpAct greet(@Nullable Domain name, boolean extended, @Nullable SmtpCapability smtp) {
        boolean lmtp = settings.role() == SmtpRole.LMTP;
        if (lmtp != (smtp == null)) {
            return answer(Replies.NOT_HERE);
        }
        state = new SmtpState.Greeted(new SmtpState.Greeting(name, extended));
        String host = settings.hostname().name();
        if (!extended) {
            return answer(SmtpReply.plain(250, host));
        }
        List<String> lines = new ArrayList<>();
        lines.add(host);
        lines.addAll(capabilities());
        return answer(new SmtpReply(250, null, lines));
    }

    // ehlo-ok-rsp = *( "250-" ehlo-line CRLF ) "250" SP ehlo-line CRLF
    private List<String> capabilities() {
        List<String> lines = new ArrayList<>();
        lines.add(SmtpCapability.PIPELINING.keyword());
        lines.add(SmtpCapability.SIZE.keyword() + " " + settings.sizeBytes());
        lines.add(SmtpCapability.EIGHT_BIT_MIME.keyword());
        lines.add(SmtpCapability.SMTPUTF8.keyword());
        lines.add(SmtpCapability.ENHANCED_STATUS_CODES.keyword());
        lines.addAll(wishes.lines(settings.counts(), services.clock().instant()));
        if (line.canEncrypt()) {
            lines.add(SmtpCapability.STARTTLS.keyword());
        }
        if (mayAuthenticate() && granted == null) {
            StringBuilder auth = new StringBuilder(SmtpCapability.AUTH.keyword());
            for (SaslMechanism mechanism : line.offer().mechanisms()) {
                auth.append(' ').append(mechanism.keyword());
            }
            lines.add(auth.toString());
        }
        return lines;
    }

    private boolean mayAuthenticate() {
        return settings.role() == SmtpRole.SUBMISSION && line.canSignIn();
    }

    private SmtpAct mail(@Nullable EmailAddress from, MailParameters parameters) {
        SmtpReply refusal = refuseMail(from, parameters);
        if (refusal != null) {
            return answer(refusal);
        }
        SmtpState.Greeting greeting = state.findGreeting();
        if (greeting == null) {
            return answer(Replies.GREET_FIRST);
        }
        boolean lowered = Wishes.tooUrgent(parameters);
        state =
                new SmtpState.Announced(
                        greeting,
                        Transaction.begin(
                                from, lowered ? Wishes.lessUrgent(parameters) : parameters));
        return answer(lowered ? Replies.PRIORITY_LOWERED : Replies.SENDER_OK);
    }

    private @Nullable SmtpReply refuseMail(@Nullable EmailAddress from, MailParameters parameters) {
        switch (state) {
            case SmtpState.Connected _ -> {
                return Replies.GREET_FIRST;
            }
            case SmtpState.Announced _ -> {
                return Replies.ONE_AT_A_TIME;
            }
            case SmtpState.Chunking _ -> {
                return Replies.CHUNKS_GO_ON;
            }
            case SmtpState.Greeted _, SmtpState.Spoiled _ -> {
                SmtpState.Greeting greeting = state.findGreeting();
                if (greeting != null
                        && !greeting.extended()
                        && !parameters.equals(MailParameters.NONE)) {
                    return Replies.UNKNOWN_PARAMETER;
                }
            }
        }
        if (settings.role() == SmtpRole.SUBMISSION) {
            LoginResult.Granted known = granted;
            if (known == null) {
                return line.canSignIn() ? Replies.AUTH_FIRST : Replies.TLS_FIRST;
            }
            if (!services.login().stillGood(known.actor(), grantedAt)) {
                return Replies.AUTH_FIRST;
            }
            if (from == null || !services.directory().owns(known.account().id(), from)) {
                return Replies.NOT_YOURS;
            }
        }
        SmtpReply refusal = wishes.refuse(parameters, services.clock().instant());
        if (refusal != null) {
            return refusal;
        }
        return parameters.size() > settings.sizeBytes() ? Replies.TOO_LARGE : null;
    }

    private SmtpAct rcpt(SmtpCommand.Rcpt rcpt) {
        if (!(state instanceof SmtpState.Announced(var greeting, var transaction))) {
            return outOfOrder();
        }
        if (rcpt.parameters().asksForReports() && !greeting.extended()) {
            return answer(Replies.UNKNOWN_PARAMETER);
        }
        if (transaction.recipientCount() >= settings.counts().recipients()) {
            return answer(Replies.TOO_MANY_RECIPIENTS);
        }
        EmailAddress to = rcpt.to() == null ? postmaster() : rcpt.to();
        SmtpAct act =
                switch (services.delivery().forwards().back(to)) {
                    case SenderRewriting.Return.Other _ -> deliverTo(to, transaction);
                    case SenderRewriting.Return.Refused _ ->
                            new SmtpAct.UnknownRecipient(Replies.NOBODY);
                    case SenderRewriting.Return.Original _ ->
                            answer(
                                    transaction.sender() == null
                                            ? Replies.RECIPIENT_OK
                                            : Replies.REPORTS_ONLY);
                };
        if (act instanceof SmtpAct.Answer(SmtpReply reply) && reply.positive()) {
            state =
                    new SmtpState.Announced(
                            greeting,
                            transaction.with(new Envelope.Recipient(to, rcpt.parameters())));
        }
        return act;
    }

    private SmtpAct deliverTo(EmailAddress to, Transaction transaction) {
        return switch (services.directory().resolve(to)) {
            case Resolution.Elsewhere _ -> elsewhere();
            case Resolution.Unknown _ -> new SmtpAct.UnknownRecipient(Replies.NOBODY);
            case Resolution.Reached reached ->
                    answer(
                            !admitted(to)
                                    ? Replies.NOT_FOR_WRITER
                                    : full(reached, transaction) ? Replies.BOX_FULL : withinCap());
        };
    }

    /// Whether a group takes letters from whoever writes.
    private boolean admitted(EmailAddress to) {
        LoginResult.Granted known = granted;
        return services.directory().admits(to, known == null ? null : known.account().id());
    }

    private SmtpAct elsewhere() {
        return answer(granted == null ? Replies.RELAY_DENIED : withinCap());
    }

    private SmtpReply withinCap() {
        LoginResult.Granted known = granted;
        return known == null || services.caps().recipients().take(known.account().id(), 1)
                ? Replies.RECIPIENT_OK
                : Replies.CAP_REACHED;
    }

    /// Whether the one box behind an address has no room now.
    private boolean full(Resolution.Reached reached, Transaction transaction) {
        if (reached.accounts().size() != 1 || !reached.outside().isEmpty()) {
            return false;
        }
        AccountId account = reached.accounts().iterator().next();
        Usage usage = services.boxes().open(Actor.system(account, settings.role().door())).usage();
        long declared = Math.max(0, transaction.parameters().size());
        if (within(usage, usage.quota(), declared)) {
            return false;
        }
        return services.directory()
                .findAccount(account)
                .map(services.delivery()::quotaNow)
                .filter(quota -> within(usage, quota, declared))
                .isEmpty();
    }

    private static boolean within(Usage usage, Quota quota, long more) {
        return usage.letters() < quota.letters() && usage.bytes() + more <= quota.bytes();
    }

    /// RFC 5321 §4.5.1: `<postmaster>` is somebody on every server.
    private EmailAddress postmaster() {
        LocalPart local = LocalPart.of("postmaster");
        EmailAddress here = new EmailAddress(local, settings.hostname());
        if (services.directory().resolve(here) instanceof Resolution.Reached) {
            return here;
        }
        return services.directory().domains().stream()
                .map(MailDomain::name)
                .findFirst()
                .map(domain -> new EmailAddress(local, domain))
                .orElse(here);
    }

    private SmtpAct data() {
        if (!(state instanceof SmtpState.Announced(var greeting, var transaction))) {
            return outOfOrder();
        }
        if (transaction.parameters().body() == BodyKind.BINARY_MIME) {
            return answer(Replies.BDAT_ONLY);
        }
        if (transaction.recipientCount() == 0) {
            return answer(nobody());
        }
        state = new SmtpState.Greeted(greeting);
        return mayGoOn()
                ? new SmtpAct.TakeLetter(announcement(greeting, transaction))
                : answer(Replies.CAP_REACHED);
    }

    private SmtpAct outOfOrder() {
        return answer(
                state instanceof SmtpState.Chunking ? Replies.CHUNKS_GO_ON : Replies.MAIL_FIRST);
    }

    private SmtpReply nobody() {
        return settings.role() == SmtpRole.LMTP ? Replies.RCPT_FIRST : Replies.NO_RECIPIENTS;
    }

    private boolean mayGoOn() {
        LoginResult.Granted known = granted;
        return known == null || services.caps().letters().take(known.account().id(), 1);
    }

    private Announcement announcement(SmtpState.Greeting greeting, Transaction transaction) {
        return new Announcement(greeting, account().orElse(null), transaction);
    }

    private SmtpAct bdat(long octets, boolean last) {
        return switch (state) {
            case SmtpState.Connected _, SmtpState.Greeted _ -> answer(Replies.MAIL_FIRST);
            case SmtpState.Spoiled _ -> new SmtpAct.Vain(Replies.IN_VAIN);
            case SmtpState.Announced(var greeting, var transaction) -> {
                if (transaction.recipientCount() == 0) {
                    yield new SmtpAct.Vain(nobody());
                }
                if (!mayGoOn()) {
                    spoil();
                    yield new SmtpAct.Vain(Replies.CAP_REACHED);
                }
                yield chunk(greeting, transaction, octets, last);
            }
            case SmtpState.Chunking(var greeting, var transaction) ->
                    chunk(greeting, transaction, octets, last);
        };
    }

    private SmtpAct chunk(
            SmtpState.Greeting greeting, Transaction transaction, long octets, boolean last) {
        state =
                last
                        ? new SmtpState.Greeted(greeting)
                        : new SmtpState.Chunking(greeting, transaction);
        return new SmtpAct.TakeChunk(announcement(greeting, transaction), octets, last);
    }

    /// A chunk was refused: its letter is dropped, and what still comes of it is in vain.
    void spoil() {
        SmtpState.Greeting greeting = state.findGreeting();
        if (greeting != null) {
            state = new SmtpState.Spoiled(greeting);
        }
    }

    /// Whether a letter is under way in chunks.
    boolean chunking() {
        return state instanceof SmtpState.Chunking;
    }

    private SmtpAct reset() {
        SmtpState.Greeting greeting = state.findGreeting();
        if (greeting != null) {
            state = new SmtpState.Greeted(greeting);
        }
        return answer(Replies.OK);
    }

    private SmtpAct startTls() {
        return switch (state) {
            case SmtpState.Announced _, SmtpState.Chunking _ -> answer(Replies.ONE_AT_A_TIME);
            case SmtpState.Connected _, SmtpState.Greeted _, SmtpState.Spoiled _ ->
                    line.canEncrypt() ? new SmtpAct.BeginTls() : answer(Replies.NOT_HERE);
        };
    }

    private SmtpAct auth(String keyword, @Nullable Octets initial) {
        if (settings.role() != SmtpRole.SUBMISSION) {
            return answer(Replies.NOT_HERE);
        }
        if (!line.canSignIn()) {
            return answer(Replies.NOT_ENCRYPTED);
        }
        if (granted != null) {
            return answer(Replies.SIGNED_IN_ALREADY);
        }
        return switch (state) {
            case SmtpState.Connected _ -> answer(Replies.GREET_FIRST);
            case SmtpState.Announced _, SmtpState.Chunking _ -> answer(Replies.ONE_AT_A_TIME);
            case SmtpState.Greeted _, SmtpState.Spoiled _ ->
                    SaslMechanism.find(keyword, line.offer().mechanisms())
                            .<SmtpAct>map(known -> new SmtpAct.BeginAuth(known, initial))
                            .orElse(answer(Replies.UNKNOWN_MECHANISM));
        };
    }

    private static SmtpAct answer(SmtpReply reply) {
        return new SmtpAct.Answer(reply);
    }
}
