package org.facteur.wire.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.facteur.wire.text.LineReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImapCommandWriterTest {
    static Stream<ImapCommand> commands() {
        Stream<ImapCommand> simple =
                ImapParserTest.EXAMPLES.stream().map(Arguments::get).map(a -> (ImapCommand) a[1]);
        ImapParser parser =
                new ImapParser(ImapLimits.AFTER_LOGIN.grammar(), ImapDialect.strict(true));
        Stream<ImapCommand> parsed =
                Stream.of(
                                "ID (\"name\" \"x\" \"os\" NIL)",
                                "ID NIL",
                                "LOGIN é {5}\r\na\r\n\"b",
                                "LIST (REMOTE SUBSCRIBED) \"\" (% \"Mail/é\") RETURN (CHILDREN)",
                                "LIST \"\" * RETURN (STATUS (MESSAGES UIDNEXT DELETED-STORAGE))",
                                "LIST \"x\" \"é\"",
                                "SEARCH RETURN (MIN PARTIAL 1:5) NOT OR (SEEN 1:4,*) TEXT \"é\"",
                                "SEARCH CHARSET FOO ALL",
                                "UID SEARCH OLD UNKEYWORD a SENTON 7-Feb-1994 HEADER a \"\" LARGER 5",
                                "SEARCH OR NOT ALL OLDER 5 SAVEDATESUPPORTED THREADID T MODSEQ 4",
                                "SEARCH MODSEQ \"/flags/x\" all 9 SMALLER 0 YOUNGER 2 UID $",
                                "FETCH 1:* (UID BODY.PEEK[1.HEADER.FIELDS.NOT (a {2}\r\nb[)]<1.2>)",
                                "UID FETCH 1 (BINARY[1]<0.9> BINARY.SIZE[] PREVIEW (LAZY) PREVIEW)",
                                "UID FETCH 1 FLAGS (CHANGEDSINCE 5 VANISHED PARTIAL 1:2)",
                                "SETACL é \"a b\" +lr",
                                "SETACL é anyone -lr",
                                "SETACL é a@b \"\"",
                                "DELETEACL a b@c",
                                "LISTRIGHTS a b@c",
                                "GETACL é",
                                "MYRIGHTS é",
                                "GETMETADATA (MAXSIZE 5 DEPTH infinity) é (/shared/a /private/b)",
                                "GETMETADATA (DEPTH 1) \"\" /shared/a",
                                "SETMETADATA \"\" (/private/a {2}\r\na\n /shared/b NIL)",
                                "SETMETADATA é (/private/a \"x\")",
                                "SETQUOTA \"\" (STORAGE 5 MESSAGE 6)",
                                "LIST \"\" * RETURN (MYRIGHTS METADATA (/shared/a /private/b))",
                                "SELECT é (CONDSTORE QRESYNC (1 2 3:4 (5 6)))")
                        .map(line -> parser.parse(Pieces.octets("t " + line)).command());
        return Stream.concat(simple, parsed);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void writesWhatReadsBackTheSame(ImapCommand command) {
        for (boolean utf8 : new boolean[] {false, true}) {
            for (boolean literalPlus : new boolean[] {false, true}) {
                List<ImapCommandWriter.Segment> segments =
                        new ImapCommandWriter(utf8, literalPlus)
                                .write(new TaggedCommand("t1", command));
                ByteArrayOutputStream sent = new ByteArrayOutputStream();
                segments.forEach(segment -> sent.writeBytes(segment.octets().toArray()));
                for (LineReader reader : Pieces.readers(sent.toByteArray())) {
                    Session session =
                            Session.run(
                                    reader,
                                    new ImapCommandAssembler(
                                            ImapLimits.AFTER_LOGIN, ImapDialect.strict(utf8)));
                    assertThat(session.outcomes)
                            .containsExactly(
                                    new AssemblyStep.Complete(new TaggedCommand("t1", command)));
                    assertThat(session.invitations).isEqualTo(segments.size() - 1);
                }
            }
        }
    }
}
