package org.facteur.wire.imap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing FETCH is to tell about a letter (RFC 9051 §6.4.5).
public sealed interface FetchItem {

    /// The items that are a word and nothing more.
    enum Word implements FetchItem {
        /// RFC 9051 §6.4.5.
        ENVELOPE("ENVELOPE"),
        /// RFC 9051 §6.4.5.
        BODYSTRUCTURE("BODYSTRUCTURE"),
        /// BODYSTRUCTURE without its extension data.
        BODY("BODY"),
        /// RFC 9051 §6.4.5.
        FLAGS("FLAGS"),
        /// RFC 9051 §6.4.5.
        UID("UID"),
        /// RFC 9051 §6.4.5.
        INTERNALDATE("INTERNALDATE"),
        /// RFC 9051 §6.4.5.
        RFC822_SIZE("RFC822.SIZE"),
        /// As `BODY[]`, which sets `\Seen`; IMAP4rev1 (RFC 3501 §6.4.5).
        RFC822("RFC822"),
        /// As `BODY.PEEK[HEADER]` (RFC 3501 §6.4.5).
        RFC822_HEADER("RFC822.HEADER"),
        /// As `BODY[TEXT]`, which sets `\Seen` (RFC 3501 §6.4.5).
        RFC822_TEXT("RFC822.TEXT"),
        /// RFC 7162 §3.1.4.2.
        MODSEQ("MODSEQ"),
        /// RFC 8474 §5.3.
        EMAILID("EMAILID"),
        /// RFC 8474 §5.3.
        THREADID("THREADID"),
        /// RFC 8514 §4.1.
        SAVEDATE("SAVEDATE");

        private final String keyword;

        Word(String keyword) {
            this.keyword = keyword;
        }

        /// As on the wire.
        public String keyword() {
            return keyword;
        }
    }

    /// BODY[…] and BODY.PEEK[…].
    ///
    /// @param peek whether `\Seen` stays as it is
    /// @param slice a part of the section, or null for all
    record Body(boolean peek, Section section, @Nullable Slice slice) implements FetchItem {}

    /// BINARY[…] and BINARY.PEEK[…]: a part with its transfer encoding taken off (RFC 3516 §4.2).
    ///
    /// @param part part numbers, each 1 or more; empty for the whole letter
    record Binary(boolean peek, List<Integer> part, @Nullable Slice slice) implements FetchItem {
        public Binary {
            part = List.copyOf(part);
        }
    }

    /// BINARY.SIZE[…].
    ///
    /// @param part part numbers, each 1 or more; empty for the whole letter
    record BinarySize(List<Integer> part) implements FetchItem {
        public BinarySize {
            part = List.copyOf(part);
        }
    }

    /// PREVIEW (RFC 8970 §3).
    ///
    /// @param lazy whether the server may leave it out when it is not at hand
    record Preview(boolean lazy) implements FetchItem {}

    /// `<offset.length>`: a part of the octets.
    ///
    /// @param offset 0 to 4294967295, may lie beyond the end
    /// @param length 1 to 4294967295, may reach beyond the end
    record Slice(long offset, long length) {}

    /// FAST.
    List<FetchItem> FAST = List.of(Word.FLAGS, Word.INTERNALDATE, Word.RFC822_SIZE);

    /// ALL.
    List<FetchItem> ALL = List.of(Word.FLAGS, Word.INTERNALDATE, Word.RFC822_SIZE, Word.ENVELOPE);

    /// FULL.
    List<FetchItem> FULL =
            List.of(Word.FLAGS, Word.INTERNALDATE, Word.RFC822_SIZE, Word.ENVELOPE, Word.BODY);
}
