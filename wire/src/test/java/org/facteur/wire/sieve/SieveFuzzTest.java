package org.facteur.wire.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SieveFuzzTest {
    private static final SieveLimits SMALL =
            new SieveLimits(
                    100_000, 15, 128, 4_000, 3, new SieveLimits.Run(100_000, 4, 2, 64, 100_000));

    private static final List<String> PIECES =
            List.of(
                    "if",
                    "elsif",
                    "else",
                    "{",
                    "}",
                    "(",
                    ")",
                    "[",
                    "]",
                    ",",
                    ";",
                    "not",
                    "anyof",
                    "allof",
                    "true",
                    "false",
                    "keep;",
                    "discard;",
                    "stop;",
                    "header",
                    ":contains",
                    ":matches",
                    ":is",
                    "\"subject\"",
                    "\"*a*\"",
                    "\"${1}\"",
                    "\"\"",
                    "fileinto \"A\";",
                    "redirect",
                    "\"a@example.org\"",
                    "set \"a\" \"${a}${a}b\";",
                    "foreverypart {",
                    "break;",
                    "addheader \"X\" \"y\";",
                    "deleteheader \"subject\";",
                    "vacation \"x\";",
                    "size :over 1",
                    "address :all \"to\" \"x\"",
                    "body :text :contains \"a\"",
                    "replace \"x\";",
                    "enclose \"y\";",
                    "extracttext \"v\";",
                    "addflag \"x\";",
                    "include \"z\";",
                    "currentdate \"year\" \"2026\"",
                    "/*",
                    "*/",
                    "#\n",
                    "text:\n.\n");

    @FuzzTest
    void scriptsCompileOrAreFaulty(byte[] script) {
        switch (SieveCompiler.compile(script, SMALL)) {
            case SieveCompilation.Ready(SieveProgram program, _) -> run(program, Sieving.LETTER);
            case SieveCompilation.Faulty(List<SieveProblem> problems) ->
                    problems.forEach(
                            problem ->
                                    assertThat(problem.english() + problem.french())
                                            .doesNotContain("\n"));
        }
    }

    @FuzzTest
    void programsRunOverAnyLetter(FuzzedDataProvider data) {
        String script = data.consumeString(4_000);
        String letter = data.consumeRemainingAsString();
        if (SieveCompiler.compile(script.getBytes(StandardCharsets.UTF_8), SMALL)
                instanceof SieveCompilation.Ready(SieveProgram program, _)) {
            run(program, letter);
        }
    }

    private static void run(SieveProgram program, String letter) {
        SieveOutcome outcome =
                SieveInterpreter.run(program, Sieving.facts(letter, SieveSurroundings.NONE), SMALL);
        assertThat(outcome.steps()).isLessThan(1_000_000);
        if (outcome.problem() != null) {
            assertThat(outcome.actions()).hasSize(1);
        }
    }

    /// Scripts put together of pieces that mean something, so that many of them compile.
    @Test
    void shuffledScriptsNeverBreakTheMachine() {
        long seed = Long.getLong("facteur.seed", 20260203L);
        Random random = new Random(seed);
        int compiled = 0;
        for (int round = 0; round < 3_000; round++) {
            StringBuilder script = new StringBuilder("require [\"fileinto\", \"variables\",");
            script.append("\"foreverypart\",\"editheader\",\"vacation\",\"body\",\"replace\",");
            script.append("\"enclose\",\"extracttext\",\"imap4flags\",\"include\",\"date\"];");
            int length = 1 + random.nextInt(8);
            for (int i = 0; i < length; i++) {
                script.append(PIECES.get(random.nextInt(PIECES.size()))).append(' ');
            }
            if (SieveCompiler.compile(script.toString().getBytes(StandardCharsets.UTF_8), SMALL)
                    instanceof SieveCompilation.Ready(SieveProgram program, _)) {
                compiled++;
                run(program, Sieving.LETTER);
            }
        }
        assertThat(compiled).as("seed %d", seed).isGreaterThan(100);
    }
}
