package org.facteur.main;

import java.io.IOException;
import java.security.SecureRandom;
import org.facteur.core.account.Account;
import org.facteur.core.login.Password;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.LocalPart;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Begins a post office: a domain with its keys, and a first person who answers for it.
@Command(name = "setup")
final class SetupCommand extends OfficeCommand {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int PASSWORD_LENGTH = 26;

    @Parameters(paramLabel = "DOMAIN", descriptionKey = "DOMAIN")
    private Domain domain = Domain.parse("localhost");

    @Option(names = "--person", paramLabel = "ADDRESS")
    private @Nullable EmailAddress person;

    @Option(names = "--name", paramLabel = "NAME")
    private String name = "";

    @Option(names = "--password-stdin")
    private boolean passwordInput;

    @Override
    boolean makesStore() {
        return true;
    }

    @Override
    boolean readsInput() {
        return passwordInput;
    }

    @Override
    void run(PostOffice office, Terminal terminal) throws IOException {
        EmailAddress address =
                person == null ? new EmailAddress(LocalPart.of("admin"), domain) : person;
        String made = passwordInput ? null : randomPassword();
        Password password = made == null ? readPassword(terminal) : Password.of(made);
        office.directoryEditor().addDomain(domain, null);
        office.domainKeys().ensure(domain);
        Account account = AccountCommands.create(office, address, name, password, terminal);
        office.directoryEditor().setAdministrator(account.id(), true);
        Printout printout = printout(terminal);
        String hostname = "mail." + domain.name();
        var records = DnsRecords.of(domain, hostname, office.domainKeys());
        if (json()) {
            printout.value(
                    Printout.row(
                            "domain",
                            domain.name(),
                            "account",
                            account.address().toString(),
                            "password",
                            made,
                            "dns",
                            records));
            return;
        }
        terminal.say(
                domain.toUnicode() + " is ready. Its first person is " + account.address() + ".",
                domain.toUnicode()
                        + " est prêt. Sa première personne est "
                        + account.address()
                        + ".");
        if (made != null) {
            terminal.say(
                    "Password, shown this once: " + made,
                    "Mot de passe, montré cette seule fois : " + made);
        }
        terminal.say(
                "Publish these DNS records (" + hostname + " is this machine):",
                "Publiez ces enregistrements DNS (" + hostname + " est cette machine) :");
        printout.rows(records);
    }

    private static String randomPassword() {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PASSWORD_LENGTH; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
