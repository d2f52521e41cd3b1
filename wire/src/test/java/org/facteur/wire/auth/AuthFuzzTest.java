package org.facteur.wire.auth;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.facteur.wire.text.SyntaxFault;

/// Whatever letters say and the DNS answers, something is judged.
class AuthFuzzTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    @FuzzTest
    void lettersAreJudged(byte[] octets) {
        SignedLetter.Reader reader = new SignedLetter.Reader(4096, Set.of());
        reader.accept(octets, 0, octets.length);
        SignedLetter letter = reader.finish();
        DnsLookup keys =
                question ->
                        new DnsLookup.Found(
                                List.of(
                                        "k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
                                        new String(octets, StandardCharsets.ISO_8859_1)));
        for (int i = 0; i < letter.signatures(); i++) {
            new DkimVerifier(letter, keys, NOW).judge(i);
        }
        ArcVerifier.judge(letter, keys, NOW);
    }

    @FuzzTest
    void policiesAreFollowed(FuzzedDataProvider data) {
        String domain = data.consumeString(80);
        String sender = data.consumeString(80);
        DnsLookup world =
                question ->
                        switch (data.consumeInt(0, 3)) {
                            case 0 -> new DnsLookup.NoName();
                            case 1 -> new DnsLookup.Failed();
                            case 2 ->
                                    new DnsLookup.Found(
                                            List.of("v=spf1 " + data.consumeAsciiString(200)));
                            default ->
                                    new DnsLookup.Found(
                                            List.of("v=DMARC1; " + data.consumeAsciiString(200)));
                        };
        SpfResult spf =
                SpfCheck.of(
                        new SpfCheck.Question(
                                IpAddress.of(new byte[] {1, 2, 3, 4}),
                                sender,
                                domain,
                                "mx.example.org",
                                NOW),
                        world);
        new DmarcCheck(world).judge(domain, spf, List.of());
        ReverseCheck.of(IpAddress.of(new byte[16]), world);
    }

    @FuzzTest
    void resultsAreReadOrFault(FuzzedDataProvider data) {
        String value = data.consumeString(500);
        AuthenticationResults written =
                new AuthenticationResults(
                        "mx.example.org",
                        List.of(
                                new AuthenticationResults.Finding(
                                        "spf",
                                        "none",
                                        value,
                                        List.of(
                                                new AuthenticationResults.Property(
                                                        "smtp.helo", value)))));
        String field = written.toField();
        if (AuthenticationResults.parse(field.substring(field.indexOf(':') + 1)).findings().size()
                != 1) {
            throw new AssertionError(field);
        }
        try {
            AuthenticationResults.parse(data.consumeRemainingAsString());
        } catch (SyntaxFault expected) {
            // The documented answer.
        }
    }
}
