package org.facteur.main;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.mailbox.Grantee;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.mailbox.MailboxTree;
import org.facteur.core.mailbox.Rights;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What people share of their letter boxes: share, unshare, rights. An account nobody signs in to
/// is shared in the same way.
@Command(
        name = "mailbox",
        subcommands = {
            MailboxCommands.Share.class,
            MailboxCommands.Unshare.class,
            MailboxCommands.ListRights.class
        })
final class MailboxCommands extends CommandGroup {
    private static final EmailAddress NOBODY = EmailAddress.parse("nobody@localhost");
    private static final String ANYONE = "anyone";

    /// A command on one mailbox of one account.
    abstract static class OnMailbox extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Parameters(index = "1", paramLabel = "MAILBOX", descriptionKey = "MAILBOX")
        private String mailbox = "";

        LetterBox box(PostOffice office) {
            Account account = account(office, address);
            return office.boxes().open(Actor.system(account.id(), Door.COMMAND));
        }

        Mailbox mailbox(LetterBox box) {
            return box.mailboxes().get(MailboxName.parse(mailbox));
        }
    }

    /// A command about one grantee too.
    abstract static class OnGrantee extends OnMailbox {
        @Parameters(index = "2", paramLabel = "WHO", descriptionKey = "WHO")
        private String who = "";

        Grantee grantee(PostOffice office) {
            return who.toLowerCase(Locale.ROOT).equals(ANYONE)
                    ? new Grantee.Anyone()
                    : new Grantee.Person(account(office, EmailAddress.parse(who)).id());
        }

        String who() {
            return who;
        }
    }

    /// Gives rights in the place of those given before.
    @Command(name = "share")
    static final class Share extends OnGrantee {
        @Option(names = "--rights", paramLabel = "read|write|manage|LETTERS")
        private String rights = "read";

        @Override
        void run(PostOffice office, Terminal terminal) {
            LetterBox box = box(office);
            Rights given = parse(rights);
            box.grant(mailbox(box).id(), grantee(office), given);
            printout(terminal)
                    .say(
                            "Shared with " + who() + " (" + given + ").",
                            "Partagé avec " + who() + " (" + given + ").");
        }

        private static Rights parse(String text) {
            return switch (text) {
                case "read" -> Rights.READING;
                case "write" -> Rights.WRITING;
                case "manage" -> Rights.ALL;
                default ->
                        Rights.parse(text)
                                .filter(rights -> !rights.isEmpty())
                                .orElseThrow(
                                        () ->
                                                new Refusal(
                                                        Refusal.Reason.INVALID,
                                                        "Rights are read, write, manage or letters"
                                                                + " of lrswipkxtea.",
                                                        "Les droits sont read, write, manage ou des"
                                                                + " lettres parmi lrswipkxtea."));
            };
        }
    }

    /// Takes all rights.
    @Command(name = "unshare")
    static final class Unshare extends OnGrantee {
        @Override
        void run(PostOffice office, Terminal terminal) {
            LetterBox box = box(office);
            box.grant(mailbox(box).id(), grantee(office), Rights.NONE);
            printout(terminal)
                    .say(
                            "Not shared with " + who() + " any more.",
                            "N'est plus partagé avec " + who() + ".");
        }
    }

    /// Who may do what, in all mailboxes that are shared.
    @Command(name = "rights")
    static final class ListRights extends OfficeCommand {
        @Parameters(index = "0", paramLabel = "ADDRESS", descriptionKey = "ADDRESS")
        private EmailAddress address = NOBODY;

        @Override
        void run(PostOffice office, Terminal terminal) {
            Account account = account(office, address);
            LetterBox box = office.boxes().open(Actor.system(account.id(), Door.COMMAND));
            MailboxTree tree = box.mailboxes();
            List<Map<String, @Nullable Object>> rows =
                    tree.shown().stream()
                            .flatMap(
                                    mailbox ->
                                            box.grants(mailbox.id()).entrySet().stream()
                                                    .sorted(
                                                            Comparator.comparing(
                                                                    grant ->
                                                                            grant.getKey()
                                                                                    .number()))
                                                    .map(
                                                            grant ->
                                                                    Printout.row(
                                                                            "mailbox",
                                                                            tree.name(mailbox.id())
                                                                                    .toString(),
                                                                            "who",
                                                                            name(
                                                                                    office,
                                                                                    grant.getKey()),
                                                                            "rights",
                                                                            grant.getValue()
                                                                                    .toString())))
                            .toList();
            printout(terminal).rows(rows);
        }

        private static String name(PostOffice office, Grantee grantee) {
            return switch (grantee) {
                case Grantee.Anyone _ -> ANYONE;
                case Grantee.Person(AccountId account) ->
                        office.boxes()
                                .findAddress(account)
                                .map(EmailAddress::toString)
                                .orElse("#" + account);
            };
        }
    }
}
