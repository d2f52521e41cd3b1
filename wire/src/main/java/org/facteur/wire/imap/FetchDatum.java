package org.facteur.wire.imap;

import java.time.OffsetDateTime;
import java.util.List;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// One thing a FETCH response tells about a letter (RFC 9051 §7.5.2).
public sealed interface FetchDatum {

    /// FLAGS, `\Recent` possibly among them.
    record Flags(List<Flag> flags) implements FetchDatum {
        public Flags {
            flags = List.copyOf(flags);
        }
    }

    /// UID, 1 to 4294967295.
    record Uid(long uid) implements FetchDatum {}

    /// INTERNALDATE, to the second.
    record InternalDate(OffsetDateTime moment) implements FetchDatum {}

    /// RFC822.SIZE.
    record Size(long octets) implements FetchDatum {}

    /// MODSEQ (RFC 7162 §3.1.4).
    record ModSeq(long modSeq) implements FetchDatum {}

    /// ENVELOPE.
    ///
    /// @param encoded the whole parenthesised form as it goes on the wire
    record Envelope(Octets encoded) implements FetchDatum {}

    /// BODYSTRUCTURE, or BODY without extension data.
    ///
    /// @param extended whether it is BODYSTRUCTURE
    /// @param encoded the whole parenthesised form as it goes on the wire
    record BodyStructure(boolean extended, Octets encoded) implements FetchDatum {}

    /// `BODY[…]`.
    ///
    /// @param origin where the slice asked for begins, or null for the whole section
    /// @param content null when the letter has no such part
    record Body(Section section, @Nullable Long origin, @Nullable OctetSupply content)
            implements FetchDatum {}

    /// `BINARY[…]`.
    ///
    /// @param part part numbers; empty for the whole letter
    /// @param origin where the slice asked for begins, or null for the whole part
    /// @param content null when the letter has no such part
    record Binary(List<Integer> part, @Nullable Long origin, @Nullable OctetSupply content)
            implements FetchDatum {
        public Binary {
            part = List.copyOf(part);
        }
    }

    /// `BINARY.SIZE[…]`.
    record BinarySize(List<Integer> part, long octets) implements FetchDatum {
        public BinarySize {
            part = List.copyOf(part);
        }
    }

    /// RFC822, RFC822.HEADER, RFC822.TEXT of IMAP4rev1.
    ///
    /// @param word one of those three
    record Rfc822(FetchItem.Word word, @Nullable OctetSupply content) implements FetchDatum {}

    /// EMAILID (RFC 8474 §5.1).
    record EmailId(String id) implements FetchDatum {}

    /// THREADID (RFC 8474 §5.2), null where threads are not kept.
    record ThreadId(@Nullable String id) implements FetchDatum {}

    /// SAVEDATE (RFC 8514 §4.1), null where it is not kept.
    record SaveDate(@Nullable OffsetDateTime moment) implements FetchDatum {}

    /// PREVIEW (RFC 8970 §3.2), null where there is none yet.
    record Preview(@Nullable String text) implements FetchDatum {}
}
