package org.facteur.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;

/// Each letter goes through whole, octet by octet, and at random splits.
class HeaderGateTest {
    private static final Domain HOST = Domain.parse("mail.example.org");
    private static final EntryRules RECEPTION = EntryRules.reception(HOST);
    static final EntryRules SUBMISSION =
            EntryRules.submission(
                    new EntryRules.Completion("id-1", HOST, Instant.parse("2026-01-02T03:04:05Z")));
    static final int LIMIT = 2000;

    record Passed(String letter, List<EmailAddress> deliveredTo) {}

    static Passed pass(EntryRules rules, byte[] letter, Random random, int most) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HeaderGate gate = new HeaderGate(rules, LIMIT, out::write);
        int at = 0;
        while (at < letter.length) {
            int some = Math.min(letter.length - at, 1 + random.nextInt(most));
            gate.write(letter, at, some);
            at += some;
        }
        gate.finish();
        return new Passed(out.toString(StandardCharsets.ISO_8859_1), gate.deliveredTo());
    }

    private static Passed pass(EntryRules rules, String letter) {
        byte[] octets = letter.getBytes(StandardCharsets.ISO_8859_1);
        Passed whole = pass(rules, octets, new Random(1), 1_000_000);
        assertThat(pass(rules, octets, new Random(1), 1)).isEqualTo(whole);
        for (int seed = 0; seed < 20; seed++) {
            assertThat(pass(rules, octets, new Random(seed), 30)).isEqualTo(whole);
        }
        return whole;
    }

    @Test
    void marksOfOthersAreRemoved() {
        Passed passed =
                pass(
                        RECEPTION,
                        "Return-Path: <x@y.example>\r\n"
                                + "Received: from a\r\n by b\r\n"
                                + "Delivered-To: alice@example.org\r\n"
                                + "delivered-to : no address\r\n"
                                + "X-Facteur-Verdict: good\r\n\tvery\r\n"
                                + "X-Facteur: stays\r\n"
                                + "Authentication-Results: mail.example.org; spf=pass\r\n"
                                + "Authentication-Results:\r\n (a (b) \\) )\r\n"
                                + " MAIL.example.org. 1; dkim=pass\r\n"
                                + "Authentication-Results: \"mail.example.org\"; dkim=pass\r\n"
                                + "Authentication-Results: other.example; dkim=pass\r\n"
                                + "From: a@b.example\r\n"
                                + "Bcc: c@d.example\r\n"
                                + "\r\nReturn-Path: in the text\r\n");
        assertThat(passed.letter())
                .isEqualTo(
                        "Received: from a\r\n by b\r\n"
                                + "X-Facteur: stays\r\n"
                                + "Authentication-Results: other.example; dkim=pass\r\n"
                                + "From: a@b.example\r\n"
                                + "Bcc: c@d.example\r\n"
                                + "\r\nReturn-Path: in the text\r\n");
        assertThat(passed.deliveredTo()).containsExactly(EmailAddress.parse("alice@example.org"));
    }

    @Test
    void aServerBesideUsMayJudgeInOurName() {
        String judged = "Authentication-Results: mail.example.org; spf=pass\r\n\r\n";
        assertThat(pass(EntryRules.trusted(), judged).letter()).isEqualTo(judged);
        assertThat(pass(RECEPTION, judged).letter()).isEqualTo("\r\n");
    }

    @Test
    void whatASubmittedLetterLacksIsAdded() {
        assertThat(pass(SUBMISSION, "From: a@b.example\r\nBCC: c@d.example\r\n\r\nx\r\n").letter())
                .startsWith("From: a@b.example\r\nDate: Fri, ")
                .endsWith("\r\nMessage-ID: <id-1@mail.example.org>\r\n\r\nx\r\n");
        String whole = "date: x\r\nMessage-Id : y\r\n\r\nx\r\n";
        assertThat(pass(SUBMISSION, whole).letter()).isEqualTo(whole);
        assertThat(pass(SUBMISSION, "Date: x\r\n\r\n").letter())
                .isEqualTo("Date: x\r\nMessage-ID: <id-1@mail.example.org>\r\n\r\n");
        assertThat(pass(SUBMISSION, "Date: x").letter())
                .isEqualTo("Date: x\r\nMessage-ID: <id-1@mail.example.org>\r\n");
        assertThat(pass(SUBMISSION, "Date: x\r\nMessage-ID: y\r\nno field\r\n").letter())
                .isEqualTo("Date: x\r\nMessage-ID: y\r\nno field\r\n");
        assertThat(pass(SUBMISSION, "").letter()).contains("Date: ").contains("Message-ID: ");
    }

    @Test
    void aHeaderWithoutEndIsRefused() {
        assertThatThrownBy(() -> pass(RECEPTION, "Return-Path: x\r\n".repeat(200)))
                .isInstanceOf(SyntaxFault.class);
        String body = "\r\n" + "Return-Path: x\r\n".repeat(200);
        assertThat(pass(RECEPTION, body).letter()).isEqualTo(body);
    }
}
