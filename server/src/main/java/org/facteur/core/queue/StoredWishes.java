package org.facteur.core.queue;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.StoreFault;
import org.facteur.wire.smtp.BodyKind;
import org.facteur.wire.smtp.LetterWishes;
import org.facteur.wire.smtp.RcptParameters;
import org.jspecify.annotations.Nullable;

/// What a sender asked for, inside an item's row.
final class StoredWishes {
    private StoredWishes() {}

    static void write(Encoder out, LetterWishes wishes) {
        out.number(place(wishes.body())).number(place(wishes.returned()));
        out.optionalText(wishes.envelopeId()).flag(wishes.requireTls());
        LetterWishes.Release release = wishes.release();
        out.flag(release != null);
        if (release != null) {
            out.signed(release.moment(Instant.EPOCH).toEpochMilli());
        }
        out.signed(wishes.priority());
    }

    static LetterWishes letter(Decoder in) {
        return new LetterWishes(
                value(BodyKind.values(), in.number()),
                value(LetterWishes.Returned.values(), in.number()),
                in.optionalText(),
                in.flag(),
                in.flag() ? new LetterWishes.Release.At(Instant.ofEpochMilli(in.signed())) : null,
                (int) in.signed());
    }

    static void write(Encoder out, RcptParameters wishes) {
        long notices = 0;
        for (RcptParameters.Notify each : wishes.notices()) {
            notices |= 1L << each.ordinal();
        }
        RcptParameters.OriginalRecipient original = wishes.original();
        out.number(notices).flag(original != null);
        if (original != null) {
            out.text(original.type()).text(original.address());
        }
    }

    static RcptParameters recipient(Decoder in) {
        long bits = in.number();
        Set<RcptParameters.Notify> notices = EnumSet.noneOf(RcptParameters.Notify.class);
        for (RcptParameters.Notify each : RcptParameters.Notify.values()) {
            if ((bits >> each.ordinal() & 1) != 0) {
                notices.add(each);
            }
        }
        return new RcptParameters(
                notices,
                in.flag() ? new RcptParameters.OriginalRecipient(in.text(), in.text()) : null);
    }

    /// 0 for none, else the place in the order plus 1.
    private static long place(@Nullable Enum<?> value) {
        return value == null ? 0 : value.ordinal() + 1L;
    }

    private static <E> @Nullable E value(E[] values, long place) {
        return place == 0 ? null : pick(values, place - 1);
    }

    static <E> E pick(E[] values, long ordinal) {
        if (ordinal >= values.length) {
            throw new StoreFault(StoreFault.Kind.CORRUPT, "a value that none would write");
        }
        return values[(int) ordinal];
    }
}
