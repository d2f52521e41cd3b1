package org.facteur.core.change;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Door;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.jspecify.annotations.Nullable;

/// What one version of an account changed.
///
/// @param version 0 before it is appended
/// @param guest who asked for it, where it was not the account's owner; null for the owner
/// @param credential the number of the credential that asked for it, the guest's or the owner's; 0
///   for the program itself
public record ChangeRecord(
        long version,
        Instant when,
        @Nullable AccountId guest,
        long credential,
        Door door,
        List<Change> changes) {
    /// 2: with the guest, and changes of lists.
    private static final int FORMAT = 2;

    private static final int MAILBOX = 1;
    private static final int ADDED = 2;
    private static final int MARKED = 3;
    private static final int REMOVED = 4;
    private static final int LISTS = 5;
    private static final int SCRIPT = 6;

    public ChangeRecord {
        Objects.requireNonNull(when);
        Objects.requireNonNull(door);
        changes = List.copyOf(changes);
    }

    /// The octets that are stored; the version is the row's key.
    public byte[] encode() {
        Encoder out = new Encoder(FORMAT);
        out.signed(when.toEpochMilli()).number(credential).number(door.code());
        out.number(guest == null ? 0 : guest.number());
        out.list(changes, ChangeRecord::encode);
        return out.toBytes();
    }

    private static void encode(Encoder out, Change change) {
        switch (change) {
            case Change.MailboxChanged changed ->
                    out.number(MAILBOX).number(changed.mailbox()).number(changed.act().ordinal());
            case Change.Added added -> marks(out.number(ADDED), added.mailbox(), added.marks());
            case Change.Marked marked ->
                    marks(out.number(MARKED), marked.mailbox(), marked.marks());
            case Change.Removed removed ->
                    marks(out.number(REMOVED), removed.mailbox(), removed.marks());
            case Change.ListsChanged _ -> out.number(LISTS);
            case Change.ScriptChanged changed ->
                    out.number(SCRIPT)
                            .number(changed.mailbox())
                            .text(changed.name())
                            .number(changed.act().ordinal());
        }
    }

    private static void marks(Encoder out, long mailbox, List<Change.Mark> marks) {
        out.number(mailbox).number(marks.size());
        long uid = 0;
        long letter = 0;
        for (Change.Mark mark : marks) {
            out.signed(mark.uid() - uid).signed(mark.letter() - letter);
            out.bits(mark.before()).bits(mark.after());
            uid = mark.uid();
            letter = mark.letter();
        }
    }

    /// @throws org.facteur.store.kv.StoreFault CORRUPT for octets no version has written
    public static ChangeRecord decode(long version, byte[] octets) {
        Decoder in = new Decoder(octets, FORMAT);
        Instant when = Instant.ofEpochMilli(in.signed());
        long credential = in.number();
        Door door = Door.of(in.count());
        long guest = in.formatVersion() >= 2 ? in.number() : 0;
        List<Change> changes = in.list(ChangeRecord::change);
        in.end();
        return new ChangeRecord(
                version, when, guest == 0 ? null : new AccountId(guest), credential, door, changes);
    }

    static void touched(byte[] octets, ChangeLog.TouchVisitor visitor) {
        Decoder in = new Decoder(octets, FORMAT);
        in.signed();
        in.number();
        in.count();
        if (in.formatVersion() >= 2) {
            in.number();
        }
        for (int left = in.count(); left > 0; left--) {
            touchedByOne(in, visitor);
        }
        in.end();
    }

    private static void touchedByOne(Decoder in, ChangeLog.TouchVisitor visitor) {
        int kind = in.count();
        if (kind == LISTS) {
            visitor.listsChanged();
            return;
        }
        long mailbox = in.number();
        if (kind == SCRIPT) {
            in.text();
            in.count();
            return;
        }
        visitor.touched(mailbox, 0);
        if (kind == MAILBOX) {
            in.count();
            return;
        }
        long uid = 0;
        for (int left = in.count(); left > 0; left--) {
            uid += in.signed();
            in.signed();
            in.bits();
            in.bits();
            visitor.touched(mailbox, uid);
        }
    }

    private static Change change(Decoder in) {
        int kind = in.count();
        if (kind == LISTS) {
            return new Change.ListsChanged();
        }
        long mailbox = in.number();
        if (kind == MAILBOX) {
            return new Change.MailboxChanged(mailbox, act(in));
        }
        if (kind == SCRIPT) {
            return new Change.ScriptChanged(in.text(), act(in));
        }
        List<Change.Mark> marks = marks(in);
        return switch (kind) {
            case ADDED -> new Change.Added(mailbox, marks);
            case MARKED -> new Change.Marked(mailbox, marks);
            case REMOVED -> new Change.Removed(mailbox, marks);
            default ->
                    throw new org.facteur.store.kv.StoreFault(
                            org.facteur.store.kv.StoreFault.Kind.CORRUPT, "unknown kind of change");
        };
    }

    private static Change.Act act(Decoder in) {
        return Change.Act.values()[Math.min(in.count(), Change.Act.values().length - 1)];
    }

    private static List<Change.Mark> marks(Decoder in) {
        List<Change.Mark> marks = new ArrayList<>();
        int count = in.count();
        long uid = 0;
        long letter = 0;
        for (int i = 0; i < count; i++) {
            uid += in.signed();
            letter += in.signed();
            marks.add(new Change.Mark(uid, letter, in.bits(), in.bits()));
        }
        return List.copyOf(marks);
    }
}
