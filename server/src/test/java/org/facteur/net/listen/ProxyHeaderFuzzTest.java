package org.facteur.net.listen;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.facteur.wire.text.SyntaxFault;

class ProxyHeaderFuzzTest {
    @FuzzTest
    void headersAreReadOrFault(byte[] octets) {
        try {
            ProxyHeader header = ProxyHeader.parse(octets, octets.length);
            if (header != null) {
                assertThat(header.length()).isBetween(15, octets.length);
            }
        } catch (SyntaxFault expected) {
            return;
        }
    }
}
