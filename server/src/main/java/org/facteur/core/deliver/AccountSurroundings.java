package org.facteur.core.deliver;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Account;
import org.facteur.core.mailbox.Annotation;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.mailbox.MailboxTree;
import org.facteur.core.mailbox.Role;
import org.facteur.core.sieve.ScriptMemory;
import org.facteur.core.sieve.ScriptName;
import org.facteur.core.sieve.Scripts;
import org.facteur.wire.sieve.SieveCompilation;
import org.facteur.wire.sieve.SieveSurroundings;
import org.jspecify.annotations.Nullable;

/// What a script can ask of its account. Used by one thread; what was asked once is not read again.
final class AccountSurroundings implements SieveSurroundings {
    private final Scripts scripts;
    private final LetterBox box;
    private final Account account;
    private final Instant now;
    private final Map<String, Included> included = new HashMap<>();
    private final Map<Long, List<Annotation>> notes = new HashMap<>();
    private @Nullable MailboxTree tree;

    AccountSurroundings(Scripts scripts, LetterBox box, Account account, Instant now) {
        this.scripts = scripts;
        this.box = box;
        this.account = account;
        this.now = now;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
                "domain", account.address().domain().name(),
                "location", "MS",
                "name", "Facteur",
                "phase", "during");
    }

    private MailboxTree tree() {
        MailboxTree known = tree;
        if (known == null) {
            known = box.mailboxes();
            tree = known;
        }
        return known;
    }

    @Override
    public boolean mailboxExists(String name) {
        return find(tree(), name).isPresent();
    }

    /// A mailbox by the name a script gives it.
    static Optional<Mailbox> find(MailboxTree tree, String name) {
        try {
            return tree.find(MailboxName.parse(name));
        } catch (Refusal _) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> metadata(@Nullable String mailbox, String name) {
        MailboxId where = null;
        if (mailbox != null) {
            Optional<Mailbox> found = find(tree(), mailbox);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            where = found.get().id();
        }
        return notes
                .computeIfAbsent(where == null ? 0 : where.number(), _ -> noted(mailbox))
                .stream()
                .filter(note -> fullName(note).equals(name.toLowerCase(Locale.ROOT)))
                .map(note -> new String(note.value(), StandardCharsets.UTF_8))
                .findFirst();
    }

    private List<Annotation> noted(@Nullable String mailbox) {
        MailboxId where =
                mailbox == null ? null : find(tree(), mailbox).map(Mailbox::id).orElse(null);
        return mailbox != null && where == null ? List.of() : box.annotations(where);
    }

    private static String fullName(Annotation note) {
        return (note.shared() ? "/shared" : "/private") + note.name();
    }

    @Override
    public boolean mailboxIdExists(String id) {
        return findId(tree(), id).isPresent();
    }

    /// A mailbox by its id, in the form IMAP shows it (RFC 8474 §4.1).
    static Optional<Mailbox> findId(MailboxTree tree, String id) {
        return tree.shown().stream().filter(mailbox -> ("B" + mailbox.id()).equals(id)).findFirst();
    }

    @Override
    public boolean specialUseExists(@Nullable String mailbox, List<String> uses) {
        if (mailbox == null) {
            return uses.stream().allMatch(use -> tree().find(role(use)).isPresent());
        }
        Optional<Mailbox> found = find(tree(), mailbox);
        return found.isPresent() && uses.stream().allMatch(use -> found.get().is(role(use)));
    }

    /// `\Junk` as this program has it.
    static Role role(String use) {
        String name = use.startsWith("\\") ? use.substring(1) : use;
        return new Role(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean seen(String key) {
        return scripts.seen(account.id(), ScriptMemory.SEEN, key, now);
    }

    @Override
    public Included script(boolean global, String name) {
        return included.computeIfAbsent((global ? "g" : "p") + name, _ -> look(global, name));
    }

    private Included look(boolean global, String name) {
        try {
            ScriptName wanted = new ScriptName(name);
            Optional<byte[]> octets =
                    global ? scripts.findOfAll(wanted) : scripts.find(account.id(), wanted);
            return octets.isEmpty()
                    ? new Included.Missing()
                    : switch (scripts.compile(octets.get())) {
                        case SieveCompilation.Ready(var program, _) -> new Included.Found(program);
                        case SieveCompilation.Faulty _ -> new Included.Broken();
                    };
        } catch (Refusal _) {
            return new Included.Missing();
        }
    }
}
