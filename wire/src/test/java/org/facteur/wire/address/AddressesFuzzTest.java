package org.facteur.wire.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.facteur.wire.text.SyntaxFault;

class AddressesFuzzTest {
    @FuzzTest
    void aMailboxReadsBackAsItself(byte[] text) {
        try {
            EmailAddress address = EmailAddress.parse(text);
            assertThat(EmailAddress.parse(address.toString())).isEqualTo(address);
            assertThat(Domain.parse(address.domain().toUnicode())).isEqualTo(address.domain());
        } catch (SyntaxFault fault) {
            assertThat(fault.expected()).isNotEmpty();
        }
    }

    @FuzzTest
    void listsNeverFail(byte[] field) {
        assertThat(AddressList.decode(field, AddressList.MOST))
                .hasSizeLessThanOrEqualTo(AddressList.MOST);
    }

    @FuzzTest
    void rewrittenSendersAreReadOrNone(byte[] text) {
        try {
            LocalPart local =
                    LocalPart.of(new String(text, java.nio.charset.StandardCharsets.UTF_8));
            RewrittenSender.find(local)
                    .ifPresent(
                            found ->
                                    assertThat(RewrittenSender.find(LocalPart.of(found.local())))
                                            .contains(found));
        } catch (SyntaxFault fault) {
            assertThat(fault.expected()).isNotEmpty();
        }
    }
}
