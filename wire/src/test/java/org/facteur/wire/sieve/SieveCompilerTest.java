package org.facteur.wire.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SieveCompilerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    keep | line 1, column 5: the script ends too early: “;” is missing
                    keep; } | line 1, column 7: “}” is not expected here
                    if true { keep; | line 1, column 16: the script ends too early: “}” is missing
                    if true keep; | line 1, column 1: “if” takes a block in braces
                    if { keep; } | line 1, column 1: “if” takes one test
                    else { keep; } | line 1, column 1: “else” follows no “if”
                    fly "x"; | line 1, column 1: there is no command “fly”
                    if fly { keep; } | line 1, column 4: there is no test “fly”
                    keep; require "copy"; | line 1, column 7: “require” stands before all other commands
                    require "flight"; | line 1, column 1: there is no extension “flight”
                    fileinto "A"; | line 1, column 1: this needs: require "fileinto";
                    redirect :copy "a@example.org"; | line 1, column 10: this needs: require "copy";
                    redirect "nobody"; | line 1, column 10: x
                    keep :fast; | line 1, column 6: “:fast” is not known here
                    keep "x"; | line 1, column 6: one argument too many
                    redirect; | line 1, column 1: “address” is missing
                    redirect "a | line 1, column 10: a text is not ended by "
                    /* x | line 1, column 1: a comment is not ended by */
                    if header :is :contains "a" "b" { keep; } | line 1, column 4: “:contains” or another of its kind stands twice
                    if header :comparator "i;none" "a" "b" { keep; } | line 1, column 4: there is no comparator “i;none”
                    if header "a b" "c" { keep; } | line 1, column 4: “a b” is not a header name
                    if size 10 { keep; } | line 1, column 4: “:over” / “:under” is missing
                    if size :over 99999999999999999999 { keep; } | line 1, column 15: the number 999999999999999999 is too large
                    if true, false { keep; } | line 1, column 8: “,” is not expected here
                    if not (true) { keep; } | line 1, column 4: “not” takes one test
                    if allof true { keep; } | line 1, column 4: “allof” takes tests in brackets
                    keep { stop; } | line 1, column 1: “keep” takes no block
                    """)
    void whatIsWrongIsToldWithItsPlace(String script, String expected) {
        if (expected.endsWith(": x")) {
            assertThat(Sieving.problem(script)).contains("is not an address");
        } else if (script.contains("9999")) {
            assertThat(Sieving.problem(script)).contains("too large");
        } else {
            assertThat(Sieving.problem(script)).isEqualTo(expected);
        }
    }

    @Test
    void problemsAreToldInFrenchToo() {
        SieveCompilation compilation = Sieving.compile("\n  fileinto \"A\";");
        assertThat(((SieveCompilation.Faulty) compilation).problems().getFirst().french())
                .isEqualTo("ligne 2, colonne 3 : il manque : require \"fileinto\" ;");
    }

    @Test
    void allFaultyCommandsAreNamed() {
        SieveCompilation compilation = Sieving.compile("fly;\nkeep;\nif swim { run; }\n");
        assertThat(((SieveCompilation.Faulty) compilation).problems())
                .extracting(SieveProblem::line)
                .containsExactly(1, 3, 3);
    }

    @Test
    void aRequirementThatServesNothingIsAWarning() {
        SieveCompilation compilation =
                Sieving.compile("require [\"fileinto\", \"body\"]; fileinto \"A\";");
        assertThat(((SieveCompilation.Ready) compilation).warnings())
                .extracting(SieveProblem::detail)
                .containsExactly("body");
    }

    @Test
    void nestingIsBounded() {
        String open = "if true { ".repeat(15);
        assertThat(Sieving.problem(open + "keep; " + "} ".repeat(15))).isEqualTo("none");
        assertThat(Sieving.problem("if true { " + open + "keep; " + "} ".repeat(16)))
                .contains("nested more than 15 deep");
        assertThat(Sieving.problem("if " + "not ".repeat(14) + "true { keep; }")).isEqualTo("none");
        assertThat(Sieving.problem("if " + "not ".repeat(100_000) + "true { keep; }"))
                .contains("nested more than 15 deep");
        assertThat(Sieving.problem("if true { ".repeat(100_000)))
                .contains("nested more than 15 deep");
    }

    @Test
    void sizeAndEncodingAreChecked() {
        byte[] large = "#".repeat(1_000_001).getBytes(StandardCharsets.UTF_8);
        assertThat(SieveCompiler.compile(large, SieveLimits.STANDARD))
                .isInstanceOf(SieveCompilation.Faulty.class);
        assertThat(SieveCompiler.compile(new byte[] {'#', (byte) 0xC3}, SieveLimits.STANDARD))
                .isInstanceOf(SieveCompilation.Faulty.class);
        assertThat(SieveCompiler.compile(new byte[] {'#', 0}, SieveLimits.STANDARD))
                .isInstanceOf(SieveCompilation.Faulty.class);
    }

    @Test
    void commentsLineEndsAndCaseAreFree() {
        assertThat(
                        Sieving.actions(
                                "# one\n/* two\n * three */REQUIRE [\"fileinto\" /* x */ ];\r\n"
                                        + "IF Not False { FileInto text: # four\r\nA\r\n.\r\n; }"))
                .isEqualTo(List.of("fileinto A\r\n"));
    }

    @Test
    void hostileEncodedCharactersTakeLinearTime() {
        assertThat(
                        Sieving.problem(
                                "require [\"encoded-character\", \"ereject\"]; ereject \""
                                        + "${hex:".repeat(100_000)
                                        + "\";"))
                .isEqualTo("none");
        assertThat(
                        Sieving.problem(
                                "require [\"encoded-character\", \"ereject\"]; ereject"
                                        + " \"${unicode:110000}\";"))
                .contains("cannot be used here");
    }

    @Test
    void tooManyVariablesAreRefused() {
        StringBuilder script = new StringBuilder("require \"variables\";");
        for (int i = 0; i < 129; i++) {
            script.append("set \"v").append(i).append("\" \"x\";");
        }
        assertThat(Sieving.problem(script.toString())).contains("more than 128");
    }

    @Test
    void allButTheBuiltInComparatorsAreAnnounced() {
        assertThat(SieveExtension.announced())
                .contains("fileinto", "vacation-seconds", "mime", "comparator-i;ascii-numeric")
                .doesNotContain("comparator-i;octet");
    }
}
