package org.facteur.core.deliver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.Arrival;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxId;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.mailbox.MailboxTree;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.mailbox.Role;
import org.facteur.core.sieve.ScriptMemory;
import org.facteur.store.blob.Blob;
import org.facteur.wire.sieve.EditedLetter;
import org.facteur.wire.sieve.SieveAction;
import org.facteur.wire.sieve.SieveComplaint;
import org.facteur.wire.sieve.SieveProblem;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// Where one letter is to lie in one account, gathered, then done in one transaction. Used by one
/// thread; closed at the end.
final class Filing implements AutoCloseable {
    private static final int PIECE = 64 * 1024;
    private static final long LARGER = 2_000_000;

    private final LetterBoxes boxes;
    private final LetterBox box;
    private final Sorting.Case one;
    private final Instant now;
    private final Map<Place, Set<Keyword>> places = new LinkedHashMap<>();
    private final Map<EditedLetter, Version> versions = new IdentityHashMap<>();
    private final List<ScriptMemory.Note> notes = new ArrayList<>();

    /// @param edited null for the letter as it came
    private record Place(MailboxId mailbox, @Nullable EditedLetter edited) {}

    /// A letter as a script has changed it.
    record Version(NewLetter letter, boolean eightBit) {}

    Filing(LetterBoxes boxes, LetterBox box, Sorting.Case one, Instant now) {
        this.boxes = boxes;
        this.box = box;
        this.one = one;
        this.now = now;
    }

    void keep(List<String> flags, @Nullable EditedLetter edited) {
        put(box.inbox(), flags, edited);
    }

    private void put(MailboxId mailbox, List<String> flags, @Nullable EditedLetter edited) {
        places.computeIfAbsent(new Place(mailbox, edited), _ -> new LinkedHashSet<>())
                .addAll(keywords(flags));
    }

    void remember(ScriptMemory.Note note) {
        notes.add(note);
    }

    /// Into a mailbox; into the inbox where that is not possible.
    ///
    /// @return why it is the inbox; null when it is not
    @Nullable SieveProblem file(SieveAction.Target target, @Nullable EditedLetter edited) {
        MailboxId found = find(box, target);
        put(found == null ? box.inbox() : found, target.flags(), edited);
        return found == null
                ? new SieveProblem(0, 0, SieveComplaint.BAD_VALUE, target.mailbox())
                : null;
    }

    /// The mailbox a script means, made where it asks for that; null for none.
    static @Nullable MailboxId find(LetterBox box, SieveAction.Target target) {
        MailboxTree tree = box.mailboxes();
        String id = target.mailboxId();
        String use = target.specialUse();
        Mailbox found = id == null ? null : AccountSurroundings.findId(tree, id).orElse(null);
        Role role = use == null ? null : AccountSurroundings.role(use);
        if (found == null && role != null && role.known() && !role.hidden()) {
            found = tree.find(role).orElse(null);
        }
        if (found == null) {
            found = AccountSurroundings.find(tree, target.mailbox()).orElse(null);
        }
        if (found != null) {
            return found.id();
        }
        if (!target.create()) {
            return null;
        }
        try {
            boolean useful = role != null && role.known() && !role.hidden();
            return box.create(MailboxName.parse(target.mailbox()), useful ? role : null).id();
        } catch (Refusal refused) {
            // Another delivery may have made it in the meantime.
            return refused.reason() == Refusal.Reason.ALREADY_EXISTS
                    ? AccountSurroundings.find(box.mailboxes(), target.mailbox())
                            .map(Mailbox::id)
                            .orElse(null)
                    : null;
        }
    }

    /// Flags as this program has them; those no letter can have are left out.
    static Set<Keyword> keywords(List<String> flags) {
        Set<Keyword> keywords = new LinkedHashSet<>();
        for (String flag : flags) {
            String name =
                    flag.startsWith("\\") ? "$" + flag.substring(1).toLowerCase(Locale.ROOT) : flag;
            try {
                keywords.add(new Keyword(name));
            } catch (Refusal _) {
                // No letter can have it.
            }
        }
        return keywords;
    }

    /// The letter as a script wants it.
    ///
    /// @param edited null for as it came
    Version version(@Nullable EditedLetter edited) {
        Consignment came = one.consignment();
        if (edited == null) {
            return new Version(came.letter(), came.eightBit());
        }
        return versions.computeIfAbsent(edited, this::write);
    }

    private Version write(EditedLetter edited) {
        NewLetter old = one.consignment().letter();
        try (LetterWriter writer = new LetterWriter(boxes.blobs(), old.octets().size() + LARGER);
                Blob blob = old.octets().open()) {
            for (EditedLetter.Piece piece : edited.pieces()) {
                switch (piece) {
                    case EditedLetter.Piece.New(Octets octets) -> octets.writeTo(writer::write);
                    case EditedLetter.Piece.Old(long from, long to) -> copy(blob, from, to, writer);
                }
            }
            return new Version(writer.finish(), writer.eightBit());
        } catch (IOException impossible) {
            throw new UncheckedIOException("blobs do no I/O of this kind", impossible);
        }
    }

    private static void copy(Blob blob, long from, long to, LetterWriter writer)
            throws IOException {
        byte[] piece = new byte[PIECE];
        try (InputStream in = blob.open(from, to)) {
            for (int some = in.read(piece); some >= 0; some = in.read(piece)) {
                writer.write(piece, 0, some);
            }
        }
    }

    /// Does it all.
    ///
    /// @return the account's version that shows it
    /// @throws Refusal OVER_QUOTA
    long commit() {
        List<Arrival> arrivals = new ArrayList<>();
        places.forEach(
                (place, keywords) ->
                        arrivals.add(
                                new Arrival(
                                        version(place.edited()).letter(),
                                        one.prefix(),
                                        place.mailbox(),
                                        keywords,
                                        one.consignment().received(),
                                        key(place.mailbox(), arrivals.size()))));
        if (arrivals.isEmpty() && notes.isEmpty()) {
            return box.version();
        }
        box.append(arrivals, tx -> ScriptMemory.remember(tx, notes, now));
        return box.version();
    }

    private @Nullable String key(MailboxId mailbox, int number) {
        String base = Delivery.key(one.consignment(), "a" + one.receiver().id());
        return base == null ? null : base + "/" + Objects.requireNonNull(mailbox) + "/" + number;
    }

    @Override
    public void close() {
        versions.values().forEach(version -> version.letter().close());
    }
}
