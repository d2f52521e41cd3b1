package org.facteur.wire.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/// Octets that were commands and responses before they were damaged: nothing but refusals comes of
/// them.
class ImapHostileTest {
    private static byte[] damaged(byte[] octets, Random random) {
        byte[] copy = octets.clone();
        String interesting = "(){}[]\"\\*%&$<>+-,:;.~0 9\r\n\0\u00e9";
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && copy.length > 0; i++) {
            copy[random.nextInt(copy.length)] =
                    (byte) interesting.charAt(random.nextInt(interesting.length()));
        }
        return copy;
    }

    @Test
    void damagedCommandsAreCommandsOrRefusals() {
        Random random = new Random(42);
        List<String> lines =
                Stream.concat(ImapParserTest.EXAMPLES.stream(), ImapParserTest.SEARCHES.stream())
                        .map(Arguments::get)
                        .map(arguments -> "a " + arguments[0])
                        .toList();
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = damaged(Pieces.octets(lines.get(i % lines.size())), random);
            ImapCommandAssembler assembler =
                    new ImapCommandAssembler(
                            ImapLimits.AFTER_LOGIN, ImapDialect.server(i % 2 == 0));
            AssemblyStep step = assembler.line(octets);
            if (step instanceof AssemblyStep.Complete(var command)) {
                rereads(command, i % 2 == 0);
            }
        }
    }

    /// What was understood is written so that it is understood the same.
    private static void rereads(TaggedCommand command, boolean utf8) {
        if (command.command() instanceof ImapCommand.ListMailboxes) {
            return; // has two spellings when it is extended without options
        }
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        new ImapCommandWriter(utf8, true)
                .write(command)
                .forEach(segment -> sent.writeBytes(segment.octets().toArray()));
        byte[] written = Arrays.copyOf(sent.toByteArray(), sent.size() - 2);
        ImapParser parser =
                new ImapParser(ImapLimits.AFTER_LOGIN.grammar(), ImapDialect.strict(utf8));
        assertThat(parser.parse(written)).isEqualTo(command);
    }

    @Test
    void damagedResponsesAreResponsesOrFaults() {
        Random random = new Random(43);
        List<String> lines =
                List.of(
                        "* LIST (\\Sent) \"/\" \"a b\" (\"CHILDINFO\" (\"SUBSCRIBED\"))",
                        "* 1 FETCH (ENVELOPE (\"a\" ((\"b\" NIL \"c\" \"d\"))) UID 7 FLAGS (\\Seen))",
                        "* 1 FETCH (BODY[1.HEADER.FIELDS (a b)]<5> {2}\r\nab MODSEQ (4))",
                        "a OK [COPYUID 1 2:3,5 7:9] Done",
                        "* ESEARCH (TAG \"a\") UID PARTIAL (1:5 4:7) MODSEQ 5",
                        "* NAMESPACE ((\"\" \"/\")) NIL NIL",
                        "* STATUS x (MESSAGES 4 MAILBOXID (a))");
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = damaged(Pieces.octets(lines.get(i % lines.size())), random);
            try {
                rereads(ImapReader.parse(octets, i % 2 == 0), i % 2 == 0);
            } catch (SyntaxFault fault) {
                assertThat(fault.expected()).isNotEmpty();
            }
        }
    }

    private static void rereads(ImapResponse response, boolean utf8) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImapWriter writer = new ImapWriter(out::write, utf8);
        try {
            writer.write(response);
            writer.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        byte[] written = Arrays.copyOf(out.toByteArray(), out.size() - 2);
        ImapResponse again;
        try {
            again = ImapReader.parse(written, utf8);
        } catch (SyntaxFault fault) {
            throw new AssertionError(out.toString(StandardCharsets.UTF_8), fault);
        }
        if (!(response instanceof ImapResponse.Condition)) {
            assertThat(again).isEqualTo(response);
        }
    }
}
