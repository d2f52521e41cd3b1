package org.facteur.wire.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SieveActionsTest {
    @Test
    void nothingKeeps() {
        assertThat(Sieving.actions("")).containsExactly("implicit keep");
    }

    @Test
    void filingAndForwardingCancelKeepingUnlessTheyCopy() {
        assertThat(Sieving.actions("require \"fileinto\"; fileinto \"A\";"))
                .containsExactly("fileinto A");
        assertThat(Sieving.actions("redirect \"b@example.org\";"))
                .containsExactly("redirect b@example.org");
        assertThat(
                        Sieving.actions(
                                "require [\"fileinto\", \"copy\"]; fileinto :copy \"A\"; redirect"
                                        + " :copy \"b@example.org\";"))
                .containsExactly("fileinto A", "redirect b@example.org", "implicit keep");
        assertThat(Sieving.actions("keep; discard;")).containsExactly("keep", "discard");
    }

    @Test
    void theSameIsDoneOnce() {
        assertThat(
                        Sieving.actions(
                                "redirect \"b@example.org\"; redirect \"b@example.org\"; keep;"
                                        + " keep;"))
                .containsExactly("redirect b@example.org", "keep");
    }

    @Test
    void tooManyForwardsKeepTheLetterAndDoNothingElse() {
        String script =
                "redirect \"a@example.org\"; redirect \"b@example.org\"; redirect"
                        + " \"c@example.org\";\nredirect \"d@example.org\"; redirect"
                        + " \"e@example.org\";";
        assertThat(Sieving.actions(script))
                .containsExactly("line 2, column 27: more than 4 redirections", "implicit keep");
    }

    @Test
    void branchesAreTakenInOrder() {
        String script =
                """
                require "fileinto";
                if header :contains "subject" "nothing" { fileinto "A"; }
                elsif header :contains "subject" "present" { fileinto "B"; stop; fileinto "C"; }
                else { fileinto "D"; }
                fileinto "E";
                """;
        assertThat(Sieving.actions(script)).containsExactly("fileinto B");
    }

    @Test
    void rejectGoesWithNothingThatKeeps() {
        assertThat(Sieving.actions("require \"reject\"; reject \"no\";"))
                .containsExactly("reject no");
        assertThat(Sieving.actions("require \"ereject\"; ereject text:\nno\n..more\n.\n;"))
                .containsExactly("ereject no\r\n.more\r\n");
        assertThat(Sieving.actions("require \"reject\"; keep; reject \"no\";"))
                .containsExactly(
                        "line 1, column 25: “reject” cannot go with what was done before",
                        "implicit keep");
        assertThat(
                        Sieving.actions(
                                "require [\"reject\", \"vacation\"]; reject \"a\"; vacation \"b\";"))
                .hasSize(2)
                .last()
                .isEqualTo("implicit keep");
    }

    @Test
    void variablesHoldWhatWildcardsStoodFor() {
        String script =
                """
                require ["variables", "fileinto"];
                if header :matches "subject" "I have a * for ?ou" {
                  set :upperfirst "what" "${1}";
                  set :length "n" "${what}";
                  set :lower :upperfirst "both" "ABC";
                  set :quotewildcard "q" "a*b";
                  fileinto "${what}/${n}/${2}/${both}/${q}/${nothing}$${x}";
                }
                """;
        assertThat(Sieving.actions(script)).containsExactly("fileinto Present/7/y/Abc/a\\*b/$");
    }

    @Test
    void starsStandForAsLittleAsTheyCan() {
        String script =
                """
                require ["variables", "fileinto"];
                set "s" "[acme-users] [fwd] version 1.0 is out";
                if string :matches "${s}" "[*] *" { fileinto "${1}|${2}|${0}"; }
                """;
        assertThat(Sieving.actions(script))
                .containsExactly(
                        "fileinto acme-users|[fwd] version 1.0 is out|[acme-users] [fwd] version"
                                + " 1.0 is out");
    }

    @Test
    void whatDidNotMatchLeavesTheWildcardsAlone() {
        String script =
                """
                require ["variables", "fileinto", "body"];
                if header :matches "subject" "* present *" {}
                if header :matches "subject" "no*" {}
                if body :matches :raw "Look*" {}
                fileinto "${1}";
                """;
        assertThat(Sieving.actions(script)).containsExactly("fileinto I have a");
    }

    @Test
    void flagsAreSetAddedAndRemoved() {
        String script =
                """
                require ["imap4flags", "fileinto", "variables"];
                setflag ["\\\\Seen", "a b", "A", "bad(flag"];
                removeflag "b";
                addflag "mine" ["x", "y x"];
                if hasflag :contains "mine" "Y" { fileinto "one"; }
                if not hasflag "b" { fileinto :flags "${mine}" "two"; }
                keep;
                """;
        assertThat(Sieving.actions(script))
                .containsExactly(
                        "fileinto one [\\Seen, a]", "fileinto two [x, y]", "keep [\\Seen, a]");
    }

    @Test
    void vacationAsksForAnAnswerOnce() {
        assertThat(Sieving.actions("require \"vacation\"; vacation \"away\";"))
                .containsExactly("vacation PT168H away", "implicit keep");
        assertThat(Sieving.actions("require \"vacation-seconds\"; vacation :seconds 60 \"away\";"))
                .containsExactly("vacation PT1M away", "implicit keep");
        assertThat(Sieving.actions("require \"vacation\"; vacation :days 0 \"a\";"))
                .containsExactly("vacation PT24H a", "implicit keep");
        assertThat(Sieving.actions("require \"vacation\"; vacation \"a\"; vacation \"b\";"))
                .last()
                .isEqualTo("implicit keep");
    }

    @Test
    void noticesGoByMail() {
        assertThat(
                        Sieving.actions(
                                "require \"enotify\"; notify :message \"m\""
                                        + " \"mailto:b%2Bx@example.org?subject=hi\";"))
                .containsExactly("notify [b+x@example.org]", "implicit keep");
    }

    @Test
    void headersAreAddedAndRemovedForWhatComesAfter() {
        String script =
                """
                require ["editheader", "fileinto"];
                fileinto "before";
                addheader "X-New" "été";
                addheader :last "X-Last" "z";
                deleteheader :contains "cc" "third";
                deleteheader "received";
                if not exists "cc" { keep; }
                """;
        List<SieveAction> actions =
                Sieving.run(script, Sieving.LETTER, SieveSurroundings.NONE).actions();
        assertThat(actions).hasSize(2);
        assertThat(((SieveAction.FileInto) actions.get(0)).edited()).isNull();
        EditedLetter edited = ((SieveAction.Keep) actions.get(1)).edited();
        assertThat(edited).isNotNull();
        assertThat(Sieving.text(edited, Sieving.LETTER))
                .startsWith("X-New: =?")
                .contains("Received:")
                .doesNotContain("Cc:")
                .contains("\nX-Last: z\n\nLook");
    }

    @Test
    void partsAreGoneOverReplacedAndTold() {
        String letter =
                """
                Subject: s
                Content-Type: multipart/mixed; boundary="xx"

                --xx
                Content-Type: text/plain

                first
                --xx
                Content-Type: application/x-bad; name="a.exe"

                BAD
                --xx--
                """;
        String script =
                """
                require ["foreverypart", "mime", "replace", "variables", "extracttext", "fileinto"];
                foreverypart {
                  if header :mime :type "content-type" "text" {
                    extracttext :first 3 :upper "t";
                  }
                  if header :mime :param "name" :matches "content-type" "*.exe" {
                    replace "gone";
                    break;
                  }
                }
                fileinto "${t}";
                """;
        List<SieveAction> actions = Sieving.run(script, letter, SieveSurroundings.NONE).actions();
        SieveAction.FileInto filed = (SieveAction.FileInto) actions.getFirst();
        assertThat(filed.target().mailbox()).isEqualTo("FIR");
        EditedLetter edited = filed.edited();
        assertThat(edited).isNotNull();
        assertThat(Sieving.text(edited, letter))
                .contains("first")
                .contains("gone")
                .doesNotContain("BAD")
                .endsWith("--xx--\n");
    }

    @Test
    void aLetterIsEnclosed() {
        List<SieveAction> actions =
                Sieving.run(
                                "require \"enclose\"; enclose :subject \"look\" \"what is this\";",
                                Sieving.LETTER,
                                SieveSurroundings.NONE)
                        .actions();
        EditedLetter edited = ((SieveAction.Keep) actions.getFirst()).edited();
        assertThat(edited).isNotNull();
        assertThat(Sieving.text(edited, Sieving.LETTER))
                .contains("Subject: look")
                .contains("what is this")
                .contains("Content-Type: message/rfc822\n\nReceived:")
                .contains("Subject: I have a present");
    }

    @Test
    void scriptsIncludeOthers() {
        SieveSurroundings around =
                new SieveSurroundings() {
                    @Override
                    public Included script(boolean global, String name) {
                        return switch (name) {
                            case "set" ->
                                    new Included.Found(
                                            Sieving.program(
                                                    "require [\"include\", \"variables\"]; global"
                                                            + " \"g\"; set \"g\" \"G\"; set \"own\""
                                                            + " \"O\"; return; stop;"));
                            case "stop" -> new Included.Found(Sieving.program("stop;"));
                            case "self" ->
                                    new Included.Found(
                                            Sieving.program(
                                                    "require \"include\"; include \"self\";"));
                            case "broken" -> new Included.Broken();
                            default -> new Included.Missing();
                        };
                    }
                };
        assertThat(
                        Sieving.run(
                                        "require [\"include\", \"variables\", \"fileinto\"];"
                                                + " include :once \"set\"; include :once \"set\";"
                                                + " include :optional \"none\"; fileinto"
                                                + " \"${global.g}${own}.\"; include \"stop\"; keep;",
                                        Sieving.LETTER,
                                        around)
                                .actions())
                .extracting(Sieving::word)
                .containsExactly("fileinto G.");
        for (String bad : List.of("self", "broken", "none")) {
            SieveOutcome outcome =
                    Sieving.run(
                            "require \"include\"; include \"" + bad + "\"; discard;",
                            Sieving.LETTER,
                            around);
            assertThat(outcome.problem()).isNotNull();
            assertThat(outcome.actions())
                    .extracting(Sieving::word)
                    .containsExactly("implicit keep");
        }
    }

    @Test
    void whatIsNotThereIsNotComplainedAboutBehindIhave() {
        String script =
                """
                require ["ihave", "fileinto"];
                if ihave "vnd.none" { vnd_command :strange "x"; }
                elsif ihave "copy" { fileinto :copy "A"; }
                else { error "neither"; }
                """;
        assertThat(Sieving.actions(script)).containsExactly("fileinto A", "implicit keep");
        assertThat(Sieving.actions("require \"ihave\"; error \"neither\";"))
                .containsExactly("line 1, column 18: the script says: neither", "implicit keep");
    }

    @Test
    void costlyPatternsEndTheRunAndKeepTheLetter() {
        String letter = "Subject: x\n\n" + "a".repeat(900_000) + "\n";
        String script =
                "require \"body\"; if body :raw :matches \""
                        + "*a".repeat(10)
                        + "*"
                        + "a".repeat(5_000)
                        + "b*\" { discard; }";
        SieveOutcome outcome = Sieving.run(script, letter, SieveSurroundings.NONE);
        assertThat(outcome.problem()).isNotNull();
        assertThat(outcome.actions()).extracting(Sieving::word).containsExactly("implicit keep");
    }
}
