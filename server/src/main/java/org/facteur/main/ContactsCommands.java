package org.facteur.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.contact.AddressBook;
import org.facteur.core.contact.Card;
import org.facteur.core.contact.CardExchange;
import org.facteur.core.contact.Contacts;
import org.facteur.core.login.Credential;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.vcard.VcardLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Address books: vCard files in and out.
@Command(
        name = "contacts",
        subcommands = {ContactsCommands.Import.class, ContactsCommands.Export.class})
final class ContactsCommands extends CommandGroup {
    private static Actor actor(PostOffice office, EmailAddress address) {
        return new Actor(
                OfficeCommand.account(office, address).id(), Credential.MAIN, Door.COMMAND);
    }

    /// The book of a name, without case.
    private static Optional<AddressBook> find(List<AddressBook> books, String name) {
        return books.stream()
                .filter(
                        each ->
                                each.label()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /// Takes cards in. Again with the same file it changes nothing.
    @Command(name = "import")
    static final class Import extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private @Nullable EmailAddress address;

        @Parameters(index = "1", paramLabel = "FILE", descriptionKey = "FILE")
        private Path file = Path.of("-");

        @Option(names = "--into", paramLabel = "BOOK")
        private @Nullable String into;

        private boolean complete = true;

        @Override
        boolean readsInput() {
            return file.toString().equals("-");
        }

        @Override
        void run(PostOffice office, Terminal terminal) throws IOException {
            Actor actor = actor(office, java.util.Objects.requireNonNull(address));
            int most = VcardLimits.STANDARD.octets();
            byte[] octets =
                    readsInput()
                            ? terminal.in().readNBytes(most + 1)
                            : read(terminal.directory().resolve(file), most);
            Contacts contacts = office.people().contacts();
            CardExchange.Outcome outcome =
                    new CardExchange(contacts, office.clock())
                            .take(actor, book(contacts, actor), octets);
            complete = outcome.refused() == 0;
            Printout printout = printout(terminal);
            printout.say(
                    outcome.added()
                            + " cards added, "
                            + outcome.changed()
                            + " changed, "
                            + outcome.same()
                            + " were there already, "
                            + outcome.refused()
                            + " refused.",
                    outcome.added()
                            + " fiches ajoutées, "
                            + outcome.changed()
                            + " changées, "
                            + outcome.same()
                            + " étaient déjà là, "
                            + outcome.refused()
                            + " refusées.");
            printout.value(
                    Printout.row(
                            "added",
                            outcome.added(),
                            "changed",
                            outcome.changed(),
                            "same",
                            outcome.same(),
                            "refused",
                            outcome.refused()));
        }

        private static byte[] read(Path file, int most) throws IOException {
            try (var in = Files.newInputStream(file)) {
                return in.readNBytes(most + 1);
            } catch (NoSuchFileException _) {
                throw new Refusal(
                        Refusal.Reason.NOT_FOUND, file + " is not there.", file + " n'existe pas.");
            }
        }

        /// The book that was named, made when it is not there; else the default one.
        private long book(Contacts contacts, Actor actor) {
            List<AddressBook> books = contacts.books(actor);
            String name = into;
            if (name == null) {
                return books.stream()
                        .filter(AddressBook::isDefault)
                        .findFirst()
                        .orElse(books.getFirst())
                        .number();
            }
            Optional<AddressBook> known = find(books, name);
            return known.isPresent()
                    ? known.get().number()
                    : contacts.addBook(actor, new AddressBook.Label(name, null, 0), true);
        }

        @Override
        int status() {
            return complete ? Outcomes.DONE : Outcomes.REFUSED;
        }
    }

    /// Gives cards out.
    @Command(name = "export")
    static final class Export extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private @Nullable EmailAddress address;

        @Parameters(index = "1", paramLabel = "FILE", descriptionKey = "FILE")
        private Path file = Path.of("contacts.vcf");

        @Option(names = "--from", paramLabel = "BOOK")
        private @Nullable String from;

        @Override
        void run(PostOffice office, Terminal terminal) throws IOException {
            Actor actor = actor(office, java.util.Objects.requireNonNull(address));
            Contacts contacts = office.people().contacts();
            String name = from;
            AddressBook book =
                    name == null
                            ? null
                            : find(contacts.books(actor), name)
                                    .orElseThrow(
                                            () ->
                                                    new Refusal(
                                                            Refusal.Reason.NOT_FOUND,
                                                            "There is no such book.",
                                                            "Ce carnet n'existe pas."));
            List<Card> cards =
                    contacts.cards(actor.account()).stream()
                            .filter(each -> book == null || each.books().contains(book.number()))
                            .toList();
            Path target = terminal.directory().resolve(file);
            Files.write(target, CardExchange.give(cards));
            Printout printout = printout(terminal);
            printout.say(
                    cards.size() + " cards written to " + target + ".",
                    cards.size() + " fiches écrites dans " + target + ".");
            printout.value(Printout.row("cards", cards.size(), "file", target.toString()));
        }
    }
}
