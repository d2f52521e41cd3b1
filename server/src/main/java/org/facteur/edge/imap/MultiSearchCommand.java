package org.facteur.edge.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.facteur.core.mailbox.Right;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.MailboxFilter;
import org.facteur.wire.imap.SearchResultOptions;
import org.facteur.wire.imap.SearchResultOptions.Option;
import org.facteur.wire.text.SyntaxFault;

/// ESEARCH (RFC 7377): one search over several mailboxes, an answer for each that has something.
/// Those that are not there or may not be read are passed over.
final class MultiSearchCommand {
    private static final SearchResultOptions ALL =
            new SearchResultOptions(Set.of(Option.ALL), null);
    private static final MailboxFilter SELECTED =
            new MailboxFilter(MailboxFilter.Kind.SELECTED, List.of());

    private final ImapSession session;

    MultiSearchCommand(ImapSession session) {
        this.session = session;
    }

    Answer run(String tag, ImapCommand.MultiSearch asked) throws IOException {
        session.box();
        List<MailboxFilter> sources =
                asked.sources().isEmpty() ? List.of(SELECTED) : asked.sources();
        boolean selectedAlone = sources.equals(List.of(SELECTED));
        SearchResultOptions result = asked.result() == null ? ALL : asked.result();
        if (selectedAlone) {
            session.selected();
        } else {
            if (MessageNumbers.usedBy(asked.key())) {
                throw SyntaxFault.at(-1, "UIDs", "RFC 7377 §2.1");
            }
            if (result.options().contains(Option.SAVE)) {
                throw SyntaxFault.at(-1, "SAVE in the open mailbox alone", "RFC 7377 §2.1");
            }
        }
        List<ListedMailboxes.Listed> wanted = new ArrayList<>();
        for (ListedMailboxes.Listed listed : session.listed().all()) {
            if (sources.stream()
                    .anyMatch(source -> FilteredMailboxes.covers(source, listed, session))) {
                wanted.add(listed);
            }
        }
        for (int i = 0; i < wanted.size(); i++) {
            ListedMailboxes.Known known = wanted.get(i).known();
            if (known != null && known.box().rights(known.mailbox().id()).has(Right.READ)) {
                search(tag, asked, result, wanted.get(i), known);
            }
            session.progress(i + 1L, wanted.size());
        }
        return Answer.ok("Searched.");
    }

    private void search(
            String tag,
            ImapCommand.MultiSearch asked,
            SearchResultOptions result,
            ListedMailboxes.Listed listed,
            ListedMailboxes.Known known)
            throws IOException {
        SelectedMailbox mailbox =
                FilteredMailboxes.isSelected(listed, session)
                        ? session.selected()
                        : new SelectedMailbox(
                                known.box(), known.box().view(known.mailbox().id()), true);
        LetterSearch search = new LetterSearch(session, mailbox);
        List<Integer> found = search.find(asked.key());
        if (found.isEmpty() && !result.options().contains(Option.SAVE)) {
            return;
        }
        ImapResponse.Searched source =
                new ImapResponse.Searched(listed.path(), known.mailbox().state().uidValidity());
        new ExtendedAnswer(session, search, new ExtendedAnswer.About(tag, source), true, false)
                .write(result, found);
        search.tellCut();
    }
}
