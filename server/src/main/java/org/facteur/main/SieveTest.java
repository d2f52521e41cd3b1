package org.facteur.main;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Sentence;
import org.facteur.wire.address.AddressList;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.HeaderBlock;
import org.facteur.wire.mime.IndexLimits;
import org.facteur.wire.mime.LetterIndexer;
import org.facteur.wire.sieve.EditedLetter;
import org.facteur.wire.sieve.SieveAction;
import org.facteur.wire.sieve.SieveCompilation;
import org.facteur.wire.sieve.SieveCompiler;
import org.facteur.wire.sieve.SieveFacts;
import org.facteur.wire.sieve.SieveInterpreter;
import org.facteur.wire.sieve.SieveLetter;
import org.facteur.wire.sieve.SieveLimits;
import org.facteur.wire.sieve.SieveOutcome;
import org.facteur.wire.sieve.SieveProblem;
import org.facteur.wire.sieve.SieveProgram;
import org.facteur.wire.sieve.SieveSurroundings;
import org.facteur.wire.text.OctetBuffer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows what a script would do with a letter, without a store or a server. Of mailboxes, lists and
/// what was seen before it knows nothing.
@Command(name = "test")
final class SieveTest implements Callable<Integer> {
    private static final int LARGEST_LETTER = 50_000_000;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Parameters(index = "0", paramLabel = "SCRIPT", descriptionKey = "SCRIPT")
    private Path script = Path.of("");

    @Parameters(index = "1", paramLabel = "LETTER", descriptionKey = "LETTER")
    private Path letter = Path.of("");

    @Option(names = "--from", paramLabel = "ADDRESS")
    private @Nullable EmailAddress from;

    @Option(names = "--to", paramLabel = "ADDRESS")
    private @Nullable EmailAddress to;

    @Option(names = "--json")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Terminal terminal = ((RootCommand) spec.root().userObject()).terminal();
        try {
            run(terminal);
            return Outcomes.DONE;
        } catch (Refusal refusal) {
            return Outcomes.status(refusal, terminal);
        }
    }

    private void run(Terminal terminal) throws IOException {
        int most = SieveLimits.STANDARD.scriptOctets();
        byte[] written = SieveCommands.read(terminal.directory().resolve(script), most);
        SieveProgram program =
                switch (SieveCompiler.compile(written, SieveLimits.STANDARD)) {
                    case SieveCompilation.Ready(SieveProgram ready, _) -> ready;
                    case SieveCompilation.Faulty(List<SieveProblem> problems) ->
                            throw SieveCommands.faulty(problems);
                };
        byte[] octets =
                lines(SieveCommands.read(terminal.directory().resolve(letter), LARGEST_LETTER));
        SieveOutcome outcome = SieveInterpreter.run(program, facts(octets), SieveLimits.STANDARD);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        SieveProblem problem = outcome.problem();
        if (problem != null) {
            Sentence sentence = new Sentence(problem.english(), problem.french());
            rows.add(Printout.row("action", "fault", "detail", sentence.in(terminal.language())));
        }
        outcome.actions().forEach(action -> rows.add(row(action, terminal)));
        new Printout(terminal, json).rows(rows);
    }

    /// CRLF at every line's end, as letters arrive.
    private static byte[] lines(byte[] octets) {
        OctetBuffer out = new OctetBuffer(Integer.MAX_VALUE - 16);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\n' && (i == 0 || octets[i - 1] != '\r')) {
                out.append('\r');
            }
            out.append(octets[i]);
        }
        return out.toArray();
    }

    private SieveFacts facts(byte[] octets) {
        LetterIndexer indexer = new LetterIndexer(IndexLimits.STANDARD);
        indexer.feed(octets, 0, octets.length);
        Anatomy anatomy = indexer.finish().anatomy();
        HeaderBlock header = HeaderBlock.parse(octets, 1000);
        EmailAddress sender = from == null ? first(header, "from") : from;
        EmailAddress named = to == null ? first(header, "to") : to;
        return new SieveFacts(
                SieveLetter.of(anatomy, octets),
                new SieveFacts.Envelope(
                        sender,
                        named == null ? EmailAddress.parse("nobody@localhost") : named,
                        '+'),
                SieveSurroundings.NONE,
                InstantSource.system().instant().atZone(ZoneId.systemDefault()));
    }

    private static @Nullable EmailAddress first(HeaderBlock header, String field) {
        return header.find(field)
                .flatMap(body -> AddressList.decode(body, 10).stream().findFirst())
                .map(HeaderAddress::mailbox)
                .orElse(null);
    }

    private static Map<String, @Nullable Object> row(SieveAction action, Terminal terminal) {
        return switch (action) {
            case SieveAction.Keep(List<String> flags, EditedLetter edited, boolean implicit) ->
                    row(
                            "keep",
                            (implicit
                                            ? new Sentence(
                                                            "as nothing else was done",
                                                            "faute d'autre chose")
                                                    .in(terminal.language())
                                            : "")
                                    + words(flags)
                                    + edited(edited, terminal));
            case SieveAction.FileInto(SieveAction.Target target, EditedLetter edited) ->
                    row(
                            "fileinto",
                            target.mailbox() + words(target.flags()) + edited(edited, terminal));
            case SieveAction.Redirect(EmailAddress address, EditedLetter edited) ->
                    row("redirect", address + edited(edited, terminal));
            case SieveAction.Discard _ -> row("discard", "");
            case SieveAction.Reject(String reason, boolean inProtocol) ->
                    row(inProtocol ? "ereject" : "reject", reason.strip());
            case SieveAction.Vacation vacation ->
                    row(
                            "vacation",
                            vacation.period().toSeconds()
                                    + " s: "
                                    + vacation.text().reason().strip());
            case SieveAction.Notify notify -> row("notify", notify.method().to().toString());
            case SieveAction.Remember(String key, var period) ->
                    row("remember", period.toSeconds() + " s: " + key.replace('\n', ' '));
        };
    }

    private static String words(List<String> flags) {
        return flags.isEmpty() ? "" : " " + String.join(" ", flags);
    }

    private static String edited(@Nullable EditedLetter edited, Terminal terminal) {
        return edited == null
                ? ""
                : new Sentence(" (edited)", " (modifiée)").in(terminal.language());
    }

    private static Map<String, @Nullable Object> row(String action, String detail) {
        return Printout.row("action", action, "detail", detail.strip());
    }
}
