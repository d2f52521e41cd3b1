package org.facteur.wire.sieve;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.mime.IndexLimits;
import org.facteur.wire.mime.LetterIndexer;
import org.facteur.wire.text.OctetBuffer;
import org.jspecify.annotations.Nullable;

/// Runs scripts over letters, for tests.
final class Sieving {
    static final String LETTER =
            """
            Received: from a.example by b.example; Fri, 21 Nov 2025 23:30:00 -0500
            From: Coyote <coyote@desert.example.org>
            To: Roadrunner <roadrunner+bird@acme.example.com>
            Cc: other@example.net, "Third, One" <third@example.net>
            Subject: I have a present for you
            Date: Tue, 1 Apr 1997 09:06:31 -0800
            Message-ID: <present@desert.example.org>
            X-Caf: =?utf-8?q?caf=C3=A9?=

            Look, I'm sorry about the whole anvil thing.
            """;

    private Sieving() {}

    static SieveProgram program(String script) {
        return switch (compile(script)) {
            case SieveCompilation.Ready(SieveProgram program, _) -> program;
            case SieveCompilation.Faulty(List<SieveProblem> problems) ->
                    throw new AssertionError(problems.getFirst().english());
        };
    }

    static SieveCompilation compile(String script) {
        return SieveCompiler.compile(script.getBytes(StandardCharsets.UTF_8), SieveLimits.STANDARD);
    }

    /// The first problem of a faulty script.
    static String problem(String script) {
        return switch (compile(script)) {
            case SieveCompilation.Ready _ -> "none";
            case SieveCompilation.Faulty(List<SieveProblem> problems) ->
                    problems.getFirst().english();
        };
    }

    static SieveLetter letter(String text) {
        byte[] octets = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        LetterIndexer indexer = new LetterIndexer(IndexLimits.STANDARD);
        indexer.feed(octets, 0, octets.length);
        return SieveLetter.of(indexer.finish().anatomy(), octets);
    }

    static SieveFacts facts(String letter, SieveSurroundings around) {
        return new SieveFacts(
                letter(letter),
                new SieveFacts.Envelope(
                        EmailAddress.parse("coyote@desert.example.org"),
                        EmailAddress.parse("roadrunner+bird@acme.example.com"),
                        '+'),
                around,
                ZonedDateTime.parse("2026-02-03T04:05:06+01:00[Europe/Paris]"));
    }

    static SieveOutcome run(String script, String letter, SieveSurroundings around) {
        return SieveInterpreter.run(program(script), facts(letter, around), SieveLimits.STANDARD);
    }

    /// Actions in short words.
    static List<String> actions(String script) {
        return actions(script, LETTER);
    }

    static List<String> actions(String script, String letter) {
        SieveOutcome outcome = run(script, letter, SieveSurroundings.NONE);
        List<String> words = new ArrayList<>();
        SieveProblem problem = outcome.problem();
        if (problem != null) {
            words.add(problem.english());
        }
        outcome.actions().forEach(action -> words.add(word(action)));
        return words;
    }

    static String word(SieveAction action) {
        return switch (action) {
            case SieveAction.Keep(List<String> flags, _, boolean implicit) ->
                    (implicit ? "implicit keep" : "keep") + (flags.isEmpty() ? "" : " " + flags);
            case SieveAction.FileInto(SieveAction.Target target, _) ->
                    "fileinto "
                            + target.mailbox()
                            + (target.flags().isEmpty() ? "" : " " + target.flags());
            case SieveAction.Redirect(EmailAddress to, _) -> "redirect " + to;
            case SieveAction.Discard _ -> "discard";
            case SieveAction.Reject(String reason, boolean inProtocol) ->
                    (inProtocol ? "ereject " : "reject ") + reason;
            case SieveAction.Vacation vacation ->
                    "vacation " + vacation.period() + " " + vacation.text().reason();
            case SieveAction.Notify notify -> "notify " + notify.method().to();
            case SieveAction.Remember(String key, _) -> "remember " + key;
        };
    }

    /// Whether a test holds for the usual letter.
    static boolean holds(String requires, String test) {
        return holds(requires, test, LETTER);
    }

    static boolean holds(String requires, String test, String letter) {
        String script =
                (requires.isEmpty() ? "" : "require [" + requires + "];\n")
                        + "if "
                        + test
                        + " { discard; }";
        return actions(script, letter).equals(List.of("discard"));
    }

    /// An edited letter put together.
    static String text(@Nullable EditedLetter edited, String letter) {
        byte[] old = letter.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        OctetBuffer out = new OctetBuffer(1 << 20);
        for (EditedLetter.Piece piece : Objects.requireNonNull(edited).pieces()) {
            switch (piece) {
                case EditedLetter.Piece.Old(long from, long to) ->
                        out.accept(old, (int) from, (int) (to - from));
                case EditedLetter.Piece.New(var octets) -> out.append(octets);
            }
        }
        return new String(out.toArray(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
