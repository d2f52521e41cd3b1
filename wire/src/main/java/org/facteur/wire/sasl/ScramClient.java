package org.facteur.wire.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// SCRAM-SHA-256, bound to its line or not (RFC 5802 §3, RFC 7677).
final class ScramClient implements SaslClient {
    private static final int FEWEST_ROUNDS = 4096;
    private static final int MOST_ROUNDS = 1_000_000;
    private static final int SHORTEST_SALT = 4;

    private final String password;
    private final String nonce;
    private final String bare;
    private final @Nullable ChannelBinding binding;
    private byte @Nullable [] expected;
    private boolean satisfied;

    /// @param binding what the line is bound to; null for nothing
    ScramClient(String name, String password, String nonce, @Nullable ChannelBinding binding) {
        this.binding = binding;
        this.password = Normalizer.normalize(password, Normalizer.Form.NFKC);
        this.nonce = ScramText.nonce(nonce);
        this.bare = "n=" + ScramText.encodeName(SaslText.name(name)) + ",r=" + nonce;
    }

    @Override
    public SaslMechanism mechanism() {
        return binding == null ? SaslMechanism.SCRAM_SHA_256 : SaslMechanism.SCRAM_SHA_256_PLUS;
    }

    @Override
    public Octets first() {
        return SaslText.octets(header() + bare);
    }

    // gs2-header = gs2-cbind-flag "," [ authzid ] ","
    private String header() {
        return binding == null ? "n,," : "p=" + binding.type() + ",,";
    }

    // cbind-input = gs2-header [ cbind-data ]
    private byte[] bindingInput() {
        byte[] header = header().getBytes(StandardCharsets.US_ASCII);
        byte[] data = binding == null ? new byte[0] : binding.data().toArray();
        byte[] input = Arrays.copyOf(header, header.length + data.length);
        System.arraycopy(data, 0, input, header.length, data.length);
        return input;
    }

    @Override
    public Octets answer(byte[] challenge) {
        if (satisfied) {
            throw SyntaxFault.at(0, "no further challenge", "RFC 5802 §5");
        }
        byte[] signature = expected;
        if (signature != null) {
            return checkServer(SaslText.utf8(challenge), signature);
        }
        return prove(SaslText.utf8(challenge));
    }

    // server-first-message = [reserved-mext ","] nonce "," salt "," iteration-count [","
    // extensions]
    private Octets prove(String challenge) {
        List<String> parts = ScramText.split(challenge);
        if (parts.size() < 3) {
            throw SyntaxFault.at(0, "a server-first-message", "RFC 5802 §7");
        }
        String whole = ScramText.nonce(ScramText.value(parts.get(0), 'r'));
        if (!whole.startsWith(nonce) || whole.length() == nonce.length()) {
            throw SyntaxFault.at(0, "our nonce and more", "RFC 5802 §5.1");
        }
        byte[] salt = ScramText.base64(ScramText.value(parts.get(1), 's'));
        if (salt.length < SHORTEST_SALT) {
            throw SyntaxFault.at(0, "a salt", "RFC 5802 §5.1");
        }
        int rounds = rounds(ScramText.value(parts.get(2), 'i'));
        parts.subList(3, parts.size()).forEach(ScramText::checkExtension);
        String last = "c=" + Base64Text.encode(bindingInput());
        last += ",r=" + whole;
        String authMessage = bare + "," + challenge + "," + last;
        byte[] salted = ScramSums.salted(password, salt, rounds);
        byte[] clientKey = ScramSums.hmac(salted, "Client Key");
        byte[] signature = ScramSums.hmac(ScramSums.hash(clientKey), authMessage);
        expected = ScramSums.hmac(ScramSums.hmac(salted, "Server Key"), authMessage);
        return SaslText.octets(
                last + ",p=" + Base64Text.encode(ScramSums.xor(clientKey, signature)));
    }

    // server-final-message = (server-error / verifier) ["," extensions]    verifier = "v=" base64
    private Octets checkServer(String message, byte[] signature) {
        byte[] given = ScramText.base64(ScramText.value(ScramText.split(message).getFirst(), 'v'));
        if (!MessageDigest.isEqual(given, signature)) {
            throw SyntaxFault.at(0, "the proof of a server that knows us", "RFC 5802 §5.1");
        }
        satisfied = true;
        return Octets.EMPTY;
    }

    // iteration-count = "i=" posit-number
    private static int rounds(String digits) {
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            boolean digit = c >= (i == 0 ? '1' : '0') && c <= '9';
            number = digit && number <= MOST_ROUNDS ? number * 10 + c - '0' : Integer.MAX_VALUE;
            if (number > MOST_ROUNDS) {
                break;
            }
        }
        if (number < FEWEST_ROUNDS || number > MOST_ROUNDS) {
            throw SyntaxFault.at(0, "4,096 to 1,000,000 rounds", "RFC 7677 §4");
        }
        return number;
    }

    @Override
    public boolean satisfied() {
        return satisfied;
    }
}
