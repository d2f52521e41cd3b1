package org.facteur.core.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.store.kv.ReadView;
import org.facteur.store.layout.Layout;
import org.jspecify.annotations.Nullable;

/// An account's letters by their own numbers, whatever mailboxes they lie in: what JMAP asks for.
/// Any thread; light enough to open per request.
///
/// A letter that lies only where the actor may not read does not exist for it.
public final class LetterCatalog {
    private final LetterBoxes boxes;
    private final Actor actor;
    private final AccountId owner;
    private final Access access;

    LetterCatalog(LetterBoxes boxes, Actor actor, AccountId owner) {
        this.boxes = boxes;
        this.actor = actor;
        this.owner = owner;
        this.access = new Access(boxes, actor, owner);
    }

    /// Letters with their places at one version, in the order asked; null where there is none.
    ///
    /// @param ids at most 1,000, so that the look stays short
    public Found find(List<LetterId> ids) {
        return boxes.partition(owner)
                .read(
                        view -> {
                            Looking look = new Looking(view);
                            List<@Nullable WholeLetter> found = new ArrayList<>(ids.size());
                            for (LetterId id : ids) {
                                found.add(look.letter(id));
                            }
                            return new Found(view.version(), found);
                        });
    }

    /// What was found.
    ///
    /// @param version of the account that it shows
    /// @param letters null where there is none
    public record Found(long version, List<@Nullable WholeLetter> letters) {}

    /// The letters of a thread that can be seen, the oldest first; empty when there is no such
    /// thread.
    public List<WholeLetter> thread(ThreadId thread) {
        return boxes.partition(owner)
                .read(
                        view -> {
                            Looking look = new Looking(view);
                            List<WholeLetter> found = new ArrayList<>();
                            TablePages.forEach(
                                    view,
                                    Layout.thread(thread.number()),
                                    row -> {
                                        WholeLetter letter =
                                                look.letter(
                                                        new LetterId(Layout.number(row.key(), 1)));
                                        if (letter != null) {
                                            found.add(letter);
                                        }
                                    });
                            found.sort(
                                    java.util.Comparator.comparing(WholeLetter::received)
                                            .thenComparing(each -> each.letter().id()));
                            return found;
                        });
    }

    /// Which thread letters belong to, for many letters.
    public Threads threads() {
        ThreadBook.Lookup lookup = boxes.threads().of(owner, boxes.partition(owner));
        return letter -> {
            OptionalLong thread = lookup.find(letter.number());
            return thread.isPresent()
                    ? Optional.of(new ThreadId(thread.getAsLong()))
                    : Optional.empty();
        };
    }

    /// Looks up threads.
    @FunctionalInterface
    public interface Threads {
        /// Empty for a letter that is not known.
        Optional<ThreadId> find(LetterId letter);
    }

    /// What happened since a version.
    ///
    /// @param version of the account, 0 or more
    /// @param most letters that are told, 1 or more; the rest is for the next time
    /// @return empty when it cannot be told: too much has happened, or the version is none of this
    ///   account's
    public Optional<CatalogChanges> changesSince(long version, int most) {
        return boxes.partition(owner)
                .read(view -> new ChangeReading(view, this::visible).since(version, most));
    }

    /// Whether letters in a mailbox are the actor's to see.
    private boolean visible(MailboxId mailbox) {
        if (access.guest()) {
            return access.rights(mailbox).has(Right.READ);
        }
        return boxes.image(owner).tree().find(mailbox).filter(Mailbox::hidden).isEmpty();
    }

    /// Changes letters, each wholly or not at all.
    public LetterEdits edit() {
        return new LetterEdits(boxes, actor, owner);
    }

    /// One snapshot, with what was read of it.
    private final class Looking {
        private final ReadView view;
        private final Map<MailboxId, Optional<Mailbox>> mailboxes = new HashMap<>();
        private final Map<Long, Map<Long, EntryRun>> runs = new HashMap<>();

        Looking(ReadView view) {
            this.view = view;
        }

        @Nullable WholeLetter letter(LetterId id) {
            Places places = view.find(Layout.places(id.number())).map(Places::decode).orElse(null);
            if (places == null) {
                return null;
            }
            List<WholeLetter.Lying> lying = new ArrayList<>(places.list().size());
            for (Places.Place place : places.list()) {
                WholeLetter.Lying each = lying(place);
                if (each != null) {
                    lying.add(each);
                }
            }
            Letter letter = lying.isEmpty() ? null : LetterRows.find(view, id).orElse(null);
            return letter == null ? null : new WholeLetter(letter, lying);
        }

        private WholeLetter.@Nullable Lying lying(Places.Place place) {
            Mailbox mailbox =
                    mailboxes.computeIfAbsent(place.mailbox(), this::shownMailbox).orElse(null);
            if (mailbox == null) {
                return null;
            }
            EntryRun run = run(place.mailbox(), EntryRun.numberOf(place.uid()));
            int at = run.indexOf(place.uid());
            return at < 0
                    ? null
                    : new WholeLetter.Lying(
                            place.mailbox(),
                            place.uid(),
                            mailbox.state().keywords().keywords(run.keywords(at)),
                            Instant.ofEpochSecond(run.received(at)));
        }

        private Optional<Mailbox> shownMailbox(MailboxId id) {
            return view.find(Layout.mailbox(id.number()))
                    .map(row -> Mailbox.decode(id, row))
                    .filter(mailbox -> !mailbox.hidden())
                    .filter(_ -> access.rights(id).has(Right.READ));
        }

        private EntryRun run(MailboxId mailbox, long number) {
            return runs.computeIfAbsent(mailbox.number(), _ -> new HashMap<>())
                    .computeIfAbsent(
                            number,
                            _ ->
                                    view.find(Layout.entries(mailbox.number(), number))
                                            .map(EntryRun::decode)
                                            .orElseGet(() -> EntryRun.of(List.of())));
        }
    }
}
