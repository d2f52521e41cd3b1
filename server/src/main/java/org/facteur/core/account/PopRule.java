package org.facteur.core.account;

import java.util.Objects;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;

/// What a device that collects by POP is shown, and what its deleting means.
///
/// @param days only letters of so many days; 0 for all, at most [#DAYS]
public record PopRule(Sees sees, int days, OnDelete onDelete) {
    /// The most days a device can be limited to.
    public static final int DAYS = 3650;

    /// The inbox; what is deleted leaves it and can be put back.
    public static final PopRule STANDARD = new PopRule(Sees.INBOX, 0, OnDelete.HIDE);

    /// Which mailboxes a device sees. The code is stored and never changes.
    public enum Sees {
        INBOX(1),
        INBOX_AND_SENT(2),
        /// All but junk, trash and drafts.
        ALL(3);

        private final int code;

        Sees(int code) {
            this.code = code;
        }

        static Sees of(int code) {
            for (Sees each : values()) {
                if (each.code == code) {
                    return each;
                }
            }
            return INBOX;
        }
    }

    /// What DELE means once QUIT confirmed it. The code is stored and never changes.
    public enum OnDelete {
        /// The letter leaves its mailbox; it can be put back for a while.
        HIDE(1),
        /// It stays where it is, read.
        MARK_READ(2),
        /// It goes to the archive.
        ARCHIVE(3),
        /// It ends once every other POP device of the account has it too.
        DESTROY(4);

        private final int code;

        OnDelete(int code) {
            this.code = code;
        }

        /// HIDE, which loses nothing, for one that a later program gave.
        static OnDelete of(int code) {
            for (OnDelete each : values()) {
                if (each.code == code) {
                    return each;
                }
            }
            return HIDE;
        }
    }

    public PopRule {
        Objects.requireNonNull(sees);
        Objects.requireNonNull(onDelete);
        if (days < 0 || days > DAYS) {
            throw new IllegalArgumentException("a rule of " + days + " days");
        }
    }

    public void encode(Encoder out) {
        out.number(sees.code).number(days).number(onDelete.code);
    }

    public static PopRule decode(Decoder in) {
        Sees sees = Sees.of(in.count());
        int days = Math.min(in.count(), DAYS);
        return new PopRule(sees, days, OnDelete.of(in.count()));
    }
}
