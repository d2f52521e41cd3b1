package org.facteur.edge.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.Annotation;
import org.facteur.core.mailbox.BoxLimits;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.NoteChange;
import org.facteur.core.mailbox.Role;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.MailboxAttribute;
import org.facteur.wire.imap.MailboxPath;
import org.facteur.wire.imap.MetadataEntry;
import org.facteur.wire.imap.MetadataOptions;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// GETMETADATA and SETMETADATA (RFC 5464 §4). What is noted about the server is the signed-in
/// account's own; the shared `/admin` is computed, and so is `/private/specialuse` of a mailbox
/// (RFC 6154 §4).
final class MetadataCommand {
    private static final String SHARED = "/shared";
    private static final String PRIVATE = "/private";
    private static final String ADMIN = "/shared/admin";
    private static final String SPECIAL_USE = "/private/specialuse";

    private final ImapSession session;

    MetadataCommand(ImapSession session) {
        this.session = session;
    }

    Answer get(ImapCommand.GetMetadata command) throws IOException {
        MailboxPath path = command.mailbox();
        Map<String, Octets> known;
        if (path == null) {
            known = ofServer();
        } else {
            NamedMailbox named = session.named(path);
            known = ofMailbox(named.box(), named.get());
        }
        return write(path, known, command.entries(), command.options());
    }

    /// The METADATA response of LIST (RFC 9590 §3): nothing where notes may not be seen.
    void writeListed(
            MailboxPath path,
            ListedMailboxes.Known mailbox,
            List<String> entries,
            MetadataOptions options)
            throws IOException {
        Map<String, Octets> known;
        try {
            known = ofMailbox(mailbox.box(), mailbox.mailbox());
        } catch (Refusal hidden) {
            return;
        }
        write(path, known, entries, options);
    }

    private Answer write(
            @Nullable MailboxPath path,
            Map<String, Octets> known,
            List<String> entries,
            MetadataOptions options)
            throws IOException {
        Map<String, MetadataEntry> told = new LinkedHashMap<>();
        long longest = 0;
        Long limit = options.maxSize();
        for (String asked : entries) {
            String entry = checked(asked);
            if (!known.containsKey(entry)) {
                told.putIfAbsent(entry, new MetadataEntry(entry, null));
            }
            for (Map.Entry<String, Octets> each : known.entrySet()) {
                if (!covers(entry, each.getKey(), options.depth())) {
                    continue;
                }
                int size = each.getValue().length();
                if (limit != null && size > limit) {
                    longest = Math.max(longest, size);
                } else {
                    told.put(each.getKey(), new MetadataEntry(each.getKey(), each.getValue()));
                }
            }
        }
        // Of an entry that stands for those below it alone, nothing is told.
        told.values()
                .removeIf(
                        each ->
                                each.value() == null
                                        && options.depth() != MetadataOptions.Depth.ENTRY);
        if (!told.isEmpty()) {
            session.out().write(new ImapResponse.MetadataData(path, List.copyOf(told.values())));
        }
        return longest > 0
                ? Answer.ok(
                        new ResponseCode.Metadata(
                                ResponseCode.Metadata.Problem.LONGENTRIES, longest),
                        "Some are longer.")
                : Answer.ok("Those are the notes.");
    }

    private static boolean covers(String asked, String name, MetadataOptions.Depth depth) {
        if (name.equals(asked)) {
            return true;
        }
        if (!name.startsWith(asked + "/")) {
            return false;
        }
        return switch (depth) {
            case ENTRY -> false;
            case CHILDREN -> name.indexOf('/', asked.length() + 1) < 0;
            case ALL -> true;
        };
    }

    /// The name of an entry in lower case.
    ///
    /// @throws SyntaxFault for one outside of the two trees
    private static String checked(String entry) {
        String name = entry.toLowerCase(Locale.ROOT);
        boolean good =
                name.equals(SHARED)
                        || name.equals(PRIVATE)
                        || name.startsWith(SHARED + "/")
                        || name.startsWith(PRIVATE + "/");
        if (!good) {
            throw SyntaxFault.at(-1, "an entry under /shared or /private", "RFC 5464 §3.2");
        }
        return name;
    }

    private Map<String, Octets> ofServer() {
        Map<String, Octets> known = stored(session.box(), null);
        session.services()
                .boxes()
                .findAddress(session.box().owner())
                .map(EmailAddress::domain)
                .ifPresent(
                        domain -> known.put(ADMIN, Octets.ofLatin1("mailto:postmaster@" + domain)));
        return known;
    }

    private static Map<String, Octets> ofMailbox(LetterBox box, Mailbox mailbox) {
        Map<String, Octets> known = stored(box, mailbox.id());
        ListedMailboxes.use(mailbox)
                .ifPresent(use -> known.put(SPECIAL_USE, Octets.ofLatin1(use.name())));
        return known;
    }

    private static Map<String, Octets> stored(LetterBox box, @Nullable MailboxId mailbox) {
        Map<String, Octets> known = new LinkedHashMap<>();
        for (Annotation each : box.annotations(mailbox)) {
            known.put(
                    (each.shared() ? SHARED : PRIVATE) + each.name(), Octets.copyOf(each.value()));
        }
        return known;
    }

    Answer set(ImapCommand.SetMetadata command) {
        MailboxPath path = command.mailbox();
        NamedMailbox named = path == null ? null : session.named(path);
        Mailbox mailbox = named == null ? null : named.get();
        List<NoteChange> changes = new ArrayList<>();
        MetadataEntry use = null;
        for (MetadataEntry entry : command.entries()) {
            String name = checked(entry.name());
            Octets value = entry.value();
            if (value != null && value.length() > BoxLimits.ANNOTATION_OCTETS) {
                return Answer.no(
                        new ResponseCode.Metadata(
                                ResponseCode.Metadata.Problem.MAXSIZE,
                                (long) BoxLimits.ANNOTATION_OCTETS),
                        "That is too long.");
            }
            boolean shared = name.startsWith(SHARED);
            if (mailbox == null && shared) {
                return Answer.no(ResponseCode.Word.NOPERM, "Only the server notes that.");
            }
            if (mailbox != null && name.equals(SPECIAL_USE)) {
                use = entry;
            } else {
                changes.add(change(shared, name, value));
            }
        }
        LetterBox box = named == null ? session.box() : named.box();
        try {
            if (use != null && mailbox != null) {
                Answer refusal = assign(box, mailbox, use);
                if (refusal != null) {
                    return refusal;
                }
            }
            if (!changes.isEmpty()) {
                box.annotate(mailbox == null ? null : mailbox.id(), changes);
            }
        } catch (Refusal refusal) {
            if (refusal.reason() == Refusal.Reason.LIMIT) {
                return Answer.no(
                        new ResponseCode.Metadata(ResponseCode.Metadata.Problem.TOOMANY, null),
                        refusal.sentence().english());
            }
            throw refusal;
        }
        return Answer.ok("Noted.");
    }

    /// @throws SyntaxFault for a name that is only the begin of others
    private static NoteChange change(boolean shared, String name, @Nullable Octets value) {
        String own = name.substring((shared ? SHARED : PRIVATE).length());
        if (own.isEmpty()) {
            throw SyntaxFault.at(-1, "an entry under /shared or /private", "RFC 5464 §3.2");
        }
        return new NoteChange(shared, own, value == null ? null : value.toArray());
    }

    /// @return why not, or null
    private static @Nullable Answer assign(LetterBox box, Mailbox mailbox, MetadataEntry use) {
        Octets value = use.value();
        Role role = null;
        if (value != null) {
            Optional<Role> known = role(value);
            if (known.isEmpty() || box.guest()) {
                return unusable();
            }
            role = known.get();
        }
        try {
            box.assign(mailbox.id(), role);
            return null;
        } catch (Refusal refusal) {
            if (refusal.reason() == Refusal.Reason.CANNOT) {
                return unusable();
            }
            throw refusal;
        }
    }

    private static Answer unusable() {
        return Answer.no(ResponseCode.Word.USEATTR, "No mailbox can have this use now.");
    }

    private static Optional<Role> role(Octets value) {
        try {
            return ListedMailboxes.role(
                    new MailboxAttribute(new String(value.toArray(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
