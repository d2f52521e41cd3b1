package org.facteur.main;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.MailDomain;
import org.facteur.net.dns.DnsAnswers;
import org.facteur.net.dns.DnsSettings;
import org.facteur.net.dns.MailExchangers;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Domains: add, list, remove, dns, key, policy.
@Command(
        name = "domain",
        subcommands = {
            DomainCommands.Add.class,
            DomainCommands.ListAll.class,
            DomainCommands.Remove.class,
            DomainCommands.Dns.class,
            DomainKeyCommands.class,
            DomainCommands.Policy.class
        })
final class DomainCommands extends CommandGroup {
    /// A domain of its own, or another name of one that is here.
    @Command(name = "add")
    static final class Add extends OfficeCommand {
        @Parameters(paramLabel = "DOMAIN", descriptionKey = "DOMAIN")
        private Domain domain = Domain.parse("localhost");

        @Option(names = "--alias-of", paramLabel = "DOMAIN")
        private @Nullable Domain aliasOf;

        @Override
        boolean makesStore() {
            return true;
        }

        @Override
        void run(PostOffice office, Terminal terminal) {
            office.directoryEditor().addDomain(domain, aliasOf);
            office.domainKeys().ensure(domain);
            Printout printout = printout(terminal);
            printout.say(domain.toUnicode() + " added.", domain.toUnicode() + " ajouté.");
            printout.value(Printout.row("domain", domain.name()));
        }
    }

    /// All domains.
    @Command(name = "list")
    static final class ListAll extends OfficeCommand {
        @Override
        void run(PostOffice office, Terminal terminal) {
            printout(terminal).rows(office.directory().domains().stream().map(this::row).toList());
        }

        private java.util.Map<String, @Nullable Object> row(MailDomain domain) {
            Domain aliasOf = domain.aliasOf();
            EmailAddress catchAll = domain.catchAll();
            return Printout.row(
                    "domain",
                    domain.name().name(),
                    "aliasOf",
                    aliasOf == null ? null : aliasOf.name(),
                    "separators",
                    domain.separators(),
                    "catchAll",
                    catchAll == null ? null : catchAll.toString(),
                    "rewritesSenders",
                    domain.rewritesSenders());
        }
    }

    /// A domain nothing depends on.
    @Command(name = "remove")
    static final class Remove extends OfficeCommand {
        @Parameters(paramLabel = "DOMAIN", descriptionKey = "DOMAIN")
        private Domain domain = Domain.parse("localhost");

        @Override
        void run(PostOffice office, Terminal terminal) {
            office.directoryEditor().removeDomain(domain);
            printout(terminal)
                    .say(domain.toUnicode() + " removed.", domain.toUnicode() + " supprimé.");
        }
    }

    /// The records to publish.
    @Command(name = "dns")
    static final class Dns extends OfficeCommand {
        @Parameters(paramLabel = "DOMAIN", descriptionKey = "DOMAIN")
        private Domain domain = Domain.parse("localhost");

        @Option(names = "--hostname", paramLabel = "HOST")
        private @Nullable String hostname;

        @Option(names = "--check")
        private boolean check;

        @Option(names = "--resolver", paramLabel = "ADDRESS:PORT")
        private @Nullable String resolver;

        private boolean complete = true;

        @Override
        int status() {
            return complete ? Outcomes.DONE : Outcomes.REFUSED;
        }

        @Override
        void run(PostOffice office, Terminal terminal) {
            if (office.directory().findDomain(domain).isEmpty()) {
                throw new Refusal(
                        Refusal.Reason.NOT_FOUND,
                        "This domain is not served here.",
                        "Ce domaine n'est pas servi ici.");
            }
            String host = DnsRecords.host(domain, hostname);
            List<Map<String, @Nullable Object>> records =
                    DnsRecords.of(domain, host, office.domainKeys());
            if (!check) {
                printout(terminal).rows(records);
                return;
            }
            DnsCheck checking =
                    new DnsCheck(
                            new DnsAnswers(DnsSettings.standard(resolvers())), terminal.language());
            printout(terminal).rows(checking.of(records));
            complete = checking.complete();
        }

        private List<InetSocketAddress> resolvers() {
            String text = resolver;
            if (text == null) {
                return List.of();
            }
            int colon = text.lastIndexOf(':');
            try {
                Domain literal = Domain.parse("[" + text.substring(0, Math.max(0, colon)) + "]");
                return MailExchangers.literal(literal, Integer.parseInt(text.substring(colon + 1)))
                                instanceof
                                MailExchangers.Found(List<MailExchangers.Exchanger> found)
                        ? found.getFirst().addresses()
                        : List.of();
            } catch (SyntaxFault | IllegalArgumentException _) {
                throw new Refusal(
                        Refusal.Reason.INVALID,
                        "A resolver is an address and a port, as 192.0.2.1:53.",
                        "Un résolveur est une adresse et un port, comme 192.0.2.1:53.");
            }
        }
    }

    /// Which characters do not count, and who receives the rest.
    @Command(name = "policy")
    static final class Policy extends OfficeCommand {
        @Parameters(paramLabel = "DOMAIN", descriptionKey = "DOMAIN")
        private Domain domain = Domain.parse("localhost");

        @Option(names = "--separators", paramLabel = "CHARACTERS")
        private @Nullable String separators;

        @Option(names = "--catch-all", paramLabel = "ADDRESS")
        private @Nullable EmailAddress catchAll;

        @Option(names = "--no-catch-all")
        private boolean noCatchAll;

        @Option(names = "--steward", paramLabel = "ADDRESS")
        private @Nullable EmailAddress steward;

        @Option(names = "--rewrite-senders")
        private boolean rewriteSenders;

        @Option(names = "--keep-senders")
        private boolean keepSenders;

        @Override
        void run(PostOffice office, Terminal terminal) {
            if (separators != null) {
                office.directoryEditor().setSeparators(domain, separators);
            }
            if (catchAll != null || noCatchAll) {
                office.directoryEditor().setCatchAll(domain, noCatchAll ? null : catchAll);
            }
            EmailAddress answering = steward;
            if (answering != null) {
                office.directoryEditor().setSteward(domain, account(office, answering).id());
            }
            if (rewriteSenders || keepSenders) {
                office.directoryEditor().setRewriting(domain, !keepSenders);
            }
            printout(terminal).say("Done.", "C'est fait.");
        }
    }
}
