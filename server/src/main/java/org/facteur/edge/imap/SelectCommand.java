package org.facteur.edge.imap;

import java.io.IOException;
import java.util.List;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxState;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.Right;
import org.facteur.core.mailbox.Rights;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.ImapWriter;
import org.facteur.wire.imap.MailboxPath;
import org.facteur.wire.imap.NumberSet;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.imap.SelectParameters;
import org.jspecify.annotations.Nullable;

/// SELECT and EXAMINE (RFC 9051 §6.3.2, §6.3.3), with CONDSTORE and QRESYNC (RFC 7162).
final class SelectCommand {
    private final ImapSession session;
    private final ImapWriter out;

    SelectCommand(ImapSession session) {
        this.session = session;
        this.out = session.out();
    }

    Answer run(MailboxPath path, SelectParameters parameters, boolean readOnly) throws IOException {
        SelectParameters.Resync resync = parameters.resync();
        if (resync != null && !session.features().qResync()) {
            return Answer.bad("ENABLE QRESYNC comes first.");
        }
        if (session.state() instanceof ImapState.Selected) {
            session.unselect();
            ok(ResponseCode.Word.CLOSED, "The mailbox open before is closed.");
        }
        if (parameters.condstore()) {
            session.features().enableCondStore();
        }
        NamedMailbox named = session.named(path);
        LetterBox box = named.box();
        Mailbox mailbox = named.get();
        MailboxView view = box.view(mailbox.id());
        boolean fixed = readOnly || !changeable(box.rights(mailbox.id()));
        SelectedMailbox selected = new SelectedMailbox(box, view, fixed);
        describe(path, mailbox, view, selected);
        if (resync != null && resync.uidValidity() == view.state().uidValidity()) {
            resync(selected, resync);
        }
        session.select(selected, path);
        session.notifier().ifPresent(_ -> selected.tellUids());
        return fixed
                ? Answer.ok(ResponseCode.Word.READ_ONLY, "Open for reading.")
                : Answer.ok(ResponseCode.Word.READ_WRITE, "Open.");
    }

    /// Whether there is anything that may be changed (RFC 4314 §5.2).
    private static boolean changeable(Rights rights) {
        return rights.changeable() != 0 || rights.has(Right.INSERT) || rights.has(Right.EXPUNGE);
    }

    private void describe(
            MailboxPath path, Mailbox mailbox, MailboxView view, SelectedMailbox selected)
            throws IOException {
        MailboxState state = view.state();
        FlagNames names = selected.names(view);
        out.write(new ImapResponse.FlagsData(names.all()));
        out.write(new ImapResponse.Exists(view.size()));
        if (!session.features().rev2()) {
            out.write(new ImapResponse.RecentCount(0));
            int unseen = view.firstUnseen();
            if (unseen >= 0 && !session.features().uidOnly()) {
                ok(new ResponseCode.Unseen(unseen + 1L), "The first unseen letter.");
            }
        }
        ok(
                new ResponseCode.PermanentFlags(names.permanent(selected.changeable())),
                "Flags permitted.");
        ok(new ResponseCode.UidValidity(state.uidValidity()), "UIDs hold.");
        ok(new ResponseCode.UidNext(state.uidNext()), "The next UID.");
        ok(new ResponseCode.HighestModSeq(state.highestModSeq()), "Highest.");
        ok(new ResponseCode.MailboxId(ObjectIds.of(mailbox.id())), "Its name for good.");
        if (session.features().rev2()) {
            ListedMailboxes listed = session.listed();
            out.write(
                    ImapResponse.ListData.of(
                            path, listed.find(path).map(listed::attributes).orElse(List.of())));
        }
    }

    private void ok(@Nullable ResponseCode code, String text) throws IOException {
        out.write(ImapResponse.Condition.untagged(ImapResponse.Outcome.OK, code, text));
    }

    /// What happened while the client was away (RFC 7162 §3.2.5).
    private void resync(SelectedMailbox selected, SelectParameters.Resync resync)
            throws IOException {
        MailboxView view = selected.shown();
        NumberSet gone =
                new Vanishing(selected.box()).since(view, resync.modSeq(), resync.knownUids());
        if (!gone.isEmpty()) {
            out.write(new ImapResponse.Vanished(true, gone));
        }
        NumberSet known = resync.knownUids();
        for (int place = 0; place < view.size(); place++) {
            if (view.modSeq(place) > resync.modSeq()
                    && (known == null || known.contains(view.uid(place)))) {
                selected.tellFlags(out, session.features(), view, place, place + 1L);
            }
        }
    }
}
