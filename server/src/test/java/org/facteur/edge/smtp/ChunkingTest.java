package org.facteur.edge.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.facteur.core.account.Quota;
import org.facteur.net.listen.ListenerSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// CHUNKING and BINARYMIME (RFC 3030).
class ChunkingTest {
    private TestOffice office;
    private InetSocketAddress door;

    @BeforeEach
    void open(@TempDir Path keys) throws Exception {
        office = new TestOffice(keys);
        door = office.listen(SmtpRole.RECEPTION);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private static Talk announced(InetSocketAddress door) throws Exception {
        Talk talk = Talk.greeted(door);
        talk.say("MAIL FROM:<z@far.example>", "250");
        talk.say("RCPT TO:<bob@example.org>", "250");
        return talk;
    }

    @Test
    void aLetterComesInChunks() throws Exception {
        try (Talk talk = announced(door)) {
            talk.send("BDAT 10\r\nSubject: x").expect("250 2.0.0");
            talk.send("BDAT 0\r\n").expect("250 2.0.0");
            talk.send("BDAT 12\r\n\r\n\r\n.\r\none\r\nBDAT 5 LAST\r\ntwo\r\nNOOP\r\n");
            talk.expect("250 2.0.0 Chunk");
            talk.expect("250 2.0.0 Letter");
            talk.expect("250 2.0.0 OK");
        }
        assertThat(office.inbox(office.bob))
                .singleElement()
                .asString()
                .endsWith("\r\nSubject: x\r\n\r\n.\r\none\r\ntwo\r\n");
    }

    @Test
    void chunksOfTwoLettersInOneWriteAreKeptApart() throws Exception {
        try (Talk talk = Talk.greeted(door)) {
            String envelope = "MAIL FROM:<>\r\nRCPT TO:<bob@example.org>\r\n";
            talk.send(
                    envelope
                            + "BDAT 8\r\na: 1\r\n\r\nBDAT 3 LAST\r\nx\r\n"
                            + envelope
                            + "BDAT 0 LAST\r\n"
                            + envelope
                            + "BDAT 11 LAST\r\na: 2\r\n\r\ny\r\nQUIT\r\n");
            for (int i = 0; i < 2; i++) {
                talk.expect("250 2.1.0");
                talk.expect("250 2.1.5");
                talk.expect(i == 0 ? "250 2.0.0 Chunk" : "250 2.0.0 Letter");
                if (i == 0) {
                    talk.expect("250 2.0.0 Letter");
                }
            }
            talk.expect("250 2.1.0");
            talk.expect("250 2.1.5");
            talk.expect("250 2.0.0 Letter");
            talk.expect("221");
        }
        assertThat(office.inbox(office.bob)).hasSize(3);
        assertThat(office.inbox(office.bob).getFirst()).endsWith("a: 1\r\n\r\nx\r\n");
        assertThat(office.inbox(office.bob).getLast()).endsWith("a: 2\r\n\r\ny\r\n");
    }

    @Test
    void dataAndChunksDoNotMix() throws Exception {
        try (Talk talk = announced(door)) {
            talk.send("BDAT 4\r\na: b").expect("250");
            talk.say("DATA", "503 5.5.1");
            talk.say("RCPT TO:<alice@example.org>", "503 5.5.1");
            talk.say("MAIL FROM:<>", "503 5.5.1");
            talk.say("STARTTLS", "503 5.5.1");
            talk.say("NOOP", "250");
            talk.say("RSET", "250");
            talk.send("BDAT 2 LAST\r\nxx").expect("503 5.5.1");
            talk.say("MAIL FROM:<> BODY=BINARYMIME", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("DATA", "503 5.5.1");
            talk.send("BDAT 7 LAST\r\n\n\r\u0000\ra\nb").expect("250");
        }
        assertThat(office.inbox(office.bob))
                .singleElement()
                .asString()
                .endsWith("\n\r\u0000\ra\nb");
        assertThat(office.inbox(office.alice)).isEmpty();
    }

    @Test
    void octetsOfARefusedChunkAreNoCommands() throws Exception {
        try (Talk talk = Talk.greeted(door)) {
            talk.send("BDAT 6\r\nQUIT\r\n").expect("503 5.5.1");
            talk.say("MAIL FROM:<>", "250");
            talk.send("BDAT 6\r\nQUIT\r\nBDAT 6 LAST\r\nQUIT\r\n");
            talk.expect("554 5.5.1");
            talk.expect("554 5.5.1");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.send("BDAT 3\r\na\nb").expect("550 5.6.0");
            for (int i = 0; i < 30; i++) {
                talk.send("BDAT 6\r\nQUIT\r\n").expect("503 5.5.1");
            }
            talk.send("BDAT 6 LAST\r\nQUIT\r\n").expect("503 5.5.1");
            talk.say("MAIL FROM:<>", "250");
            talk.say("RSET", "250");
            talk.send("BDAT x\r\n").expect("501 5.5.4");
            talk.expectEnd();
        }
        assertThat(office.inbox(office.bob)).isEmpty();
    }

    @Test
    void whatIsTooLargeIsTakenAndRefused() throws Exception {
        InetSocketAddress small =
                office.listen(
                        TestOffice.quick(SmtpRole.RECEPTION).withSize(64 * 1024),
                        ListenerSettings.Security.OFFERED);
        try (Talk talk = announced(small)) {
            talk.send("BDAT 60000\r\n" + "x".repeat(58) + "\r\n" + "y: zzz\r\n".repeat(7492));
            talk.send("..\r\n").expect("250");
            talk.send("BDAT 6000\r\n" + "QUIT\r\n".repeat(1000)).expect("552 5.3.4");
            talk.send("BDAT 6 LAST\r\nQUIT\r\n").expect("503");
            talk.say("NOOP", "250");
            talk.say("MAIL FROM:<>", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.send("BDAT 66000 LAST\r\n" + "QUIT\r\n".repeat(11_000)).expect("552 5.3.4");
            talk.say("MAIL FROM:<>", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.say("BDAT 99999999999 LAST", "552 5.3.4");
            talk.expectEnd();
        }
        assertThat(office.inbox(office.bob)).isEmpty();
    }

    @Test
    void chunksAreCounted() throws Exception {
        SmtpSettings settings =
                TestOffice.quick(SmtpRole.RECEPTION)
                        .with(new SmtpSettings.Counts(1000, 100, 20, 100, 10, 3));
        InetSocketAddress few = office.listen(settings, ListenerSettings.Security.OFFERED);
        try (Talk talk = announced(few)) {
            for (int i = 0; i < 3; i++) {
                talk.send("BDAT 3\r\na\r\n").expect("250");
            }
            talk.send("BDAT 3 LAST\r\na\r\n").expect("421 4.7.0");
            talk.expectEnd();
        }
    }

    @Test
    void lmtpAnswersOnceForAChunkAndForEachAtTheEnd() throws Exception {
        office.editor.setQuota(office.bob.id(), new Quota(100, 10));
        try (Talk talk = Talk.with(office.listen(SmtpRole.LMTP))) {
            talk.expect("220");
            talk.say("LHLO x.example", "250");
            talk.say("MAIL FROM:<z@far.example>", "250");
            talk.say("RCPT TO:<alice@example.org>", "250");
            talk.say("RCPT TO:<bob@example.org>", "250");
            talk.send(
                    "BDAT 8\r\na: b\r\n\r\nBDAT 300 LAST\r\n" + "xxxx\r\n".repeat(50) + "NOOP\r\n");
            talk.expect("250 2.0.0 Chunk");
            talk.expect("250 2.0.0 Letter");
            talk.expect("552 5.2.2");
            talk.expect("250 2.0.0 OK");
        }
        assertThat(office.inbox(office.alice)).hasSize(1);
    }
}
