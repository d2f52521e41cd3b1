package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.mailbox.Grantee;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.Right;
import org.facteur.core.mailbox.Rights;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.MailboxPath;
import org.facteur.wire.imap.RightsChange;
import org.facteur.wire.text.SyntaxFault;

/// The commands of ACL (RFC 4314 §3). Identifiers are addresses of accounts, and `anyone` for all
/// who sign in here. Rights cannot be denied by name: an identifier after `-` is refused.
final class RightsCommand {
    private static final String ANYONE = "anyone";

    /// Answered as one each: none brings another.
    private static final List<String> OPTIONAL =
            List.of("l", "r", "s", "w", "i", "p", "k", "x", "t", "e", "a");

    private final ImapSession session;

    RightsCommand(ImapSession session) {
        this.session = session;
    }

    Answer get(MailboxPath path) throws IOException {
        NamedMailbox named = session.named(path);
        LetterBox box = named.box();
        Map<Grantee, Rights> grants = box.grants(named.get().id());
        List<ImapResponse.AclEntry> entries = new ArrayList<>();
        session.services()
                .boxes()
                .findAddress(box.owner())
                .ifPresent(owner -> entries.add(entry(owner.toString(), Rights.ALL)));
        grants.entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().number()))
                .forEach(
                        each ->
                                identifier(each.getKey())
                                        .ifPresent(
                                                name -> entries.add(entry(name, each.getValue()))));
        session.out().write(new ImapResponse.AclData(path, entries));
        return Answer.ok("Those may do something.");
    }

    private static ImapResponse.AclEntry entry(String name, Rights rights) {
        return new ImapResponse.AclEntry(name, letters(rights));
    }

    /// With the letters of old clients (RFC 4314 §2.1.1).
    static String letters(Rights rights) {
        boolean d =
                rights.has(Right.DELETE_MAILBOX)
                        || rights.has(Right.DELETE_LETTERS)
                        || rights.has(Right.EXPUNGE);
        return rights + (rights.has(Right.CREATE) ? "c" : "") + (d ? "d" : "");
    }

    /// Empty for an account that is no more.
    private Optional<String> identifier(Grantee grantee) {
        return switch (grantee) {
            case Grantee.Anyone _ -> Optional.of(ANYONE);
            case Grantee.Person(AccountId account) ->
                    session.services().boxes().findAddress(account).map(EmailAddress::toString);
        };
    }

    /// @throws Refusal NOT_FOUND for somebody who is not here; CANNOT for a denial
    private Grantee grantee(String identifier) {
        if (identifier.toLowerCase(Locale.ROOT).equals(ANYONE)) {
            return new Grantee.Anyone();
        }
        if (identifier.startsWith("-")) {
            throw new Refusal(
                    Refusal.Reason.CANNOT,
                    "Rights are given here, never denied by name.",
                    "Ici, les droits se donnent et ne se refusent pas nommément.");
        }
        return address(identifier)
                .flatMap(session.services().boxes()::findOwner)
                .map(account -> (Grantee) new Grantee.Person(account))
                .orElseThrow(
                        () ->
                                new Refusal(
                                        Refusal.Reason.NOT_FOUND,
                                        "There is nobody of that name.",
                                        "Personne ne porte ce nom."));
    }

    private static Optional<EmailAddress> address(String text) {
        try {
            return Optional.of(EmailAddress.parse(text));
        } catch (SyntaxFault none) {
            return Optional.empty();
        }
    }

    Answer set(MailboxPath path, String identifier, RightsChange change) {
        Optional<Rights> given = Rights.parse(change.letters());
        if (given.isEmpty()) {
            return Answer.bad("There is no such right.");
        }
        NamedMailbox named = session.named(path);
        Mailbox mailbox = named.get();
        Map<Grantee, Rights> grants = named.box().grants(mailbox.id());
        Grantee grantee = grantee(identifier);
        Rights before = grants.getOrDefault(grantee, Rights.NONE);
        Rights after =
                switch (change.mode()) {
                    case REPLACE -> given.get();
                    case ADD -> before.with(given.get());
                    case REMOVE -> before.without(given.get());
                };
        named.box().grant(mailbox.id(), grantee, after);
        return Answer.ok("Given.");
    }

    Answer delete(MailboxPath path, String identifier) {
        NamedMailbox named = session.named(path);
        Mailbox mailbox = named.get();
        named.box().grants(mailbox.id());
        named.box().grant(mailbox.id(), grantee(identifier), Rights.NONE);
        return Answer.ok("Taken.");
    }

    Answer list(MailboxPath path, String identifier) throws IOException {
        NamedMailbox named = session.named(path);
        named.box().grants(named.get().id());
        boolean owner =
                grantee(identifier) instanceof Grantee.Person(AccountId account)
                        && account.equals(named.box().owner());
        session.out()
                .write(
                        new ImapResponse.ListRightsData(
                                path,
                                identifier,
                                owner ? letters(Rights.ALL) : "",
                                owner ? List.of() : OPTIONAL));
        return Answer.ok("Those can be given.");
    }

    Answer mine(MailboxPath path) throws IOException {
        NamedMailbox named = session.named(path);
        Mailbox mailbox = named.get();
        writeMine(path, new ListedMailboxes.Known(named.box(), mailbox));
        return Answer.ok("Those are yours.");
    }

    /// One MYRIGHTS response.
    void writeMine(MailboxPath path, ListedMailboxes.Known known) throws IOException {
        Rights rights = known.box().rights(known.mailbox().id());
        session.out().write(new ImapResponse.MyRightsData(path, letters(rights)));
    }
}
