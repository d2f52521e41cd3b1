package org.facteur.wire.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.facteur.wire.text.DotStuffing;
import org.facteur.wire.text.LineFault;
import org.facteur.wire.text.LineReader;
import org.facteur.wire.text.SyntaxFault;

class SmtpFuzzTest {
    private static final SmtpParser PARSER = new SmtpParser(SmtpLimits.STANDARD);

    @FuzzTest
    void commandsAreReadOrFault(byte[] line) {
        SmtpCommand command;
        try {
            command = PARSER.parse(line, line.length % 2 == 0);
        } catch (SyntaxFault expected) {
            return;
        }
        if (command instanceof SmtpCommand.Mail || command instanceof SmtpCommand.Rcpt) {
            byte[] written = SmtpCommandWriter.write(command);
            byte[] again = java.util.Arrays.copyOf(written, written.length - 2);
            assertThat(PARSER.parse(again, true)).isEqualTo(command);
        }
    }

    @FuzzTest
    void repliesAreReadOrFault(byte[] octets) throws IOException {
        try {
            SmtpReply reply = new SmtpReplyReader(2048, 10).read(reader(octets));
            SmtpCapabilities.of(reply);
            assertThat(reply.toBytes()).isNotEmpty();
        } catch (SyntaxFault | LineFault | EOFException expected) {
            return;
        }
    }

    @FuzzTest
    void lettersEndWhereTheyEnd(byte[] octets) throws IOException {
        ByteArrayOutputStream letter = new ByteArrayOutputStream();
        DataReader data = new DataReader(letter::write, 2048);
        LineReader in = reader(octets);
        try {
            boolean more = true;
            while (more) {
                more = data.read(in);
            }
        } catch (EOFException expected) {
            return;
        }
        if (data.fault() == null) {
            ByteArrayOutputStream again = new ByteArrayOutputStream();
            DotStuffing stuffing = new DotStuffing(again);
            stuffing.write(letter.toByteArray(), 0, letter.size());
            stuffing.end();
            assertThat(again.size()).isLessThanOrEqualTo((int) data.octets() + 2);
        }
    }

    private static LineReader reader(byte[] octets) {
        ByteArrayInputStream in = new ByteArrayInputStream(octets);
        return new LineReader(in::read);
    }
}
