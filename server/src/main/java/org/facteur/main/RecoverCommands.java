package org.facteur.main;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.login.Credential;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.RecoverableLetter;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.mime.Summary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Letters that POP devices took: list, restore.
@Command(
        name = "recover",
        subcommands = {RecoverCommands.ListAll.class, RecoverCommands.Restore.class})
final class RecoverCommands extends CommandGroup {
    private static final EmailAddress NOBODY = EmailAddress.parse("nobody@localhost");
    private static final int MOST = 100_000;

    /// Which letters.
    static final class Options {
        @Option(names = "--device", paramLabel = "DEVICE")
        private @Nullable String device;

        @Option(names = "--since", paramLabel = "DATE")
        private @Nullable String since;

        List<RecoverableLetter> letters(
                PostOffice office, Account account, LetterBox box, int most) {
            String wanted = device;
            Instant from = since == null ? Instant.EPOCH : instant(since, office);
            List<RecoverableLetter> all = box.recoverable(from, MOST);
            if (wanted != null) {
                long number = DeviceWords.find(office, account, wanted).number();
                all = all.stream().filter(letter -> letter.credential() == number).toList();
            }
            return all.subList(0, Math.min(most, all.size()));
        }

        /// An instant or a date as ISO 8601 writes them, or so many days before now as in `7d`.
        private static Instant instant(String text, PostOffice office) {
            try {
                if (text.endsWith("d")) {
                    return office.clock()
                            .instant()
                            .minus(
                                    Duration.ofDays(
                                            Integer.parseUnsignedInt(
                                                    text, 0, text.length() - 1, 10)));
                }
                return text.length() == "2026-01-01".length()
                        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(text);
            } catch (DateTimeException | NumberFormatException | ArithmeticException _) {
                throw new Refusal(
                        Refusal.Reason.INVALID,
                        "Since when: 2026-03-01, 2026-03-01T12:00:00Z or 7d.",
                        "Depuis quand : 2026-03-01, 2026-03-01T12:00:00Z ou 7d.");
            }
        }
    }

    /// What can be put back, the latest first.
    @Command(name = "list")
    static final class ListAll extends OfficeCommand {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Mixin private Options options = new Options();

        @Option(names = "--most", paramLabel = "N", defaultValue = "1000")
        private int most = 1000;

        @Override
        void run(PostOffice office, Terminal terminal) {
            Account account = account(office, address);
            LetterBox box = office.boxes().open(Actor.system(account.id(), Door.COMMAND));
            Map<Long, String> devices = new HashMap<>();
            for (Credential each : office.credentials().list(account.id())) {
                devices.put(each.number(), each.main() ? "main" : each.name());
            }
            printout(terminal)
                    .rows(
                            options
                                    .letters(office, account, box, Math.clamp(most, 1, MOST))
                                    .stream()
                                    .map(letter -> row(box, letter, devices))
                                    .toList());
        }

        private static Map<String, @Nullable Object> row(
                LetterBox box, RecoverableLetter letter, Map<Long, String> devices) {
            Summary summary = box.listing(letter.letter()).summary();
            return Printout.row(
                    "id",
                    letter.id(),
                    "taken",
                    letter.taken().toString(),
                    "device",
                    devices.getOrDefault(letter.credential(), "#" + letter.credential()),
                    "folder",
                    letter.from().toString(),
                    "received",
                    letter.received().toString(),
                    "from",
                    from(summary),
                    "subject",
                    summary.subject(),
                    "bytes",
                    letter.letter().sizeBytes());
        }
    }

    private static String from(Summary summary) {
        return summary.correspondents().from().stream()
                .findFirst()
                .map(HeaderAddress::display)
                .orElse("");
    }

    /// Puts letters back where they lay.
    @Command(name = "restore")
    static final class Restore extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Parameters(index = "1..*", paramLabel = "ID", descriptionKey = "ID")
        private List<Long> ids = new ArrayList<>();

        @Mixin private Options options = new Options();

        @Option(names = "--all")
        private boolean all;

        @Override
        void run(PostOffice office, Terminal terminal) {
            if (ids.isEmpty() && !all && options.device == null && options.since == null) {
                throw new Refusal(
                        Refusal.Reason.INVALID,
                        "Which letters? Give ids, --device, --since or --all.",
                        "Quelles lettres ? Donnez des numéros, --device, --since ou --all.");
            }
            Account account = account(office, address);
            LetterBox box = office.boxes().open(Actor.system(account.id(), Door.COMMAND));
            List<Long> wanted =
                    ids.isEmpty()
                            ? options.letters(office, account, box, MOST).stream()
                                    .map(RecoverableLetter::id)
                                    .toList()
                            : ids;
            List<Long> restored = box.restore(wanted);
            printout(terminal)
                    .say(
                            restored.size() + " letters put back.",
                            restored.size() + " lettres remises en place.");
            printout(terminal).value(Printout.row("restored", restored));
        }
    }
}
