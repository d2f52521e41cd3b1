package org.facteur.wire.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;

class DispositionNoticeTest {
    /// The example of RFC 8098 §9.
    @Test
    void thePublishedExampleIsRead() {
        String body =
                """
                Reporting-UA: joes-pc.cs.example.com; Foomail 97.1\r
                Original-Recipient: rfc822;Joe_Recipient@example.com\r
                Final-Recipient: rfc822;Joe_Recipient@example.com\r
                Original-Message-ID: <199509192301.23456@example.org>\r
                Disposition: manual-action/MDN-sent-manually; displayed\r
                """;
        DispositionNotice notice =
                DispositionNoticeFormat.read(body.getBytes(StandardCharsets.UTF_8));
        assertThat(notice.disposition())
                .isEqualTo(new Disposition(true, true, Disposition.Type.DISPLAYED));
        assertThat(notice.finalRecipient().value()).isEqualTo("rfc822;Joe_Recipient@example.com");
        assertThat(
                        new String(
                                DispositionNoticeFormat.write(notice).toArray(),
                                StandardCharsets.UTF_8))
                .isEqualTo(body);
    }

    @Test
    void everythingThatCanBeSaidGoesThere() {
        DispositionNotice notice =
                new DispositionNotice(
                        new HeaderText("rfc822; a@b.example"),
                        null,
                        null,
                        new Disposition(false, false, Disposition.Type.DELETED),
                        new DispositionNotice.Details(
                                null,
                                new HeaderText("x400; gate"),
                                List.of(new HeaderText("one"), new HeaderText("two")),
                                Map.of("X-More", new HeaderText("said"))));
        assertThat(DispositionNoticeFormat.read(DispositionNoticeFormat.write(notice).toArray()))
                .isEqualTo(notice);
    }

    @Test
    void whatSaysNothingIsRefused() {
        for (String body :
                List.of("", "Final-Recipient: rfc822; a@b\r\n", "Disposition: displayed\r\n")) {
            assertThatThrownBy(
                            () ->
                                    DispositionNoticeFormat.read(
                                            body.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(SyntaxFault.class);
        }
        assertThatThrownBy(() -> Disposition.parse("manual-action; displayed"))
                .isInstanceOf(SyntaxFault.class);
    }
}
