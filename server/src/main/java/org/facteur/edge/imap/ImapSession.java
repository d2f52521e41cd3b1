package org.facteur.edge.imap;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.net.listen.Connection;
import org.facteur.net.listen.ConnectionEnded;
import org.facteur.wire.imap.AssemblyStep;
import org.facteur.wire.imap.IdField;
import org.facteur.wire.imap.ImapCommand;
import org.facteur.wire.imap.ImapResponse;
import org.facteur.wire.imap.ImapWriter;
import org.facteur.wire.imap.MailboxPath;
import org.facteur.wire.imap.NumberSet;
import org.facteur.wire.imap.ResponseCode;
import org.facteur.wire.imap.TaggedCommand;
import org.facteur.wire.text.LineFault;
import org.facteur.wire.text.LineReader;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// What one client has said and been told: the state, and which class does which command. One
/// thread.
final class ImapSession {
    private static final Duration PROGRESS = Duration.ofSeconds(10);

    private final Connection connection;
    private final ImapServices services;
    private final ImapSettings settings;
    private final ImapWriter out;
    private final Features features = new Features();
    private ImapState state = new ImapState.NotAuthenticated();
    private boolean changed;
    private long checkedVersion;
    private Instant entered = Instant.EPOCH;
    private @Nullable AppendCommand append;
    private Answer rejection = Answer.no(null, "Refused.");
    private @Nullable Notifier notifier;
    private @Nullable OpenNotes openNotes;
    private String tag = "";
    private Patience told = Patience.of(PROGRESS);

    ImapSession(
            Connection connection, ImapServices services, ImapSettings settings, ImapWriter out) {
        this.connection = connection;
        this.services = services;
        this.settings = settings;
        this.out = out;
    }

    /// What is to be done after a command.
    sealed interface Outcome {
        /// The tagged response.
        record Answered(Answer answer) implements Outcome {}

        /// Answer OK and begin TLS.
        record StartTls() implements Outcome {}

        /// Answer OK and compress from then on.
        record Compress() implements Outcome {}

        /// All has been said: close.
        record End() implements Outcome {}
    }

    Connection connection() {
        return connection;
    }

    ImapServices services() {
        return services;
    }

    ImapSettings settings() {
        return settings;
    }

    ImapWriter out() {
        return out;
    }

    Features features() {
        return features;
    }

    ImapState state() {
        return state;
    }

    boolean loggedIn() {
        return !(state instanceof ImapState.NotAuthenticated);
    }

    List<String> capabilities() {
        return Capabilities.of(state, connection, settings, services);
    }

    /// Whether limits or spelling may have changed since this was asked last.
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /// The letter box of who has logged in.
    ///
    /// @throws SyntaxFault before that
    LetterBox box() {
        return switch (state) {
            case ImapState.NotAuthenticated _ ->
                    throw SyntaxFault.at(-1, "a login first", "RFC 9051 §3.1");
            case ImapState.Authenticated(var box) -> box;
            case ImapState.Selected(var box, var _) -> box;
        };
    }

    /// What a client's name for a mailbox means.
    ///
    /// @throws Refusal NOT_FOUND, INVALID
    NamedMailbox named(MailboxPath path) {
        return NamedMailbox.of(services.boxes(), box(), path);
    }

    /// All names there are for whoever is logged in.
    ListedMailboxes listed() {
        return new ListedMailboxes(services.boxes(), box());
    }

    /// The open mailbox.
    ///
    /// @throws SyntaxFault when none is
    SelectedMailbox selected() {
        if (state instanceof ImapState.Selected(var _, var mailbox)) {
            return mailbox;
        }
        throw SyntaxFault.at(-1, "an open mailbox", "RFC 9051 §3.3");
    }

    void enter(LetterBox box) {
        state = new ImapState.Authenticated(box);
        checkedVersion = services.login().version();
        entered = services.clock().instant();
        changed = true;
    }

    void select(SelectedMailbox mailbox, MailboxPath path) {
        state = new ImapState.Selected(box(), mailbox);
        openNotes = new OpenNotes(path, mailbox);
    }

    /// @param own whether it was this client that changed them
    private void tellNotes(boolean own) throws IOException {
        OpenNotes notes = openNotes;
        if (features.metadata()
                && notes != null
                && notifier == null
                && state instanceof ImapState.Selected) {
            notes.tell(this, own);
        }
    }

    void unselect() {
        state = new ImapState.Authenticated(box());
    }

    /// Whether the login this session began with still holds; looked up when the directory changed.
    boolean stillGood() {
        if (!loggedIn()) {
            return true;
        }
        long version = services.login().version();
        if (version != checkedVersion) {
            checkedVersion = version;
            return services.login().stillGood(box().actor(), entered);
        }
        return true;
    }

    /// Lets a command take longer, in proportion to what it moves.
    void moreTime(long octets) {
        connection.deadline(settings.times().command().plusSeconds(octets / 1024));
    }

    /// Ends a long command when the client has left.
    ///
    /// @throws ConnectionEnded when it has
    void checkPeer() throws IOException {
        if (connection.input().buffered() == 0
                && connection.await(Duration.ZERO) == Connection.Awaited.INPUT
                && !connection.input().await()) {
            throw new ConnectionEnded("the client has left");
        }
    }

    /// Does a command. Untagged responses are written; the tagged one is the caller's.
    Outcome perform(TaggedCommand tagged) throws IOException {
        ImapCommand command = tagged.command();
        tag = tagged.tag();
        told = Patience.of(PROGRESS);
        try {
            if (!stillGood()) {
                return bye("This login does not hold any more.");
            }
            if (features.uidOnly() && MessageNumbers.usedBy(command)) {
                return new Outcome.Answered(
                        new Answer(
                                ImapResponse.Outcome.BAD,
                                ResponseCode.Word.UIDREQUIRED,
                                "Speak in UIDs."));
            }
            Outcome outcome = act(tagged.tag(), command);
            if (outcome instanceof Outcome.Answered) {
                tellNews(command);
                tellNotes(command instanceof ImapCommand.SetMetadata);
                if (notifier != null) {
                    notifier.after(command);
                }
            }
            return outcome;
        } catch (MailboxGone gone) {
            return bye("The open mailbox is not there any more.");
        } catch (LineFault fault) {
            // In a line that goes on with a command: IDLE, AUTHENTICATE.
            return fault.inStep()
                    ? new Outcome.Answered(Answer.bad("A shorter line was expected."))
                    : bye("Lines end with CRLF and hold no NUL.");
        } catch (RuntimeException fault) {
            return new Outcome.Answered(FaultAnswers.of(fault, connection.id()));
        } finally {
            forgetLetter();
        }
    }

    private Outcome bye(String text) throws IOException {
        out.write(ImapResponse.Condition.untagged(ImapResponse.Outcome.BYE, null, text));
        return new Outcome.End();
    }

    /// Tells what others did to the open mailbox, as far as the command's answer may carry it.
    private void tellNews(ImapCommand command) throws IOException {
        if (state instanceof ImapState.Selected(var _, var mailbox)) {
            boolean expunges =
                    switch (command) {
                        case ImapCommand.Fetch fetch -> fetch.uid();
                        case ImapCommand.Store store -> store.uid();
                        case ImapCommand.Search search -> search.uid();
                        case ImapCommand.SearchInUnknownCharset search -> search.uid();
                        case ImapCommand.Sort sort -> sort.uid();
                        case ImapCommand.ThreadLetters threads -> threads.uid();
                        case ImapCommand _ -> true;
                    };
            tell(mailbox, expunges);
        }
    }

    /// @throws MailboxGone when the open mailbox is no more
    void tell(SelectedMailbox mailbox, boolean expunges) throws IOException {
        try {
            mailbox.tell(out, features, expunges);
        } catch (Refusal refusal) {
            if (refusal.reason() == Refusal.Reason.NOT_FOUND
                    || refusal.reason() == Refusal.Reason.NOT_ALLOWED) {
                throw new MailboxGone();
            }
            throw refusal;
        }
    }

    /// The open mailbox was removed by another session, or may not be read any more: this session
    /// cannot go on (RFC 2180 §3.3).
    static final class MailboxGone extends IllegalStateException {
        private static final long serialVersionUID = 1;

        MailboxGone() {
            super("the open mailbox was removed");
        }
    }

    private Outcome act(String tag, ImapCommand command) throws IOException {
        return switch (command) {
            case ImapCommand.StartTls _ -> startTls();
            case ImapCommand.Logout _ -> logout(tag);
            case ImapCommand.Login(var user, var password) ->
                    new AuthenticateCommand(this).login(user, password);
            case ImapCommand.Authenticate(var mechanism, var initial) ->
                    new AuthenticateCommand(this).authenticate(mechanism, initial);
            case ImapCommand.Idle _ -> new IdleCommand(this).run();
            case ImapCommand.Capability _ -> {
                out.write(new ImapResponse.CapabilityData(capabilities()));
                yield answered("That is all.");
            }
            case ImapCommand.Noop _ -> answered("Nothing done.");
            case ImapCommand.Id _ -> id();
            case ImapCommand.Enable(var wanted) -> enable(wanted);
            case ImapCommand.Namespace _ ->
                    new Outcome.Answered(new WhereCommand(this).namespace());
            case ImapCommand.GetQuota(var root) ->
                    new Outcome.Answered(new QuotaCommand(this).quota(root));
            case ImapCommand.Notify notify -> notify(notify);
            case ImapCommand.MultiSearch search ->
                    new Outcome.Answered(new MultiSearchCommand(this).run(tag, search));
            case ImapCommand.SetQuota _ -> {
                box();
                yield new Outcome.Answered(
                        Answer.no(ResponseCode.Word.NOPERM, "The administrator sets quotas."));
            }
            case ImapCommand.OnSharing sharing -> new Outcome.Answered(onSharing(sharing));
            case ImapCommand.Compress(var algorithm) -> compress(algorithm);
            case ImapCommand.Unauthenticate _ -> unauthenticate();
            case ImapCommand.GetJmapAccess _ -> new Outcome.Answered(new WhereCommand(this).jmap());
            case ImapCommand.Check _ -> {
                selected();
                yield answered("All is on disk.");
            }
            case ImapCommand.Close _ -> new Outcome.Answered(new ExpungeCommand(this).close());
            case ImapCommand.Unselect _ -> {
                selected();
                unselect();
                yield answered("Closed.");
            }
            case ImapCommand.Expunge _ -> new Outcome.Answered(new ExpungeCommand(this).all());
            case ImapCommand.OnMailboxes named -> new Outcome.Answered(onMailboxes(named));
            case ImapCommand.OnLetters asked -> new Outcome.Answered(onLetters(tag, asked));
        };
    }

    private static Outcome answered(String text) {
        return new Outcome.Answered(Answer.ok(text));
    }

    private Answer onMailboxes(ImapCommand.OnMailboxes command) throws IOException {
        box();
        return switch (command) {
            case ImapCommand.Select(var mailbox, var parameters) ->
                    new SelectCommand(this).run(mailbox, parameters, false);
            case ImapCommand.Examine(var mailbox, var parameters) ->
                    new SelectCommand(this).run(mailbox, parameters, true);
            case ImapCommand.Create create -> new MailboxCommand(this).create(create);
            case ImapCommand.Delete(var mailbox) -> new MailboxCommand(this).delete(mailbox);
            case ImapCommand.Rename(var from, var to) -> new MailboxCommand(this).rename(from, to);
            case ImapCommand.Subscribe(var mailbox) ->
                    new MailboxCommand(this).subscribe(mailbox, true);
            case ImapCommand.Unsubscribe(var mailbox) ->
                    new MailboxCommand(this).subscribe(mailbox, false);
            case ImapCommand.ListMailboxes list -> new ListCommand(this).list(list);
            case ImapCommand.ListSubscribed(var reference, var pattern) ->
                    new ListCommand(this).listSubscribed(reference, pattern);
            case ImapCommand.Status(var mailbox, var items) ->
                    new StatusCommand(this).run(mailbox, items);
            case ImapCommand.Append _ -> append().place();
            case ImapCommand.GetQuotaRoot(var mailbox) -> new QuotaCommand(this).roots(mailbox);
        };
    }

    private Answer onSharing(ImapCommand.OnSharing command) throws IOException {
        box();
        RightsCommand rights = new RightsCommand(this);
        return switch (command) {
            case ImapCommand.GetAcl(var mailbox) -> rights.get(mailbox);
            case ImapCommand.SetAcl(var mailbox, var identifier, var change) ->
                    rights.set(mailbox, identifier, change);
            case ImapCommand.DeleteAcl(var mailbox, var identifier) ->
                    rights.delete(mailbox, identifier);
            case ImapCommand.ListRights(var mailbox, var identifier) ->
                    rights.list(mailbox, identifier);
            case ImapCommand.MyRights(var mailbox) -> rights.mine(mailbox);
            case ImapCommand.GetMetadata get -> new MetadataCommand(this).get(get);
            case ImapCommand.SetMetadata set -> new MetadataCommand(this).set(set);
        };
    }

    private Answer onLetters(String tag, ImapCommand.OnLetters command) throws IOException {
        selected();
        return switch (command) {
            case ImapCommand.UidBatches batches -> new BatchesCommand(this).run(tag, batches);
            case ImapCommand.UidExpunge(var uids) -> new ExpungeCommand(this).some(uids);
            case ImapCommand.Search search -> new SearchCommand(this).run(tag, search);
            case ImapCommand.SearchInUnknownCharset(var _, var saves, var _) -> {
                if (saves) {
                    selected().save(NumberSet.EMPTY);
                }
                yield Answer.no(
                        new ResponseCode.BadCharset(List.of("US-ASCII", "UTF-8")),
                        "Search in UTF-8.");
            }
            case ImapCommand.Sort sort -> new SortCommand(this).run(tag, sort);
            case ImapCommand.ThreadLetters threads ->
                    new ThreadCommand(this, threads.uid()).run(threads);
            case ImapCommand.Fetch fetch -> new FetchCommand(this).run(fetch);
            case ImapCommand.Store store -> new StoreCommand(this).run(store);
            case ImapCommand.Replace replace -> append().replace(replace);
            case ImapCommand.Copy(var uid, var messages, var mailbox) ->
                    new CopyCommand(this).copy(uid, messages, mailbox);
            case ImapCommand.Move(var uid, var messages, var mailbox) ->
                    new CopyCommand(this).move(uid, messages, mailbox);
        };
    }

    private Outcome startTls() {
        if (loggedIn() || !connection.canStartTls()) {
            return new Outcome.Answered(Answer.bad("TLS cannot begin now."));
        }
        return new Outcome.StartTls();
    }

    /// RFC 4978 §3.
    private Outcome compress(String algorithm) {
        box();
        if (!algorithm.equals("DEFLATE")) {
            return new Outcome.Answered(Answer.bad("DEFLATE is the one there is."));
        }
        return connection.compressed()
                ? new Outcome.Answered(
                        Answer.no(ResponseCode.Word.COMPRESSIONACTIVE, "This line is compressed."))
                : new Outcome.Compress();
    }

    private Outcome logout(String tag) throws IOException {
        out.write(
                ImapResponse.Condition.untagged(
                        ImapResponse.Outcome.BYE, null, "Until next time."));
        out.write(Answer.ok("Goodbye.").tagged(tag));
        return new Outcome.End();
    }

    private Outcome id() throws IOException {
        out.write(
                new ImapResponse.IdData(
                        List.of(
                                new IdField("name", services.product().name()),
                                new IdField("version", services.product().version()))));
        return answered("Pleased to meet you.");
    }

    private Outcome enable(List<String> wanted) throws IOException {
        box();
        changed = true;
        return new Outcome.Answered(new EnableCommand(this).run(wanted));
    }

    /// Begins to tell, or stops (RFC 5465 §3).
    private Outcome notify(ImapCommand.Notify command) throws IOException {
        box();
        closeNotifier();
        Answer refusal = Notifier.refusal(command);
        if (refusal != null) {
            return new Outcome.Answered(refusal);
        }
        if (!command.groups().isEmpty()) {
            Notifier fresh = new Notifier(this, command.groups());
            notifier = fresh;
            fresh.begin(command.status());
            if (state instanceof ImapState.Selected(var _, var mailbox)) {
                mailbox.tellUids();
            }
        }
        return answered(command.groups().isEmpty() ? "Nothing is told." : "You will be told.");
    }

    /// What somebody asked to be told.
    Optional<Notifier> notifier() {
        return Optional.ofNullable(notifier);
    }

    private void closeNotifier() {
        Notifier known = notifier;
        notifier = null;
        if (known != null) {
            known.close();
        }
    }

    /// Ends what the session has begun.
    void close() {
        closeNotifier();
        forgetLetter();
    }

    /// Tells, without having been asked just now, what NOTIFY asked for.
    ///
    /// @return false when the session must end
    boolean push() throws IOException {
        Notifier known = notifier;
        if (known == null) {
            return true;
        }
        try {
            known.tell(false);
            return true;
        } catch (MailboxGone gone) {
            bye("The open mailbox is not there any more.");
            return false;
        }
    }

    /// Tells that a command is still at work (RFC 9585 §4), every 10 s.
    ///
    /// @param goal more than `done`, or the same at the end
    void progress(long done, long goal) throws IOException {
        if (!told.left().isZero() || done >= goal) {
            return;
        }
        told = Patience.of(PROGRESS);
        out.write(
                ImapResponse.Condition.untagged(
                        ImapResponse.Outcome.OK,
                        new ResponseCode.InProgress(tag, done, goal),
                        "Still at work."));
        out.flush();
        connection.flush();
    }

    /// A new session begins inside the old connection (RFC 8437 §2).
    private Outcome unauthenticate() {
        box();
        closeNotifier();
        state = new ImapState.NotAuthenticated();
        features.reset();
        changed = true;
        return answered("Who are you?");
    }

    /// Looks at a letter APPEND announces, before its octets come.
    ///
    /// @return false when it is not taken; [#rejection] then says why
    boolean announce(AssemblyStep.NeedLetter letter) {
        try {
            AppendCommand command = append;
            if (command == null) {
                command = new AppendCommand(this, letter.mailbox());
                append = command;
            }
            Answer refusal = command.announce(letter.letter());
            if (refusal == null) {
                return true;
            }
            rejection = refusal;
        } catch (RuntimeException fault) {
            rejection = FaultAnswers.of(fault, connection.id());
        }
        forgetLetter();
        return false;
    }

    /// The answer to the APPEND that was not taken.
    Answer rejection() {
        return rejection;
    }

    /// Reads the octets of a letter.
    ///
    /// @param keep whether they are the announced letter's, or just to be passed over
    void passLetter(LineReader input, long octets, boolean keep) throws IOException {
        if (keep) {
            append().take(input, octets);
        } else {
            ImapConnection.pass(input, octets, (_, _) -> {});
        }
    }

    private AppendCommand append() {
        AppendCommand command = append;
        if (command == null) {
            throw SyntaxFault.at(-1, "a letter as a literal", "RFC 9051 §6.3.12");
        }
        return command;
    }

    /// Lets go of a letter whose APPEND came to nothing.
    void forgetLetter() {
        AppendCommand command = append;
        append = null;
        if (command != null) {
            command.close();
        }
    }
}
