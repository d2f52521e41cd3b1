package org.facteur.core.login;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.facteur.core.account.Door;
import org.facteur.wire.sasl.ChannelBinding;
import org.facteur.wire.sasl.SaslMechanism;
import org.facteur.wire.sasl.SaslServer;
import org.facteur.wire.sasl.SaslStep;
import org.facteur.wire.sasl.ScramLookup;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// One sign-in by SASL, whatever protocol carries it. One thread; used once.
///
/// The protocol sends what [Step.Challenge] holds and brings the response, until [Step.Done].
public final class SignIn {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 18;
    private static final Octets BAD_TOKEN = Octets.ofLatin1("{\"status\":\"invalid_token\"}");

    private final Login login;
    private final Door door;
    private final InetAddress source;
    private final SaslServer server;
    private final @Nullable TokenCheck tokens;
    private @Nullable LoginResult granted;
    private @Nullable LoginResult refused;

    /// What a line offers besides names and passwords.
    ///
    /// @param binding what an exchange can be bound to; null for nothing
    /// @param tokens who checks tokens; null for nobody
    public record Offer(@Nullable ChannelBinding binding, @Nullable TokenCheck tokens) {
        /// Names and passwords alone.
        public static final Offer PASSWORDS = new Offer(null, null);

        /// The mechanisms, the best first.
        public List<SaslMechanism> mechanisms() {
            return SaslMechanism.offered(binding != null, tokens != null);
        }
    }

    /// What the protocol does next.
    public sealed interface Step {
        /// Send this, in base64, and bring the response.
        record Challenge(Octets octets) implements Step {
            public Challenge {
                Objects.requireNonNull(octets);
            }
        }

        /// It is over.
        record Done(LoginResult result) implements Step {
            public Done {
                Objects.requireNonNull(result);
            }
        }
    }

    /// @param door which credentials may open
    /// @param source who is guessing, should it be wrong
    public SignIn(Login login, SaslMechanism mechanism, Door door, InetAddress source) {
        this(login, mechanism, door, source, Offer.PASSWORDS);
    }

    /// @param mechanism one of the offer's
    /// @param door which credentials may open
    /// @param source who is guessing, should it be wrong
    public SignIn(
            Login login, SaslMechanism mechanism, Door door, InetAddress source, Offer offer) {
        this.tokens = offer.tokens();
        this.login = login;
        this.door = door;
        this.source = source;
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        this.server =
                SaslServer.of(
                        mechanism,
                        this::lookup,
                        Base64.getEncoder().encodeToString(nonce),
                        offer.binding());
    }

    /// @param initial the initial response, base64 taken off; null for none, empty for an empty one
    /// @throws org.facteur.base.fault.Busy when too many passwords are being checked
    public Step begin(byte @Nullable [] initial) {
        if (login.blocked(source)) {
            return new Step.Done(new LoginResult.Blocked());
        }
        return initial == null ? judge(server.begin()) : judge(server.step(initial));
    }

    /// @param response base64 taken off
    /// @throws org.facteur.base.fault.Busy when too many passwords are being checked
    public Step respond(byte[] response) {
        LoginResult decided = granted;
        if (decided != null) {
            return response.length == 0 ? new Step.Done(decided) : denied();
        }
        LoginResult known = refused;
        return known == null ? judge(server.step(response)) : new Step.Done(known);
    }

    private Step judge(SaslStep step) {
        return switch (step) {
            case SaslStep.Challenge(Octets octets) -> new Step.Challenge(octets);
            case SaslStep.Credentials(String name, String password) ->
                    new Step.Done(login.check(name, Password.of(password), door, source));
            case SaslStep.Token(String name, String token) -> token(name, token);
            case SaslStep.Proof proof -> conclude(proof);
            case SaslStep.Failed _ -> denied();
        };
    }

    /// Who brings a bad token is told why, and has to answer that before it is over (RFC 7628
    /// §3.2.3).
    private Step token(@Nullable String name, String token) {
        TokenCheck checker = tokens;
        if (checker == null) {
            return denied();
        }
        LoginResult result = checker.check(name, token, door, source);
        if (result instanceof LoginResult.Denied) {
            refused = result;
            return new Step.Challenge(BAD_TOKEN);
        }
        return new Step.Done(result);
    }

    /// The server's proof goes only to whom is let in.
    private Step conclude(SaslStep.Proof proof) {
        LoginResult result = login.concludeScram(proof.name(), proof.credential(), door, source);
        if (!(result instanceof LoginResult.Granted)) {
            return new Step.Done(result);
        }
        granted = result;
        return new Step.Challenge(proof.outcome());
    }

    /// What is malformed was no guess.
    private static Step denied() {
        return new Step.Done(new LoginResult.Denied(Duration.ZERO));
    }

    private ScramLookup.Entry lookup(String name) {
        return new ScramLookup.Entry(
                Octets.copyOf(login.scramSalt(name)),
                ScramKeys.ITERATIONS,
                login.scramCandidates(name, door).stream()
                        .map(
                                candidate ->
                                        new ScramLookup.Keys(
                                                candidate.credential(),
                                                Octets.copyOf(candidate.keys().storedKey()),
                                                Octets.copyOf(candidate.keys().serverKey())))
                        .toList());
    }
}
