package org.facteur.edge.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.facteur.core.account.Door;
import org.facteur.core.login.LoginResult;
import org.facteur.core.login.Password;
import org.facteur.wire.imap.ImapParser;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.text.MailCharsets;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// LOGIN and AUTHENTICATE (RFC 9051 §6.2.2, §6.2.3).
final class AuthenticateCommand {
    private static final Logger LOG = LoggerFactory.getLogger(AuthenticateCommand.class);
    private static final int RESPONSE_OCTETS = 8 << 10;
    private static final String RULE = "RFC 4616 §2";

    private final ImapSession session;

    AuthenticateCommand(ImapSession session) {
        this.session = session;
    }

    ImapSession.Outcome login(String user, String password) throws IOException {
        Answer refusal = refusal();
        return refusal == null ? check(user, password) : new ImapSession.Outcome.Answered(refusal);
    }

    /// @param initial null when the client waits for a challenge first
    ImapSession.Outcome authenticate(String mechanism, @Nullable Octets initial)
            throws IOException {
        Answer refusal = refusal();
        if (refusal != null) {
            return new ImapSession.Outcome.Answered(refusal);
        }
        if (!mechanism.equals("PLAIN")) {
            return new ImapSession.Outcome.Answered(
                    Answer.no(ResponseCode.Word.CANNOT, "There is no such mechanism here."));
        }
        Octets response = initial == null ? challenge() : initial;
        if (response == null) {
            return new ImapSession.Outcome.Answered(Answer.bad("Taken back."));
        }
        return plain(response.toArray());
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
    private @Nullable Octets challenge() throws IOException {
        session.out().write(new ImapResponse.Challenge(Octets.EMPTY));
        session.out().flush();
        session.connection().flush();
        byte[] line = session.connection().input().readLine(RESPONSE_OCTETS);
        if (line == null) {
            throw new java.io.EOFException("ended inside AUTHENTICATE");
        }
        return ImapParser.parseSaslResponse(line);
    }

    // message = [authzid] UTF8NUL authcid UTF8NUL passwd
    private ImapSession.Outcome plain(byte[] message) throws IOException {
        int first = indexOfNul(message, 0);
        int second = indexOfNul(message, first + 1);
        if (!MailCharsets.isUtf8(message, 0, message.length)) {
            throw SyntaxFault.at(0, "UTF-8", RULE);
        }
        String authorize = text(message, 0, first);
        String user = text(message, first + 1, second);
        if (!authorize.isEmpty() && !authorize.equalsIgnoreCase(user)) {
            return new ImapSession.Outcome.Answered(
                    Answer.no(
                            ResponseCode.Word.AUTHORIZATIONFAILED,
                            "Nobody acts for somebody else here."));
        }
        return check(user, text(message, second + 1, message.length));
    }

    private static int indexOfNul(byte[] message, int from) {
        for (int i = from; i < message.length; i++) {
            if (message[i] == 0) {
                return i;
            }
        }
        throw SyntaxFault.at(message.length, "three texts with NUL between", RULE);
    }

    private static String text(byte[] message, int from, int to) {
        return new String(message, from, to - from, StandardCharsets.UTF_8);
    }

    private ImapSession.Outcome check(String user, String password) throws IOException {
        LoginResult result =
                session.services()
                        .login()
                        .check(
                                user,
                                Password.of(password),
                                Door.IMAP,
                                session.connection().remote().getAddress());
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
