package org.facteur.wire.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.facteur.wire.text.LineReader;
import org.junit.jupiter.api.Test;

class ImapCommandAssemblerTest {
    private static ImapCommandAssembler assembler() {
        return new ImapCommandAssembler(ImapLimits.AFTER_LOGIN, ImapDialect.server(false));
    }

    /// Runs a session on the octets whole and in pieces.
    private static void sessions(String sent, Consumer<Session> check) {
        sessions(sent, _ -> true, check);
    }

    private static void sessions(
            String sent, Predicate<AssemblyStep.NeedLetter> accepts, Consumer<Session> check) {
        for (LineReader reader : Pieces.readers(Pieces.octets(sent))) {
            ImapCommandAssembler assembler = assembler();
            check.accept(Session.run(reader, assembler, accepts));
            assertThat(assembler.atStart()).isTrue();
        }
    }

    private static AssemblyStep.Refused refusal(AssemblyStep step) {
        return (AssemblyStep.Refused) step;
    }

    /// RFC 8508 §3.4.
    @Test
    void readsReplace() {
        for (LineReader reader :
                Pieces.readers(
                        Pieces.octets(
                                "a UID REPLACE 2000 Drafts (\\Seen) {3+}\r\nabc\r\n\r\n"
                                        + "b REPLACE * Sent {1}\r\nx\r\n"
                                        + "c REPLACE 1 Sent {1}\r\nx {1}\r\ny\r\n"))) {
            Session session =
                    Session.run(
                            reader,
                            new ImapCommandAssembler(
                                    ImapLimits.AFTER_LOGIN, ImapDialect.server(false)));
            assertThat(session.letters).startsWith("abc", "x");
            assertThat(session.outcomes.subList(0, 2))
                    .containsExactly(
                            new AssemblyStep.Complete(
                                    new TaggedCommand(
                                            "a",
                                            new ImapCommand.Replace(
                                                    true,
                                                    2000,
                                                    new MailboxPath("Drafts"),
                                                    new AppendLetter(
                                                            List.of(Flag.SEEN),
                                                            null,
                                                            3,
                                                            AppendLetter.Form.PLAIN)))),
                            new AssemblyStep.Complete(
                                    new TaggedCommand(
                                            "b",
                                            new ImapCommand.Replace(
                                                    false,
                                                    SequenceRange.STAR,
                                                    new MailboxPath("Sent"),
                                                    new AppendLetter(
                                                            List.of(),
                                                            null,
                                                            1,
                                                            AppendLetter.Form.PLAIN)))));
            assertThat(session.outcomes.get(2)).isInstanceOf(AssemblyStep.Refused.class);
        }
    }

    @Test
    void joinsLiteralsAndLines() {
        sessions(
                "a1 LOGIN {4}\r\nfré {9}\r\nsec\r\n\"\\{1\r\na2 NOOP\r\n",
                session -> {
                    assertThat(session.commands())
                            .containsExactly(
                                    new ImapCommand.Login("fré", "sec\r\n\"\\{1"),
                                    new ImapCommand.Noop());
                    assertThat(session.invitations).isEqualTo(2);
                });
    }

    @Test
    void doesNotInviteWhatComesUnasked() {
        sessions(
                "a1 LOGIN {3+}\r\nabc {0+}\r\n\r\n",
                session -> {
                    assertThat(session.commands())
                            .containsExactly(new ImapCommand.Login("abc", ""));
                    assertThat(session.invitations).isZero();
                });
    }

    @Test
    void streamsTheLettersOfAppend() {
        sessions(
                "A003 APPEND saved-messages (\\Seen $x) \" 7-Feb-1994 21:52:25 -0800\" {12}\r\n"
                        + "Date: x\r\n\r\nA\r\nb NOOP\r\n",
                session -> {
                    assertThat(session.letters).containsExactly("Date: x\r\n\r\nA");
                    assertThat(session.commands())
                            .containsExactly(
                                    new ImapCommand.Append(
                                            new MailboxPath("saved-messages"),
                                            List.of(
                                                    new AppendLetter(
                                                            List.of(Flag.SEEN, new Flag("$x")),
                                                            OffsetDateTime.parse(
                                                                    "1994-02-07T21:52:25-08:00"),
                                                            12,
                                                            AppendLetter.Form.PLAIN))),
                                    new ImapCommand.Noop());
                });
    }

    @Test
    void takesSeveralLettersAndAMailboxAsALiteral() {
        sessions(
                "a APPEND {5}\r\nINBOX {2+}\r\nxy (\\Draft) ~{1}\r\nz UTF8 (~{3+}\r\nabc)\r\n",
                session -> {
                    assertThat(session.letters).containsExactly("xy", "z", "abc");
                    assertThat(session.invitations).isEqualTo(2);
                    ImapCommand.Append append = (ImapCommand.Append) session.commands().getFirst();
                    assertThat(append.mailbox()).isEqualTo(MailboxPath.INBOX);
                    assertThat(append.letters())
                            .extracting(AppendLetter::form)
                            .containsExactly(
                                    AppendLetter.Form.PLAIN,
                                    AppendLetter.Form.BINARY,
                                    AppendLetter.Form.UTF8);
                });
    }

    @Test
    void staysInStepWhenALetterIsRejected() {
        sessions(
                "a APPEND Nowhere {2+}\r\nxy {3+}\r\nabc\r\nb NOOP\r\n",
                _ -> false,
                session -> {
                    assertThat(session.letters).isEmpty();
                    assertThat(session.outcomes)
                            .containsExactly(
                                    new AssemblyStep.Rejected("a"),
                                    new AssemblyStep.Complete(
                                            new TaggedCommand("b", new ImapCommand.Noop())));
                });
        sessions(
                "a APPEND Nowhere {2}\r\nb NOOP\r\n",
                _ -> false,
                session -> {
                    assertThat(session.invitations).isZero();
                    assertThat(session.outcomes).hasSize(2);
                });
    }

    @Test
    void staysInStepAfterABrokenCommandWithLiterals() {
        sessions(
                "a FROB {3+}\r\nabc {2+}\r\nxy\r\nb NOOP\r\nc STORE 1 {5}\r\nd NOOP\r\n",
                session -> {
                    assertThat(session.outcomes).hasSize(4);
                    assertThat(refusal(session.outcomes.get(0)).tag()).isEqualTo("a");
                    assertThat(refusal(session.outcomes.get(2)).tag()).isEqualTo("c");
                    assertThat(session.invitations).isZero();
                });
    }

    @Test
    void refusesALiteralTooBig() {
        sessions(
                "a LOGIN {65537}\r\nb NOOP\r\n",
                session -> {
                    assertThat(session.invitations).isZero();
                    assertThat(refusal(session.outcomes.getFirst()).tooBig()).isTrue();
                    assertThat(session.outcomes).hasSize(2);
                });
        sessions(
                "a LOGIN {99999999999999999999+}\r\nb NOOP\r\n",
                session -> {
                    AssemblyStep.Refused refused = refusal(session.outcomes.getFirst());
                    assertThat(refused.tooBig()).isTrue();
                    assertThat(refused.closing()).isTrue();
                    assertThat(session.closed).isTrue();
                });
        sessions(
                "a APPEND x {52428801}\r\nb NOOP\r\n",
                session -> assertThat(refusal(session.outcomes.getFirst()).tooBig()).isTrue());
    }

    @Test
    void refusesALineTooLong() {
        sessions(
                "a LOGIN " + "x".repeat(70_000) + "\r\nb NOOP\r\n",
                session -> {
                    assertThat(refusal(session.outcomes.getFirst()).tooBig()).isTrue();
                    assertThat(session.outcomes).hasSize(2);
                });
    }

    @Test
    void boundsTheWholeCommand() {
        String piece = " {60000+}\r\n" + "x".repeat(60_000);
        sessions(
                "a LIST \"\" (" + piece.repeat(6).substring(1) + ")\r\nb NOOP\r\n",
                session -> {
                    assertThat(refusal(session.outcomes.getFirst()).tooBig()).isTrue();
                    assertThat(session.outcomes).hasSize(2);
                });
    }

    @Test
    void takesLittleFromStrangers() {
        ImapCommandAssembler assembler =
                new ImapCommandAssembler(ImapLimits.BEFORE_LOGIN, ImapDialect.server(false));
        assertThat(assembler.line(Pieces.octets("a LOGIN {1025}")))
                .isInstanceOf(AssemblyStep.Refused.class);
        assertThat(assembler.line(Pieces.octets("a APPEND INBOX {9}")))
                .isInstanceOf(AssemblyStep.Refused.class);
        assertThat(assembler.line(Pieces.octets("a LOGIN {1024}")))
                .isEqualTo(new AssemblyStep.NeedLiteral(1024, true));
        assembler.literal(new byte[1024]);
        assertThat(assembler.line(Pieces.octets(" {4}")))
                .isEqualTo(new AssemblyStep.NeedLiteral(4, true));
        assembler.literal(new byte[4]);
        assertThat(assembler.line(Pieces.octets(" {4}"))).isInstanceOf(AssemblyStep.Refused.class);
    }

    @Test
    void answersUntaggedWhenThereIsNoTag() {
        sessions(
                "\r\n+ x\r\n{5}\r\na{3}\r\n",
                session ->
                        assertThat(session.outcomes)
                                .hasSize(3)
                                .allMatch(step -> refusal(step).tag() == null));
    }

    @Test
    void changesItsDialectBetweenCommandsOnly() {
        ImapCommandAssembler assembler = assembler();
        assembler.use(ImapLimits.AFTER_LOGIN, ImapDialect.strict(true));
        assertThat(assembler.line(Pieces.octets("a DELETE &")))
                .isEqualTo(
                        new AssemblyStep.Complete(
                                new TaggedCommand(
                                        "a", new ImapCommand.Delete(new MailboxPath("&")))));
        assembler.line(Pieces.octets("a DELETE {1}"));
        assertThatThrownBy(() -> assembler.use(ImapLimits.AFTER_LOGIN, ImapDialect.strict(true)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void acceptsDatesOfClients() {
        for (String date :
                List.of("\"17-Jul-1996 02:44:25 -0700\"", "\"7-Jul-1996 02:44:60 +0000\"")) {
            assertThat(assembler().line(Pieces.octets("a APPEND x " + date + " {1}")))
                    .isInstanceOf(AssemblyStep.NeedLetter.class);
        }
        for (String date :
                List.of(
                        "\"32-Jul-1996 02:44:25 -0700\"",
                        "\"17-Jul-1996 24:44:25 -0700\"",
                        "\"17-Jul-1996 02:44:25 -1900\"",
                        "\"17-anF-1996 02:44:25 -0700\"")) {
            assertThat(assembler().line(Pieces.octets("a APPEND x " + date + " {1}")))
                    .isInstanceOf(AssemblyStep.Refused.class);
        }
    }
}
