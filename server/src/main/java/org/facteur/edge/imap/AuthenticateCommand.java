package org.facteur.edge.imap;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.facteur.core.account.Door;
import org.facteur.core.login.LoginResult;
import org.facteur.core.login.Password;
import org.facteur.core.login.SignIn;
import org.facteur.wire.imap.ImapParser;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.sasl.SaslMechanism;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// LOGIN and AUTHENTICATE (RFC 9051 §6.2.2, §6.2.3).
final class AuthenticateCommand {
    private static final Logger LOG = LoggerFactory.getLogger(AuthenticateCommand.class);
    private static final int RESPONSE_OCTETS = 12_288;

    private final ImapSession session;

    AuthenticateCommand(ImapSession session) {
        this.session = session;
    }

    ImapSession.Outcome login(String user, String password) throws IOException {
        Answer refusal = refusal();
        return refusal == null ? check(user, password) : new ImapSession.Outcome.Answered(refusal);
    }

    /// One exchange to its end (RFC 9051 §6.2.2).
    ///
    /// @param initial null when the client waits for a challenge first
    ImapSession.Outcome authenticate(String mechanism, @Nullable Octets initial)
            throws IOException {
        Answer refusal = refusal();
        if (refusal != null) {
            return new ImapSession.Outcome.Answered(refusal);
        }
        Optional<SaslMechanism> known =
                SaslMechanism.find(
                        mechanism,
                        Capabilities.mechanisms(session.connection(), session.services()));
        if (known.isEmpty()) {
            return new ImapSession.Outcome.Answered(
                    Answer.no(ResponseCode.Word.CANNOT, "There is no such mechanism here."));
        }
        SignIn signIn =
                new SignIn(
                        session.services().login(),
                        known.get(),
                        Door.IMAP,
                        source(),
                        new SignIn.Offer(
                                session.connection().channelBinding().orElse(null),
                                session.services().tokens()));
        SignIn.Step step = signIn.begin(initial == null ? null : initial.toArray());
        while (true) {
            switch (step) {
                case SignIn.Step.Challenge(var octets) -> {
                    Octets response = ask(octets);
                    if (response == null) {
                        return new ImapSession.Outcome.Answered(Answer.bad("Taken back."));
                    }
                    step = signIn.respond(response.toArray());
                }
                case SignIn.Step.Done(var result) -> {
                    return conclude(result);
                }
            }
        }
    }

    private @Nullable Answer refusal() {
        if (session.loggedIn()) {
            return Answer.bad("Somebody is logged in already.");
        }
        return Capabilities.passwordsAllowed(session.connection(), session.settings())
                ? null
                : Answer.no(
                        ResponseCode.Word.PRIVACYREQUIRED, "Passwords travel only over TLS here.");
    }

    /// @return null when the client took its command back
    private @Nullable Octets ask(Octets challenge) throws IOException {
        session.out().write(new ImapResponse.Challenge(challenge));
        session.out().flush();
        session.connection().flush();
        byte[] line = session.connection().input().readLine(RESPONSE_OCTETS);
        if (line == null) {
            throw new EOFException("ended inside AUTHENTICATE");
        }
        return ImapParser.parseSaslResponse(line);
    }

    private InetAddress source() {
        return session.connection().remote().getAddress();
    }

    private ImapSession.Outcome check(String user, String password) throws IOException {
        LoginResult result =
                session.services().login().check(user, Password.of(password), Door.IMAP, source());
        return conclude(result);
    }

    private ImapSession.Outcome conclude(LoginResult result) throws IOException {
        return switch (result) {
            case LoginResult.Granted(var actor, var _) -> {
                session.enter(session.services().boxes().open(actor));
                LOG.info(
                        "imap {} account {} logged in with credential {}",
                        session.connection().id(),
                        actor.account(),
                        actor.credential());
                yield new ImapSession.Outcome.Answered(
                        Answer.ok(new ResponseCode.Capability(session.capabilities()), "Welcome."));
            }
            case LoginResult.Denied(var delay) -> {
                session.out().flush();
                session.connection().pause(delay);
                yield new ImapSession.Outcome.Answered(
                        Answer.no(
                                ResponseCode.Word.AUTHENTICATIONFAILED,
                                "Name or password is wrong."));
            }
            case LoginResult.Blocked() -> {
                session.out()
                        .write(
                                ImapResponse.Condition.untagged(
                                        ImapResponse.Outcome.BYE,
                                        ResponseCode.Word.UNAVAILABLE,
                                        "Too many wrong passwords came from your address."));
                yield new ImapSession.Outcome.End();
            }
        };
    }
}
