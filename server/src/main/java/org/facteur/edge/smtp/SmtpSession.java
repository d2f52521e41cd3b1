package org.facteur.edge.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.facteur.core.account.Account;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.MailDomain;
import org.facteur.core.account.Resolution;
import org.facteur.core.deliver.Envelope;
import org.facteur.core.login.LoginResult;
import org.facteur.core.mailbox.Usage;
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
    private SmtpState state = new SmtpState.Connected();
    private LoginResult.@Nullable Granted granted;

    /// What matters of the connection.
    ///
    /// @param encrypted whether TLS has begun
    /// @param canEncrypt whether STARTTLS can be offered
    /// @param canSignIn whether passwords may be sent over it
    record Line(boolean encrypted, boolean canEncrypt, boolean canSignIn) {}

    SmtpSession(SmtpSettings settings, SmtpServices services, Line line) {
        this.settings = settings;
        this.services = services;
        this.line = line;
    }

    /// Whether the transaction that is open goes with SMTPUTF8.
    boolean international() {
        return state instanceof SmtpState.Announced announced
                && announced.transaction().parameters().smtpUtf8();
    }

    /// Who the peer says it is, once it did.
    SmtpState.@Nullable Greeting greeting() {
        return state.findGreeting();
    }

    Optional<Actor> actor() {
        return Optional.ofNullable(granted).map(LoginResult.Granted::actor);
    }

    Optional<Account> account() {
        return Optional.ofNullable(granted).map(LoginResult.Granted::account);
    }

    void signedIn(LoginResult.Granted result) {
        granted = result;
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
            case SmtpCommand.Expn _, SmtpCommand.Bdat _ -> answer(Replies.NOT_HERE);
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
        if (line.canEncrypt()) {
            lines.add(SmtpCapability.STARTTLS.keyword());
        }
        if (mayAuthenticate() && granted == null) {
            StringBuilder auth = new StringBuilder(SmtpCapability.AUTH.keyword());
            for (SaslMechanism mechanism : SaslMechanism.values()) {
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
        state = new SmtpState.Announced(greeting, Transaction.begin(from, parameters));
        return answer(Replies.SENDER_OK);
    }

    private @Nullable SmtpReply refuseMail(@Nullable EmailAddress from, MailParameters parameters) {
        switch (state) {
            case SmtpState.Connected _ -> {
                return Replies.GREET_FIRST;
            }
            case SmtpState.Announced _ -> {
                return Replies.ONE_AT_A_TIME;
            }
            case SmtpState.Greeted(SmtpState.Greeting greeting) -> {
                if (!greeting.extended() && !parameters.equals(MailParameters.NONE)) {
                    return Replies.UNKNOWN_PARAMETER;
                }
            }
        }
        if (settings.role() == SmtpRole.SUBMISSION) {
            LoginResult.Granted known = granted;
            if (known == null) {
                return line.canSignIn() ? Replies.AUTH_FIRST : Replies.TLS_FIRST;
            }
            if (!services.login().stillGood(known.actor())) {
                return Replies.AUTH_FIRST;
            }
            if (from == null || !services.directory().owns(known.account().id(), from)) {
                return Replies.NOT_YOURS;
            }
        }
        if (parameters.wishes().asksForReports()) {
            return Replies.UNKNOWN_PARAMETER;
        }
        if (parameters.auth() != null && settings.role() != SmtpRole.SUBMISSION) {
            return Replies.UNKNOWN_PARAMETER;
        }
        if (parameters.body() == BodyKind.BINARY_MIME) {
            return Replies.NO_BINARY;
        }
        return parameters.size() > settings.sizeBytes() ? Replies.TOO_LARGE : null;
    }

    private SmtpAct rcpt(SmtpCommand.Rcpt rcpt) {
        if (!(state instanceof SmtpState.Announced(var greeting, var transaction))) {
            return answer(Replies.MAIL_FIRST);
        }
        if (rcpt.parameters().asksForReports()) {
            return answer(Replies.UNKNOWN_PARAMETER);
        }
        if (transaction.recipientCount() >= settings.counts().recipients()) {
            return answer(Replies.TOO_MANY_RECIPIENTS);
        }
        EmailAddress to = rcpt.to() == null ? postmaster() : rcpt.to();
        SmtpAct act =
                switch (services.directory().resolve(to)) {
                    case Resolution.Elsewhere _ -> elsewhere();
                    case Resolution.Unknown _ -> new SmtpAct.UnknownRecipient(Replies.NOBODY);
                    case Resolution.Reached reached ->
                            answer(full(reached, transaction) ? Replies.BOX_FULL : withinCap());
                };
        if (act instanceof SmtpAct.Answer(SmtpReply reply) && reply.positive()) {
            state =
                    new SmtpState.Announced(
                            greeting,
                            transaction.with(new Envelope.Recipient(to, rcpt.parameters())));
        }
        return act;
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
        return usage.letters() >= usage.quota().letters()
                || usage.bytes() + declared > usage.quota().bytes();
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
            return answer(Replies.MAIL_FIRST);
        }
        if (transaction.recipientCount() == 0) {
            return answer(
                    settings.role() == SmtpRole.LMTP ? Replies.RCPT_FIRST : Replies.NO_RECIPIENTS);
        }
        LoginResult.Granted known = granted;
        state = new SmtpState.Greeted(greeting);
        if (known != null && !services.caps().letters().take(known.account().id(), 1)) {
            return answer(Replies.CAP_REACHED);
        }
        return new SmtpAct.TakeLetter(transaction);
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
            case SmtpState.Announced _ -> answer(Replies.ONE_AT_A_TIME);
            case SmtpState.Connected _, SmtpState.Greeted _ ->
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
            case SmtpState.Announced _ -> answer(Replies.ONE_AT_A_TIME);
            case SmtpState.Greeted _ ->
                    SaslMechanism.find(keyword)
                            .<SmtpAct>map(known -> new SmtpAct.BeginAuth(known, initial))
                            .orElse(answer(Replies.UNKNOWN_MECHANISM));
        };
    }

    private static SmtpAct answer(SmtpReply reply) {
        return new SmtpAct.Answer(reply);
    }
}
