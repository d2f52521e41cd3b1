package org.facteur.edge.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whole conversations in several states: every answer is one, nothing breaks, nothing is delivered
/// that was not accepted.
class SmtpSessionFuzzTest {
    private static final String PLAIN =
            Base64.getEncoder()
                    .encodeToString(
                            ("\0alice@example.org\0" + TestOffice.PASSWORD)
                                    .getBytes(StandardCharsets.US_ASCII));
    private static final String ENVELOPE =
            "MAIL FROM:<alice@example.org>\r\nRCPT TO:<bob@example.org>\r\n";

    private record State(SmtpRole role, String said) {}

    private static final List<State> STATES =
            List.of(
                    new State(SmtpRole.RECEPTION, ""),
                    new State(SmtpRole.RECEPTION, "EHLO x.example\r\n"),
                    new State(SmtpRole.RECEPTION, "EHLO x.example\r\n" + ENVELOPE),
                    new State(SmtpRole.RECEPTION, "EHLO x.example\r\n" + ENVELOPE + "DATA\r\n"),
                    new State(SmtpRole.RECEPTION, "EHLO x.example\r\n" + ENVELOPE + "BDAT 20\r\n"),
                    new State(SmtpRole.LMTP, "LHLO x.example\r\n" + ENVELOPE),
                    new State(SmtpRole.LMTP, "LHLO x.example\r\n" + ENVELOPE + "BDAT 9 LAST\r\n"),
                    new State(SmtpRole.SUBMISSION, "EHLO x.example\r\nAUTH PLAIN\r\n"),
                    new State(
                            SmtpRole.SUBMISSION,
                            "EHLO x.example\r\nAUTH PLAIN " + PLAIN + "\r\n" + ENVELOPE));

    private static @Nullable TestOffice office;

    private static TestOffice office() throws IOException {
        TestOffice known = office;
        if (known == null) {
            Path keys = Files.createTempDirectory("keys");
            known = new TestOffice(keys);
            office = known;
            known.setPassword(known.alice);
        }
        return known;
    }

    @FuzzTest
    void everyConversationIsOne(FuzzedDataProvider data) throws IOException {
        State state = data.pickValue(STATES);
        int piece = data.consumeInt(1, 200);
        byte[] rest = data.consumeRemainingAsBytes();
        byte[] said = state.said().getBytes(StandardCharsets.US_ASCII);
        byte[] script = java.util.Arrays.copyOf(said, said.length + rest.length);
        System.arraycopy(rest, 0, script, said.length, rest.length);
        ScriptedPeer peer = new ScriptedPeer(script, piece, false);
        SmtpSettings settings = TestOffice.quick(state.role()).withInsecurePlaintextLogin();
        try {
            new SmtpServer(settings, office().services, () -> false).run(peer);
        } catch (EOFException left) {
            // It left inside a letter or a line.
            assertThat(peer.heard()).isNotEmpty();
        }
        for (String line : peer.heard().split("\r\n", -1)) {
            StrictReplies.check(line);
            assertThat(line).doesNotContain("incident");
        }
    }
}
