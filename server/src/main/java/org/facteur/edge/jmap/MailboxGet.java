package org.facteur.edge.jmap;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.facteur.core.mailbox.KeywordTable;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterCatalog;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.MailboxTree;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.Right;
import org.facteur.core.mailbox.Rights;
import org.facteur.core.mailbox.Role;
import org.facteur.core.mailbox.ThreadId;
import org.facteur.wire.jmap.JmapText;
import tools.jackson.databind.node.ObjectNode;

/// Mailbox/get (RFC 8621 §2.1).
final class MailboxGet {
    private static final Set<String> PROPERTIES = Shapes.MAILBOX.names();

    /// How mailboxes are ordered where nobody says otherwise, by purpose.
    private static final List<Role> ORDER =
            List.of(Role.INBOX, Role.DRAFTS, Role.SENT, Role.ARCHIVE, Role.JUNK, Role.TRASH);

    private static final int OTHERS = 10;

    private final LetterBox box;
    private final MailboxTree tree;
    private final Map<MailboxId, Threads> threads = new HashMap<>();
    private boolean threadsRead;

    /// @param all threads with a letter in the mailbox
    /// @param unread those of them in which something is unread, in this mailbox or another
    private record Threads(int all, int unread) {}

    private MailboxGet(LetterBox box) {
        this.box = box;
        this.tree = box.mailboxes();
    }

    static ObjectNode run(Call call) {
        LetterBox box = call.box();
        ObjectGet get = new ObjectGet(call, PROPERTIES::contains);
        call.arguments().end();
        String state = States.of(box.version());
        MailboxGet one = new MailboxGet(box);
        Map<String, Mailbox> all = new LinkedHashMap<>();
        one.tree.shown().forEach(each -> all.put(ObjectIds.of(each.id()), each));
        for (String id : get.idsOr(all.keySet())) {
            Mailbox mailbox = all.get(id);
            if (mailbox == null) {
                get.missing(id);
            } else {
                get.found(one.json(mailbox, get));
            }
        }
        return get.answer(ObjectIds.of(box.owner()), state);
    }

    private ObjectNode json(Mailbox mailbox, ObjectGet get) {
        ObjectNode json = JmapText.object().put("id", ObjectIds.of(mailbox.id()));
        if (get.wants("name")) {
            json.put("name", mailbox.name());
        }
        if (get.wants("parentId")) {
            MailboxId parent = mailbox.parent();
            String above =
                    parent != null && tree.find(parent).isPresent() ? ObjectIds.of(parent) : null;
            json.put("parentId", above);
        }
        if (get.wants("role")) {
            Role role = mailbox.role();
            json.put("role", role == null ? null : role.name());
        }
        if (get.wants("sortOrder")) {
            json.put("sortOrder", sortOrder(mailbox));
        }
        counts(mailbox, get, json);
        if (get.wants("myRights")) {
            json.set("myRights", rights(box, mailbox));
        }
        if (get.wants("isSubscribed")) {
            json.put("isSubscribed", mailbox.subscribed());
        }
        return json;
    }

    static int sortOrder(Mailbox mailbox) {
        Role role = mailbox.role();
        int place = role == null ? -1 : ORDER.indexOf(role);
        return place < 0 ? OTHERS : place + 1;
    }

    private void counts(Mailbox mailbox, ObjectGet get, ObjectNode json) {
        boolean readable = box.rights(mailbox.id()).has(Right.READ);
        if (get.wants("totalEmails")) {
            json.put("totalEmails", readable ? mailbox.state().counts().letters() : 0);
        }
        if (get.wants("unreadEmails")) {
            json.put("unreadEmails", readable ? unread(mailbox.id()) : 0);
        }
        if (get.wants("totalThreads") || get.wants("unreadThreads")) {
            readThreads();
            Threads known = threads.getOrDefault(mailbox.id(), new Threads(0, 0));
            if (get.wants("totalThreads")) {
                json.put("totalThreads", known.all());
            }
            if (get.wants("unreadThreads")) {
                json.put("unreadThreads", known.unread());
            }
        }
    }

    /// Letters with neither `$seen` nor `$draft`.
    private long unread(MailboxId mailbox) {
        MailboxView view = box.view(mailbox);
        long count = 0;
        for (int i = 0; i < view.size(); i++) {
            count += isUnread(view, i) ? 1 : 0;
        }
        return count;
    }

    private static boolean isUnread(MailboxView view, int at) {
        return (view.keywords(at) & (KeywordTable.SEEN | KeywordTable.DRAFT)) == 0;
    }

    /// A thread counts as unread in a mailbox also when the unread letter lies in another; but what
    /// lies in the trash alone makes only the trash unread, and there nothing else counts (RFC 8621
    /// §2).
    private void readThreads() {
        if (threadsRead) {
            return;
        }
        threadsRead = true;
        LetterCatalog.Threads lookup = box.catalog().threads();
        List<MailboxView> views = new ArrayList<>();
        BitSet unread = new BitSet();
        BitSet unreadInTrash = new BitSet();
        for (Mailbox mailbox : tree.shown()) {
            if (!box.rights(mailbox.id()).has(Right.READ)) {
                continue;
            }
            MailboxView view = box.view(mailbox.id());
            views.add(view);
            BitSet target = mailbox.is(Role.TRASH) ? unreadInTrash : unread;
            for (int i = 0; i < view.size(); i++) {
                if (isUnread(view, i)) {
                    number(lookup, view, i).ifPresent(target::set);
                }
            }
        }
        for (MailboxView view : views) {
            BitSet all = new BitSet();
            for (int i = 0; i < view.size(); i++) {
                number(lookup, view, i).ifPresent(all::set);
            }
            int count = all.cardinality();
            all.and(view.mailbox().is(Role.TRASH) ? unreadInTrash : unread);
            threads.put(view.mailbox().id(), new Threads(count, all.cardinality()));
        }
    }

    private static Optional<Integer> number(
            LetterCatalog.Threads lookup, MailboxView view, int at) {
        return lookup.find(view.letter(at))
                .map(ThreadId::number)
                .filter(number -> number < Integer.MAX_VALUE)
                .map(Long::intValue);
    }

    static ObjectNode rights(LetterBox box, Mailbox mailbox) {
        Rights rights = box.rights(mailbox.id());
        boolean own = !box.guest();
        boolean fixed = mailbox.is(Role.INBOX);
        return JmapText.object()
                .put("mayReadItems", rights.has(Right.READ))
                .put("mayAddItems", rights.has(Right.INSERT))
                .put(
                        "mayRemoveItems",
                        rights.has(Right.DELETE_LETTERS) && rights.has(Right.EXPUNGE))
                .put("maySetSeen", rights.has(Right.SEEN))
                .put("maySetKeywords", rights.has(Right.WRITE))
                .put("mayCreateChild", rights.has(Right.CREATE))
                .put("mayRename", !fixed && rights.has(Right.DELETE_MAILBOX))
                .put("mayDelete", !fixed && rights.has(Right.DELETE_MAILBOX))
                .put("maySubmit", own);
    }
}
