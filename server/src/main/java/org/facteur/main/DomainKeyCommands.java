package org.facteur.main;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.DomainKeys;
import org.facteur.wire.address.Domain;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The keys a domain signs its letters with: list, rotate, retire.
@Command(
        name = "key",
        subcommands = {
            DomainKeyCommands.ListAll.class,
            DomainKeyCommands.Rotate.class,
            DomainKeyCommands.Retire.class
        })
final class DomainKeyCommands extends CommandGroup {
    /// A command on the keys of a domain that is served here.
    abstract static class OfDomain extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "DOMAIN", descriptionKey = "DOMAIN")
        private Domain domain = Domain.parse("localhost");

        Domain domain(PostOffice office) {
            if (office.directory().findDomain(domain).isEmpty()) {
                throw new Refusal(
                        Refusal.Reason.NOT_FOUND,
                        "This domain is not served here.",
                        "Ce domaine n'est pas servi ici.");
            }
            return domain;
        }
    }

    /// All keys of a domain.
    @Command(name = "list")
    static final class ListAll extends OfDomain {
        @Override
        void run(PostOffice office, Terminal terminal) {
            Domain domain = domain(office);
            printout(terminal)
                    .rows(
                            office.domainKeys().list(domain, office.clock().instant()).stream()
                                    .map(this::row)
                                    .toList());
        }

        private Map<String, @Nullable Object> row(DomainKeys.Listed key) {
            return Printout.row(
                    "selector",
                    key.selector(),
                    "algorithm",
                    key.algorithm().word(),
                    "signs",
                    key.signs(),
                    "since",
                    key.since().equals(Instant.EPOCH) ? null : key.since().toString());
        }
    }

    /// New keys beside the old.
    @Command(name = "rotate")
    static final class Rotate extends OfDomain {
        @Option(names = "--after", paramLabel = "HOURS", defaultValue = "48")
        private int hours = 48;

        @Override
        void run(PostOffice office, Terminal terminal) {
            if (hours < 0 || hours > 24 * 365) {
                throw new Refusal(
                        Refusal.Reason.INVALID,
                        "--after is a number of hours from 0 to 8760.",
                        "--after est un nombre d'heures de 0 à 8760.");
            }
            Domain domain = domain(office);
            office.domainKeys().ensure(domain);
            Instant now = office.clock().instant();
            List<DomainKeys.Published> made =
                    office.domainKeys().rotate(domain, now, now.plus(Duration.ofHours(hours)));
            Printout printout = printout(terminal);
            printout.say(
                    "Publish these records now; the keys begin to sign in "
                            + hours
                            + " hours. Retire the old ones two weeks after that.",
                    "Publiez maintenant ces enregistrements ; les clés signeront dans "
                            + hours
                            + " heures. Retirez les anciennes deux semaines après.");
            printout.rows(made.stream().map(key -> DnsRecords.key(domain, key)).toList());
        }
    }

    /// A key that no longer signs goes.
    @Command(name = "retire")
    static final class Retire extends OfDomain {
        @Parameters(index = "1", paramLabel = "SELECTOR", descriptionKey = "SELECTOR")
        private String selector = "";

        @Override
        void run(PostOffice office, Terminal terminal) {
            office.domainKeys().retire(domain(office), selector, office.clock().instant());
            printout(terminal)
                    .say(
                            "Done. Its record may go from the DNS too.",
                            "C'est fait. Son enregistrement peut aussi quitter le DNS.");
        }
    }
}
