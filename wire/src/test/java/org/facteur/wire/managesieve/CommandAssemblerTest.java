package org.facteur.wire.managesieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.facteur.wire.text.LineReader;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandAssemblerTest {
    private static final ManageSieveLimits SMALL = new ManageSieveLimits(2_000, 100, 200);
    private static final String TALK =
            "CAPABILITY\r\n"
                    + "authenticate \"plain\" \"AGEAYg==\"\r\n"
                    + "PUTSCRIPT \"a\\\"b\" {5+}\r\nkeep;\r\n"
                    + "PUTSCRIPT {1+}\r\nx {0+}\r\n\r\n"
                    + "HAVESPACE \"x\" 12\r\n"
                    + "RENAMESCRIPT \"x\" {2}\r\nyz\r\n"
                    + "SETACTIVE \"\"\r\n"
                    + "NOOP \"tag\"\r\n"
                    + "CHECKSCRIPT \"keep;\"\r\n"
                    + "LOGOUT\r\n";

    /// Reads a whole talk: commands, and faults as null.
    private static List<@Nullable ManageSieveCommand> read(byte[] talk, Random pieces)
            throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(talk);
        LineReader reader =
                new LineReader(
                        (target, offset, length) ->
                                in.read(target, offset, Math.min(length, 1 + pieces.nextInt(7))));
        CommandAssembler assembler = new CommandAssembler(SMALL);
        List<@Nullable ManageSieveCommand> commands = new ArrayList<>();
        for (byte[] line = reader.readLine(2_000); line != null; line = reader.readLine(2_000)) {
            try {
                switch (assembler.line(line)) {
                    case CommandAssembler.Step.NeedLiteral(int octets) -> {
                        byte[] literal = new byte[octets];
                        reader.readFully(literal, 0, octets);
                        assembler.literal(literal);
                    }
                    case CommandAssembler.Step.PassOver(long octets) ->
                            reader.readFully(new byte[(int) octets], 0, (int) octets);
                    case CommandAssembler.Step.Hopeless _ ->
                            throw new IOException("a text larger than all limits");
                    case CommandAssembler.Step.Complete(ManageSieveCommand command) ->
                            commands.add(command);
                }
            } catch (SyntaxFault _) {
                commands.add(null);
            }
        }
        return commands;
    }

    @Test
    void commandsAreReadWholeAndInPieces() throws IOException {
        for (int round = 0; round < 20; round++) {
            assertThat(read(TALK.getBytes(StandardCharsets.UTF_8), new Random(round)))
                    .containsExactly(
                            new ManageSieveCommand.Capability(),
                            new ManageSieveCommand.Authenticate("PLAIN", Octets.ofLatin1("\0a\0b")),
                            new ManageSieveCommand.PutScript("a\"b", Octets.ofLatin1("keep;")),
                            new ManageSieveCommand.PutScript("x", Octets.EMPTY),
                            new ManageSieveCommand.HaveSpace("x", 12),
                            new ManageSieveCommand.RenameScript("x", "yz"),
                            new ManageSieveCommand.SetActive(""),
                            new ManageSieveCommand.Noop("tag"),
                            new ManageSieveCommand.CheckScript(Octets.ofLatin1("keep;")),
                            new ManageSieveCommand.Logout());
        }
    }

    @Test
    void afterAFaultTheTalkGoesOnBehindItsLiterals() throws IOException {
        String talk =
                "PUTSCRIPT \"a\" {150+}\r\n"
                        + "x".repeat(150)
                        + "\r\nNOOP\r\nFLY {3+}\r\nabc\r\nNOOP\r\nPUTSCRIPT bad \"x {2+}\r\n"
                        + "NO\r\nNOOP\r\n";
        assertThat(read(talk.getBytes(StandardCharsets.UTF_8), new Random(1)))
                .containsExactly(
                        null,
                        new ManageSieveCommand.Noop(null),
                        null,
                        new ManageSieveCommand.Noop(null),
                        null,
                        new ManageSieveCommand.Noop(null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " NOOP",
                "\"NOOP\"",
                "12",
                "NOOP  \"a\" \"b\"",
                "NOOP\t\"a\"",
                "HAVESPACE \"a\"",
                "HAVESPACE \"a\" x",
                "HAVESPACE \"a\" \"1\"",
                "PUTSCRIPT a \"b\"",
                "AUTHENTICATE \"PLAIN\" \"***\"",
                "SETACTIVE \"\u00e9",
                "NOOP \"a\"x",
                "LOGOUT now"
            })
    void whatIsMalformedIsAFault(String line) {
        CommandAssembler assembler = new CommandAssembler(SMALL);
        assertThatThrownBy(() -> assembler.line(line.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(SyntaxFault.class);
        assertThat(assembler.inside()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOOP {4294967296+}", "NOOP {99999999999999999999999+}", "X {201}"})
    void whatIsLargerThanAllLimitsEndsTheTalk(String line) {
        assertThat(new CommandAssembler(SMALL).line(line.getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(new CommandAssembler.Step.Hopeless());
    }

    @Test
    void responsesAreReadOrTakenBack() {
        assertThat(CommandAssembler.response("\"AGEAYg==\"".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Octets.ofLatin1("\0a\0b"));
        assertThat(CommandAssembler.response("AGEAYg==".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Octets.ofLatin1("\0a\0b"));
        assertThat(CommandAssembler.response("\"*\"".getBytes(StandardCharsets.UTF_8))).isNull();
        assertThat(CommandAssembler.responseLiteral("{12+}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(12);
        assertThat(CommandAssembler.responseLiteral("\"{12+}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(-1);
    }

    @Test
    void repliesCannotEndTheirLine() {
        assertThat(written(new ManageSieveReply.Listed("a\"b\\c", true)))
                .isEqualTo("\"a\\\"b\\\\c\" ACTIVE\r\n");
        assertThat(written(ManageSieveReply.Ended.no(ManageSieveReply.Code.MAXSIZE, "a\r\nOK")))
                .isEqualTo("NO (QUOTA/MAXSIZE) {5}\r\na\r\nOK\r\n");
        assertThat(written(new ManageSieveReply.Announced("STARTTLS", null)))
                .isEqualTo("\"STARTTLS\"\r\n");
        assertThat(written(new ManageSieveReply.Script(Octets.ofLatin1("keep;"))))
                .isEqualTo("{5}\r\nkeep;\r\n");
        assertThat(
                        written(
                                new ManageSieveReply.Ended(
                                        ManageSieveReply.Outcome.OK,
                                        ManageSieveReply.Code.TAG,
                                        "x\"y",
                                        "")))
                .isEqualTo("OK (TAG \"x\\\"y\")\r\n");
    }

    private static String written(ManageSieveReply reply) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ManageSieveWriter(out::write).write(reply);
        return out.toString(StandardCharsets.UTF_8);
    }
}
