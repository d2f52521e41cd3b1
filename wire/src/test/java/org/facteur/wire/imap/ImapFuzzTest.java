package org.facteur.wire.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.facteur.wire.text.LineFault;
import org.facteur.wire.text.LineReader;
import org.facteur.wire.text.SyntaxFault;

class ImapFuzzTest {
    @FuzzTest
    void aSessionReadsAnything(byte[] octets) {
        for (LineReader reader : List.of(Pieces.readers(octets).getFirst())) {
            try {
                Session.run(
                        reader,
                        new ImapCommandAssembler(
                                ImapLimits.AFTER_LOGIN.withAppendOctets(1 << 16),
                                ImapDialect.server(false)));
            } catch (UncheckedIOException ended) {
                assertThat(ended).hasMessageContaining("ended inside");
            }
        }
    }

    @FuzzTest
    void aCommandReadIsWrittenAndReadTheSame(byte[] octets) {
        ImapDialect dialect = ImapDialect.strict(true);
        ImapParser parser = new ImapParser(ImapLimits.AFTER_LOGIN.grammar(), dialect);
        TaggedCommand command;
        try {
            command = parser.parse(octets);
        } catch (SyntaxFault _) {
            return;
        }
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        new ImapCommandWriter(true, true)
                .write(command)
                .forEach(segment -> sent.writeBytes(segment.octets().toArray()));
        byte[] written = sent.toByteArray();
        byte[] withoutEnd = Arrays.copyOf(written, written.length - 2);
        if (!(command.command() instanceof ImapCommand.ListMailboxes)) {
            assertThat(parser.parse(withoutEnd)).isEqualTo(command);
        }
    }

    @FuzzTest
    void aResponseReadIsWrittenAndReadTheSame(byte[] octets) throws IOException {
        ImapResponse response;
        try {
            response = ImapReader.parse(octets, true);
        } catch (SyntaxFault _) {
            return;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImapWriter writer = new ImapWriter(out::write, true);
        writer.write(response);
        writer.flush();
        try {
            ImapReader reader =
                    new ImapReader(Pieces.readers(out.toByteArray()).getFirst(), 1 << 20, 1 << 21);
            reader.utf8(true);
            ImapResponse again = reader.read();
            if (!(response instanceof ImapResponse.Condition)
                    && !(response instanceof ImapResponse.Continue)) {
                assertThat(again).isEqualTo(response);
            }
        } catch (LineFault fault) {
            assertThat(fault.kind()).isNotNull();
        }
    }

    @FuzzTest
    void aPatternMatchesInBoundedTime(FuzzedDataProvider data) {
        ListPattern pattern = new ListPattern("", data.consumeString(255));
        String name = data.consumeAsciiString(255);
        if (!name.isEmpty() && name.chars().noneMatch(Character::isISOControl)) {
            MailboxPath mailbox = new MailboxPath(name);
            pattern.matches(mailbox);
            pattern.mayMatchBelow(mailbox);
        }
    }
}
