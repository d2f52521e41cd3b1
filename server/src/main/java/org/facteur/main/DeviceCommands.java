package org.facteur.main;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.account.Door;
import org.facteur.wire.address.EmailAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Device passwords: add, list, remove.
@Command(
        name = "device",
        subcommands = {
            DeviceCommands.Add.class,
            DeviceCommands.ListAll.class,
            DeviceCommands.Remove.class
        })
final class DeviceCommands extends CommandGroup {
    private static final EmailAddress NOBODY = EmailAddress.parse("nobody@localhost");

    /// Makes one and prints it, this once.
    @Command(name = "add")
    static final class Add extends OfficeCommand {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Option(names = "--name", required = true, paramLabel = "NAME")
        private String name = "";

        @Option(names = "--protocols", split = ",", paramLabel = "PROTOCOL")
        private List<String> protocols = new ArrayList<>(List.of("imap", "pop3", "smtp"));

        @Override
        void run(PostOffice office, Terminal terminal) {
            Account account = account(office, address);
            Set<Door> doors = EnumSet.noneOf(Door.class);
            protocols.forEach(protocol -> doors.add(door(protocol)));
            String password = office.credentials().addDevice(account, name, doors);
            if (json()) {
                printout(terminal).value(Printout.row("device", name, "password", password));
            } else {
                terminal.out().println(password);
            }
        }

        private static Door door(String protocol) {
            return switch (protocol.strip().toLowerCase(Locale.ROOT)) {
                case "imap" -> Door.IMAP;
                case "pop3", "pop" -> Door.POP3;
                case "smtp", "submission" -> Door.SUBMISSION;
                case "jmap" -> Door.JMAP;
                case "dav" -> Door.DAV;
                case "sieve" -> Door.SIEVE;
                default ->
                        throw new Refusal(
                                Refusal.Reason.INVALID,
                                "Protocols are imap, pop3, smtp, jmap, dav and sieve.",
                                "Les protocoles sont imap, pop3, smtp, jmap, dav et sieve.");
            };
        }
    }

    /// All devices of an account.
    @Command(name = "list")
    static final class ListAll extends OfficeCommand {
        @Parameters(paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Override
        void run(PostOffice office, Terminal terminal) {
            printout(terminal)
                    .rows(
                            office.credentials().list(account(office, address).id()).stream()
                                    .filter(credential -> !credential.main())
                                    .map(
                                            credential ->
                                                    Printout.row(
                                                            "number",
                                                            credential.number(),
                                                            "device",
                                                            credential.name(),
                                                            "protocols",
                                                            credential.doors().stream()
                                                                    .map(
                                                                            door ->
                                                                                    door.name()
                                                                                            .toLowerCase(
                                                                                                    Locale
                                                                                                            .ROOT))
                                                                    .sorted()
                                                                    .toList(),
                                                            "created",
                                                            credential.created().toString()))
                                    .toList());
        }
    }

    /// One that may not come in any more, by number or name.
    @Command(name = "remove")
    static final class Remove extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Parameters(index = "1", paramLabel = "DEVICE", descriptionKey = "DEVICE")
        private String device = "";

        @Override
        void run(PostOffice office, Terminal terminal) {
            Account account = account(office, address);
            long number =
                    office.credentials().list(account.id()).stream()
                            .filter(
                                    credential ->
                                            !credential.main()
                                                    && (credential.name().equals(device)
                                                            || Long.toString(credential.number())
                                                                    .equals(device)))
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            new Refusal(
                                                    Refusal.Reason.NOT_FOUND,
                                                    "There is no such device.",
                                                    "Cet appareil n'existe pas."))
                            .number();
            office.credentials().revoke(account.id(), number);
            printout(terminal).say("Device removed.", "Appareil supprimé.");
        }
    }
}
