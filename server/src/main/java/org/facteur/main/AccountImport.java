package org.facteur.main;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.NewAccount;
import org.facteur.core.account.Profile;
import org.facteur.core.account.Quota;
import org.facteur.core.account.SignUpRules;
import org.facteur.core.login.CredentialEditor;
import org.facteur.core.login.Password;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Many people at once, from a table: `address`, and if wished `name`, `language`, `password`,
/// `recovery`, `quota`. Everything is looked at first; one fault and nobody is added.
@Command(name = "import")
final class AccountImport extends OfficeCommand {
    private static final long MOST_BYTES = 50_000_000;
    private static final int MOST_FAULTS = 20;

    private static final Set<String> COLUMNS =
            Set.of("address", "name", "language", "password", "recovery", "quota");

    @Parameters(paramLabel = "FILE", descriptionKey = "FILE")
    private Path file = Path.of("-");

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Option(names = "--must-change")
    private boolean mustChange;

    @Option(names = "--sign-up")
    private boolean signUp;

    @Option(names = "--force")
    private boolean force;

    /// A line of the table as it will be done.
    private record Wanted(
            NewAccount account, @Nullable Password password, @Nullable Quota quota, int line) {}

    @Override
    boolean readsInput() {
        return file.equals(Path.of("-"));
    }

    @Override
    void run(PostOffice office, Terminal terminal) throws IOException {
        CsvTable table = CsvTable.parse(text(terminal));
        for (String column : table.columns()) {
            if (!COLUMNS.contains(column)) {
                throw CsvTable.invalid(
                        1,
                        1,
                        "there is no column \"" + column + "\"; there are " + sorted(),
                        "il n'y a pas de colonne « " + column + " » ; il y a " + sorted());
            }
        }
        List<Refusal> faults = new ArrayList<>();
        List<Wanted> all = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (CsvTable.Row row : table.rows()) {
            try {
                Wanted wanted = wanted(table, row, terminal.language());
                check(office, wanted, seen);
                all.add(wanted);
            } catch (Refusal refusal) {
                faults.add(located(refusal, row));
            }
        }
        if (!faults.isEmpty()) {
            faults.stream()
                    .limit(MOST_FAULTS)
                    .forEach(fault -> terminal.complain(fault.sentence()));
            throw new Refusal(
                    Refusal.Reason.INVALID,
                    faults.size() + " lines are wrong; nobody was added.",
                    faults.size() + " lignes sont fausses ; personne n'a été ajouté.");
        }
        if (dryRun) {
            printout(terminal)
                    .say(
                            all.size() + " people could be added.",
                            all.size() + " personnes pourraient être ajoutées.");
            printout(terminal).value(Printout.row("accounts", all.size()));
            return;
        }
        add(office, terminal, all);
    }

    private static String sorted() {
        return String.join(", ", COLUMNS.stream().sorted().toList());
    }

    private String text(Terminal terminal) throws IOException {
        if (readsInput()) {
            return new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8);
        }
        Path path = terminal.directory().resolve(file);
        if (!Files.isRegularFile(path) || Files.size(path) > MOST_BYTES) {
            throw new Refusal(
                    Refusal.Reason.NOT_FOUND,
                    "There is no table of at most 50 MB at " + path + ".",
                    "Il n'y a pas de table d'au plus 50 Mo à " + path + ".");
        }
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    }

    private Wanted wanted(CsvTable table, CsvTable.Row row, Language standard) {
        CsvTable.Field address = table.find(row, "address");
        if (address == null) {
            throw CsvTable.invalid(row.line(), 1, "an address is missing", "il manque une adresse");
        }
        CsvTable.Field name = table.find(row, "name");
        CsvTable.Field language = table.find(row, "language");
        CsvTable.Field password = table.find(row, "password");
        CsvTable.Field recovery = table.find(row, "recovery");
        CsvTable.Field quota = table.find(row, "quota");
        EmailAddress wish = address(address);
        return new Wanted(
                new NewAccount(
                        signUp ? SignUpRules.address(wish) : wish,
                        new Profile(
                                name == null ? "" : name.text(),
                                language == null ? standard : Language.of(language.text()),
                                recovery == null ? null : address(recovery),
                                false),
                        force),
                password == null ? null : Password.of(password.text()),
                quota == null ? null : quota(quota),
                row.line());
    }

    private static EmailAddress address(CsvTable.Field field) {
        try {
            return EmailAddress.parse(field.text());
        } catch (SyntaxFault _) {
            throw CsvTable.invalid(
                    field.line(),
                    field.column(),
                    "\"" + field.text() + "\" is no address",
                    "« " + field.text() + " » n'est pas une adresse");
        }
    }

    private static Quota quota(CsvTable.Field field) {
        try {
            long bytes = Long.parseLong(field.text());
            if (bytes > 0) {
                return new Quota(bytes, Quota.DEFAULT.letters());
            }
        } catch (NumberFormatException notOne) {
            // Said below, as for a number that is too small.
        }
        throw CsvTable.invalid(
                field.line(),
                field.column(),
                "a quota is a number of octets",
                "un quota est un nombre d'octets");
    }

    private void check(PostOffice office, Wanted wanted, Map<String, Integer> seen) {
        office.directoryEditor().checkAccount(wanted.account());
        EmailAddress address = wanted.account().address();
        Password password = wanted.password();
        if (password != null) {
            CredentialEditor.checkPassword(password, address, wanted.account().profile().name());
        }
        Integer before = seen.put(office.directory().comparedForm(address), wanted.line());
        if (before != null) {
            throw new Refusal(
                    Refusal.Reason.ALREADY_EXISTS,
                    "This address is on line " + before + " already.",
                    "Cette adresse est déjà à la ligne " + before + ".");
        }
    }

    /// A refusal that does not say where says at least which line.
    private static Refusal located(Refusal refusal, CsvTable.Row row) {
        return refusal.sentence().english().startsWith("Line ")
                ? refusal
                : new Refusal(
                        refusal.reason(),
                        "Line " + row.line() + ", column 1: " + refusal.sentence().english(),
                        "Ligne " + row.line() + ", colonne 1 : " + refusal.sentence().french());
    }

    private void add(PostOffice office, Terminal terminal, List<Wanted> all) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Wanted wanted : all) {
            try {
                rows.add(add(office, wanted));
            } catch (RuntimeException failed) {
                printout(terminal).rows(rows);
                terminal.complain(
                        new org.facteur.base.word.Sentence(
                                "Stopped at line "
                                        + wanted.line()
                                        + "; the people shown were added, the others were not.",
                                "Arrêt à la ligne "
                                        + wanted.line()
                                        + " ; les personnes montrées ont été ajoutées, les autres"
                                        + " non."));
                throw failed;
            }
        }
        printout(terminal).rows(rows);
    }

    private Map<String, @Nullable Object> add(PostOffice office, Wanted wanted) {
        AccountAdd.Made made =
                AccountAdd.create(office, wanted.account(), wanted.password(), mustChange);
        Account account = made.account();
        Quota quota = wanted.quota();
        if (quota != null) {
            office.directoryEditor().setQuota(account.id(), quota);
        }
        return Printout.row("account", account.address().toString(), "password", made.imposed());
    }
}
