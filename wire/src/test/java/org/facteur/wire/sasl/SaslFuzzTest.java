package org.facteur.wire.sasl;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;

class SaslFuzzTest {
    @FuzzTest
    void everyServerAnswersEveryResponse(FuzzedDataProvider data) {
        SaslServer server =
                SaslServer.of(
                        data.pickValue(SaslMechanism.values()),
                        name ->
                                new ScramLookup.Entry(
                                        Octets.ofLatin1("saltsaltsalt"), 4096, List.of()),
                        "nonce-of-the-server-side",
                        new ChannelBinding("x", Octets.ofLatin1("line")));
        for (int i = 0; i < 3 && data.remainingBytes() > 0; i++) {
            server.step(data.consumeBytes(200));
        }
    }

    @FuzzTest
    void aClientAnswersOrFaults(FuzzedDataProvider data) {
        SaslClient client = SaslClient.scram("user", "pencil", "abc");
        try {
            client.answer(data.consumeBytes(200));
            client.answer(data.consumeRemainingAsBytes());
        } catch (SyntaxFault expected) {
            return;
        }
    }
}
