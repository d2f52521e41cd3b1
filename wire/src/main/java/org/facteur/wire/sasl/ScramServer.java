package org.facteur.wire.sasl;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// SCRAM-SHA-256: the password proves itself and never crosses the line (RFC 5802 §3, RFC 7677).
///
/// A name that does not exist takes the same course as one that does and fails at its end.
final class ScramServer implements SaslServer {
    private static final int SHORTEST_NONCE = 18;

    private final ScramLookup lookup;
    private final String ownNonce;
    private final @Nullable ChannelBinding binding;
    private final boolean bound;
    private @Nullable First first;
    private boolean over;

    /// What the first message and its answer settled.
    private record First(
            String name,
            String gs2Header,
            String nonce,
            String bareAndChallenge,
            ScramLookup.Entry entry) {}

    /// @param binding what is offered to be bound to; null for nothing
    /// @param bound whether the client chose to bind
    ScramServer(ScramLookup lookup, String nonce, @Nullable ChannelBinding binding, boolean bound) {
        this.lookup = lookup;
        this.binding = binding;
        this.bound = bound;
        this.ownNonce = ScramText.nonce(nonce);
        if (nonce.length() < SHORTEST_NONCE) {
            throw new IllegalArgumentException("a nonce of " + nonce.length());
        }
    }

    @Override
    public SaslStep begin() {
        return new SaslStep.Challenge(Octets.EMPTY);
    }

    @Override
    public SaslStep step(byte[] response) {
        if (over) {
            return new SaslStep.Failed("the exchange is over");
        }
        try {
            String message = SaslText.utf8(response);
            First begun = first;
            if (begun == null) {
                return first(message);
            }
            over = true;
            return last(begun, message);
        } catch (SyntaxFault fault) {
            over = true;
            return SaslText.failed(fault);
        }
    }

    // client-first-message = gs2-header client-first-message-bare
    // gs2-header = gs2-cbind-flag "," [ authzid ] ","    gs2-cbind-flag = ("p=" cb-name) / "n" /
    // "y"
    // client-first-message-bare = [reserved-mext ","] username "," nonce ["," extensions]
    private SaslStep first(String message) {
        List<String> parts = ScramText.split(message);
        if (parts.size() < 4) {
            throw SyntaxFault.at(message.length(), "a client-first-message", "RFC 5802 §7");
        }
        String flag = parts.get(0);
        checkFlag(flag);
        String name = ScramText.decodeName(ScramText.value(parts.get(2), 'n'));
        String authzid = parts.get(1);
        if (!authzid.isEmpty()
                && !ScramText.decodeName(ScramText.value(authzid, 'a')).equals(name)) {
            throw new SyntaxFault(-1, "one identity", null);
        }
        String nonce = ScramText.nonce(ScramText.value(parts.get(3), 'r')) + ownNonce;
        parts.subList(4, parts.size()).forEach(ScramText::checkExtension);
        String gs2Header = flag + "," + authzid + ",";
        ScramLookup.Entry entry = lookup.find(name);
        String challenge =
                "r="
                        + nonce
                        + ",s="
                        + Base64Text.encode(entry.salt().toArray())
                        + ",i="
                        + entry.iterations();
        first =
                new First(
                        name,
                        gs2Header,
                        nonce,
                        message.substring(gs2Header.length()) + "," + challenge,
                        entry);
        return new SaslStep.Challenge(SaslText.octets(challenge));
    }

    /// A client that could bind and believes that we cannot has been lied to by somebody between
    /// (RFC 5802 §6).
    private void checkFlag(String flag) {
        ChannelBinding offered = binding;
        if (bound && offered != null) {
            if (!flag.equals("p=" + offered.type())) {
                throw SyntaxFault.at(0, "a client that binds to " + offered.type(), "RFC 5802 §6");
            }
        } else if (!flag.equals("n") && !(flag.equals("y") && offered == null)) {
            throw SyntaxFault.at(0, "a client without channel binding", "RFC 5802 §6");
        }
    }

    // cbind-input = gs2-header [ cbind-data ]
    private Octets bindingInput(First begun) {
        ChannelBinding offered = binding;
        byte[] header = SaslText.octets(begun.gs2Header()).toArray();
        if (!bound || offered == null) {
            return Octets.copyOf(header);
        }
        byte[] data = offered.data().toArray();
        byte[] input = Arrays.copyOf(header, header.length + data.length);
        System.arraycopy(data, 0, input, header.length, data.length);
        return Octets.copyOf(input);
    }

    // client-final-message = client-final-message-without-proof "," proof
    // client-final-message-without-proof = channel-binding "," nonce ["," extensions]
    private SaslStep last(First begun, String message) {
        List<String> parts = ScramText.split(message);
        if (parts.size() < 3) {
            throw SyntaxFault.at(message.length(), "a client-final-message", "RFC 5802 §7");
        }
        byte[] given = ScramText.base64(ScramText.value(parts.get(0), 'c'));
        if (!Octets.copyOf(given).equals(bindingInput(begun))) {
            throw SyntaxFault.at(0, "the first message's header and this line", "RFC 5802 §7");
        }
        if (!ScramText.value(parts.get(1), 'r').equals(begun.nonce())) {
            throw SyntaxFault.at(0, "the nonce of this exchange", "RFC 5802 §5.1");
        }
        parts.subList(2, parts.size() - 1).forEach(ScramText::checkExtension);
        byte[] proof = ScramText.base64(ScramText.value(parts.getLast(), 'p'));
        if (proof.length != ScramSums.LENGTH) {
            throw SyntaxFault.at(0, "a proof of 32 octets", "RFC 7677 §3");
        }
        String bare = message.substring(0, message.length() - parts.getLast().length() - 1);
        return judge(begun, proof, begun.bareAndChallenge() + "," + bare);
    }

    /// Tries every candidate, also after one fitted, so that time tells nothing.
    private static SaslStep judge(First begun, byte[] proof, String authMessage) {
        Long found = null;
        byte[] serverKey = new byte[ScramSums.LENGTH];
        fits(serverKey, proof, authMessage);
        for (ScramLookup.Keys keys : begun.entry().keys()) {
            if (fits(keys.storedKey().toArray(), proof, authMessage) && found == null) {
                found = keys.credential();
                serverKey = keys.serverKey().toArray();
            }
        }
        String outcome = "v=" + Base64Text.encode(ScramSums.hmac(serverKey, authMessage));
        return new SaslStep.Proof(begun.name(), found, SaslText.octets(outcome));
    }

    private static boolean fits(byte[] storedKey, byte[] proof, String authMessage) {
        byte[] clientKey = ScramSums.xor(proof, ScramSums.hmac(storedKey, authMessage));
        return MessageDigest.isEqual(ScramSums.hash(clientKey), storedKey);
    }
}
