package org.facteur.wire.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.facteur.wire.text.ModifiedUtf7;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// Writes commands, for our own client. A command comes as segments, because a client must wait
/// before each literal unless the server took LITERAL+ (RFC 7888 §3). Stateless; may be shared.
public final class ImapCommandWriter {
    private final boolean utf8;
    private final boolean literalPlus;

    /// @param utf8 whether the server has enabled UTF-8; see [ImapDialect#utf8()]
    /// @param literalPlus whether the server announced LITERAL+
    public ImapCommandWriter(boolean utf8, boolean literalPlus) {
        this.utf8 = utf8;
        this.literalPlus = literalPlus;
    }

    /// Octets to send together.
    ///
    /// @param octets to be sent as they are
    /// @param next what to do before the next segment
    public record Segment(Octets octets, Next next) {}

    /// What follows a segment.
    public enum Next {
        /// Nothing: the command is whole.
        END,
        /// Wait for `+`, then send the next segment.
        AWAIT,
        /// Wait for `+`, then send the letter, then the next segment.
        AWAIT_AND_LETTER,
        /// Send the letter at once, then the next segment.
        LETTER
    }

    /// The segments of a command, the last one ending with CRLF.
    public List<Segment> write(TaggedCommand tagged) {
        try {
            Draft draft = new Draft();
            draft.out.ascii(tagged.tag());
            draft.out.octet(' ');
            draft.command(tagged.command());
            draft.out.crlf();
            draft.cut(Next.END);
            return List.copyOf(draft.segments);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// A command while it is written.
    private final class Draft implements CommandText {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final OutBuffer out = new OutBuffer(bytes::write, utf8);
        private final List<Segment> segments = new ArrayList<>(1);

        private void cut(Next next) throws IOException {
            out.flush();
            segments.add(new Segment(Octets.copyOf(bytes.toByteArray()), next));
            bytes.reset();
        }

        private void command(ImapCommand command) throws IOException {
            switch (command) {
                case ImapCommand.Capability _ -> out.ascii("CAPABILITY");
                case ImapCommand.Noop _ -> out.ascii("NOOP");
                case ImapCommand.Logout _ -> out.ascii("LOGOUT");
                case ImapCommand.StartTls _ -> out.ascii("STARTTLS");
                case ImapCommand.Namespace _ -> out.ascii("NAMESPACE");
                case ImapCommand.Idle _ -> out.ascii("IDLE");
                case ImapCommand.Unauthenticate _ -> out.ascii("UNAUTHENTICATE");
                case ImapCommand.GetJmapAccess _ -> out.ascii("GETJMAPACCESS");
                case ImapCommand.Check _ -> out.ascii("CHECK");
                case ImapCommand.Close _ -> out.ascii("CLOSE");
                case ImapCommand.Unselect _ -> out.ascii("UNSELECT");
                case ImapCommand.Expunge _ -> out.ascii("EXPUNGE");
                case ImapCommand.Id(var fields) -> id(fields);
                case ImapCommand.Login(var user, var password) -> {
                    out.ascii("LOGIN ");
                    astring(user);
                    out.octet(' ');
                    astring(password);
                }
                case ImapCommand.Authenticate(var mechanism, var response) ->
                        authenticate(mechanism, response);
                case ImapCommand.Enable(var capabilities) -> {
                    out.ascii("ENABLE");
                    out.atoms(capabilities);
                }
                case ImapCommand.Compress(var algorithm) -> {
                    out.ascii("COMPRESS ");
                    out.atom(algorithm);
                }
                case ImapCommand.GetQuota(var root) -> {
                    out.ascii("GETQUOTA ");
                    astring(root);
                }
                case ImapCommand.SetQuota quota ->
                        new SharingCommandWriter(this, out).setQuota(quota);
                case ImapCommand.Notify notify -> new NotifyWriter(this, out).write(notify);
                case ImapCommand.MultiSearch(var sources, var result, var key) -> {
                    out.ascii("ESEARCH ");
                    new NotifyWriter(this, out).sources(sources);
                    returns(result);
                    if (!utf8 && SearchKeyWriter.needsCharset(key)) {
                        out.ascii("CHARSET UTF-8 ");
                    }
                    searchKey(key);
                }
                case ImapCommand.OnSharing sharing ->
                        new SharingCommandWriter(this, out).write(sharing);
                case ImapCommand.OnMailboxes named -> onMailboxes(named);
                case ImapCommand.OnLetters asked -> onLetters(asked);
            }
        }

        private void onMailboxes(ImapCommand.OnMailboxes command) throws IOException {
            switch (command) {
                case ImapCommand.Select(var mailbox, var parameters) -> {
                    named("SELECT ", mailbox);
                    parameters(parameters);
                }
                case ImapCommand.Examine(var mailbox, var parameters) -> {
                    named("EXAMINE ", mailbox);
                    parameters(parameters);
                }
                case ImapCommand.Create(var mailbox, var uses) -> create(mailbox, uses);
                case ImapCommand.Delete(var mailbox) -> named("DELETE ", mailbox);
                case ImapCommand.Rename(var from, var to) -> {
                    named("RENAME ", from);
                    named(" ", to);
                }
                case ImapCommand.Subscribe(var mailbox) -> named("SUBSCRIBE ", mailbox);
                case ImapCommand.Unsubscribe(var mailbox) -> named("UNSUBSCRIBE ", mailbox);
                case ImapCommand.GetQuotaRoot(var mailbox) -> named("GETQUOTAROOT ", mailbox);
                case ImapCommand.ListMailboxes list -> list(list);
                case ImapCommand.ListSubscribed(var reference, var pattern) -> {
                    out.ascii("LSUB ");
                    name(reference);
                    out.octet(' ');
                    pattern(pattern);
                }
                case ImapCommand.Status(var mailbox, var items) -> {
                    named("STATUS ", mailbox);
                    out.octet(' ');
                    statusItems(items);
                }
                case ImapCommand.Append(var mailbox, var letters) -> append(mailbox, letters);
            }
        }

        private void onLetters(ImapCommand.OnLetters command) throws IOException {
            switch (command) {
                case ImapCommand.UidExpunge(var uids) -> {
                    out.ascii("UID EXPUNGE ");
                    out.set(uids);
                }
                case ImapCommand.UidBatches(var size, var batches) -> {
                    out.ascii("UIDBATCHES ");
                    out.number(size);
                    if (batches != null) {
                        out.octet(' ');
                        out.number(batches.first());
                        out.octet(':');
                        out.number(batches.last());
                    }
                }
                case ImapCommand.Search search -> search(search);
                case ImapCommand.SearchInUnknownCharset(var uid, var saves, var charset) -> {
                    out.ascii(uid ? "UID SEARCH " : "SEARCH ");
                    out.ascii(saves ? "RETURN (SAVE) CHARSET " : "CHARSET ");
                    astring(charset);
                    out.ascii(" ALL");
                }
                case ImapCommand.Sort sort -> sort(sort);
                case ImapCommand.ThreadLetters(var uid, var algorithm, var key) -> {
                    out.ascii(uid ? "UID THREAD " : "THREAD ");
                    out.ascii(algorithm.name());
                    out.ascii(" UTF-8 ");
                    searchKey(key);
                }
                case ImapCommand.Fetch fetch -> fetch(fetch);
                case ImapCommand.Store store -> store(store);
                case ImapCommand.Replace(var uid, var number, var mailbox, var letter) -> {
                    out.ascii(uid ? "UID REPLACE " : "REPLACE ");
                    if (number == SequenceRange.STAR) {
                        out.octet('*');
                    } else {
                        out.number(number);
                    }
                    named(" ", mailbox);
                    letters(List.of(letter));
                }
                case ImapCommand.Copy(var uid, var messages, var mailbox) -> {
                    messages(uid, "COPY ", messages);
                    named(" ", mailbox);
                }
                case ImapCommand.Move(var uid, var messages, var mailbox) -> {
                    messages(uid, "MOVE ", messages);
                    named(" ", mailbox);
                }
            }
        }

        private void messages(boolean uid, String word, SequenceSet messages) throws IOException {
            out.ascii(uid ? "UID " : "");
            out.ascii(word);
            out.set(messages);
        }

        private void named(String word, MailboxPath name) throws IOException {
            out.ascii(word);
            name(name.text());
        }

        @Override
        public void name(String name) throws IOException {
            astring(utf8 ? name : ModifiedUtf7.encode(name));
        }

        private void pattern(String pattern) throws IOException {
            string(utf8 ? pattern : ModifiedUtf7.encode(pattern));
        }

        @Override
        public void astring(String text) throws IOException {
            if (OutBuffer.isAstringAtom(text)) {
                out.ascii(text);
            } else {
                string(text);
            }
        }

        private void string(String text) throws IOException {
            if (OutBuffer.isQuotable(text, utf8)) {
                out.string(text);
                return;
            }
            byte[] octets = text.replace('\0', '?').getBytes(StandardCharsets.UTF_8);
            out.octet('{');
            literal(Octets.copyOf(octets));
        }

        @Override
        public void literal(Octets octets) throws IOException {
            out.number(octets.length());
            out.ascii(literalPlus ? "+}\r\n" : "}\r\n");
            if (!literalPlus) {
                cut(Next.AWAIT);
            }
            out.octets(octets);
        }

        private void id(List<IdField> fields) throws IOException {
            out.ascii("ID ");
            if (fields.isEmpty()) {
                out.ascii("NIL");
                return;
            }
            char before = '(';
            for (IdField field : fields) {
                out.octet(before);
                before = ' ';
                string(field.name());
                out.octet(' ');
                String value = field.value();
                if (value == null) {
                    out.ascii("NIL");
                } else {
                    string(value);
                }
            }
            out.octet(')');
        }

        private void authenticate(String mechanism, @Nullable Octets response) throws IOException {
            out.ascii("AUTHENTICATE ");
            out.atom(mechanism);
            if (response != null) {
                out.octet(' ');
                out.ascii(
                        response.length() == 0
                                ? "="
                                : Base64.getEncoder().encodeToString(response.toArray()));
            }
        }

        private void parameters(SelectParameters parameters) throws IOException {
            SelectParameters.Resync resync = parameters.resync();
            if (resync == null) {
                out.ascii(parameters.condstore() ? " (CONDSTORE)" : "");
                return;
            }
            out.ascii(parameters.condstore() ? " (CONDSTORE QRESYNC (" : " (QRESYNC (");
            out.number(resync.uidValidity());
            out.octet(' ');
            out.number(resync.modSeq());
            NumberSet known = resync.knownUids();
            if (known != null && !known.isEmpty()) {
                out.octet(' ');
                out.set(known);
            }
            SelectParameters.SequenceMatch match = resync.match();
            if (match != null) {
                out.ascii(" (");
                out.set(match.numbers());
                out.octet(' ');
                out.set(match.uids());
                out.octet(')');
            }
            out.ascii("))");
        }

        private void create(MailboxPath mailbox, List<MailboxAttribute> uses) throws IOException {
            named("CREATE ", mailbox);
            if (!uses.isEmpty()) {
                out.ascii(" (USE (");
                for (int i = 0; i < uses.size(); i++) {
                    out.ascii(i > 0 ? " " : "");
                    out.ascii(uses.get(i).name());
                }
                out.ascii("))");
            }
        }

        private void list(ImapCommand.ListMailboxes list) throws IOException {
            out.ascii("LIST ");
            if (!list.selection().isEmpty()) {
                words(list.selection().stream().map(ListSelection::keyword).sorted().toList());
                out.octet(' ');
            }
            name(list.reference());
            out.octet(' ');
            boolean several = list.patterns().size() > 1;
            for (int i = 0; i < list.patterns().size(); i++) {
                out.ascii(i > 0 ? " " : several ? "(" : "");
                pattern(list.patterns().get(i));
            }
            out.ascii(several ? ")" : "");
            if (!list.returns().isEmpty()
                    || !list.status().isEmpty()
                    || !list.metadata().isEmpty()) {
                out.ascii(" RETURN (");
                boolean first = true;
                for (String word :
                        list.returns().stream().map(ListReturn::keyword).sorted().toList()) {
                    out.ascii(first ? "" : " ");
                    out.ascii(word);
                    first = false;
                }
                if (!list.status().isEmpty()) {
                    out.ascii(first ? "STATUS " : " STATUS ");
                    statusItems(list.status());
                    first = false;
                }
                if (!list.metadata().isEmpty()) {
                    out.ascii(first ? "METADATA " : " METADATA ");
                    new SharingCommandWriter(this, out).names(list.metadata());
                }
                out.octet(')');
            }
        }

        private void statusItems(Set<StatusItem> items) throws IOException {
            words(items.stream().sorted().map(StatusItem::keyword).toList());
        }

        private void words(List<String> words) throws IOException {
            out.octet('(');
            for (int i = 0; i < words.size(); i++) {
                out.ascii(i > 0 ? " " : "");
                out.ascii(words.get(i));
            }
            out.octet(')');
        }

        private void append(MailboxPath mailbox, List<AppendLetter> letters) throws IOException {
            named("APPEND ", mailbox);
            letters(letters);
        }

        private void letters(List<AppendLetter> letters) throws IOException {
            for (AppendLetter letter : letters) {
                if (!letter.flags().isEmpty()) {
                    out.octet(' ');
                    out.flags(letter.flags());
                }
                OffsetDateTime date = letter.internalDate();
                if (date != null) {
                    out.octet(' ');
                    out.ascii(ImapDates.format(date));
                }
                out.ascii(
                        switch (letter.form()) {
                            case PLAIN -> " {";
                            case BINARY -> " ~{";
                            case UTF8 -> " UTF8 (~{";
                        });
                out.number(letter.sizeOctets());
                out.ascii(literalPlus ? "+}\r\n" : "}\r\n");
                cut(literalPlus ? Next.LETTER : Next.AWAIT_AND_LETTER);
                out.ascii(letter.form() == AppendLetter.Form.UTF8 ? ")" : "");
            }
        }

        private void search(ImapCommand.Search search) throws IOException {
            out.ascii(search.uid() ? "UID SEARCH " : "SEARCH ");
            returns(search.result());
            if (!utf8 && SearchKeyWriter.needsCharset(search.key())) {
                out.ascii("CHARSET UTF-8 ");
            }
            searchKey(search.key());
        }

        private void searchKey(SearchKey key) throws IOException {
            new SearchKeyWriter(out, this::astring).write(key);
        }

        private void returns(@Nullable SearchResultOptions result) throws IOException {
            if (result == null) {
                return;
            }
            out.ascii("RETURN (");
            String space = "";
            for (var option : result.options().stream().sorted().toList()) {
                out.ascii(space);
                out.ascii(option.name());
                space = " ";
            }
            PartialRange partial = result.partial();
            if (partial != null) {
                out.ascii(space);
                out.ascii("PARTIAL ");
                out.partialRange(partial);
            }
            out.ascii(") ");
        }

        private void sort(ImapCommand.Sort sort) throws IOException {
            out.ascii(sort.uid() ? "UID SORT " : "SORT ");
            returns(sort.result());
            String before = "(";
            for (SortCriterion criterion : sort.criteria()) {
                out.ascii(before);
                out.ascii(criterion.reverse() ? "REVERSE " : "");
                out.ascii(criterion.key().name());
                before = " ";
            }
            out.ascii(") UTF-8 ");
            searchKey(sort.key());
        }

        private void fetch(ImapCommand.Fetch fetch) throws IOException {
            messages(fetch.uid(), "FETCH ", fetch.messages());
            out.ascii(" (");
            for (int i = 0; i < fetch.items().size(); i++) {
                out.ascii(i > 0 ? " " : "");
                new NotifyWriter(this, out).item(fetch.items().get(i));
            }
            out.octet(')');
            FetchModifiers modifiers = fetch.modifiers();
            String space = " (";
            if (modifiers.changedSince() != null) {
                out.ascii(" (CHANGEDSINCE ");
                out.number(modifiers.changedSince());
                out.ascii(modifiers.vanished() ? " VANISHED" : "");
                space = " ";
            }
            if (modifiers.partial() != null) {
                out.ascii(space);
                out.ascii("PARTIAL ");
                out.partialRange(modifiers.partial());
                space = " ";
            }
            out.ascii(space.equals(" ") ? ")" : "");
        }

        private void store(ImapCommand.Store store) throws IOException {
            messages(store.uid(), "STORE ", store.messages());
            Long unchangedSince = store.unchangedSince();
            if (unchangedSince != null) {
                out.ascii(" (UNCHANGEDSINCE ");
                out.number(unchangedSince);
                out.octet(')');
            }
            out.ascii(
                    switch (store.change().mode()) {
                        case REPLACE -> " FLAGS";
                        case ADD -> " +FLAGS";
                        case REMOVE -> " -FLAGS";
                    });
            out.ascii(store.change().silent() ? ".SILENT " : " ");
            out.flags(store.change().flags());
        }
    }
}
