package org.facteur.wire.imap;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a letter must be to be found (RFC 9051 §6.4.4).
///
/// A tree whose depth and size the parser has bounded. Texts are decoded and not empty-checked: an
/// empty text is in every field that exists.
public sealed interface SearchKey {

    /// Every letter.
    record All() implements SearchKey {}

    /// ANSWERED, DELETED, DRAFT, FLAGGED, SEEN, RECENT, KEYWORD.
    record HasFlag(Flag flag) implements SearchKey {}

    /// UNANSWERED and its like, UNKEYWORD, OLD.
    record LacksFlag(Flag flag) implements SearchKey {}

    /// A text inside a part of the letter, without regard to case.
    record Contains(Place place, String text) implements SearchKey {}

    /// FUZZY before a text: the text or one like it, as the server sees likeness (RFC 6203 §3).
    ///
    /// FUZZY before other keys changes nothing; before keys in parentheses it is for each of them.
    record Alike(Place place, String text) implements SearchKey {}

    /// HEADER: the field is there and contains the text.
    record Header(String field, String text) implements SearchKey {}

    /// BEFORE, ON, SINCE, SENTBEFORE…, SAVEDBEFORE…: compared without time and zone.
    record Dated(Moment moment, Relation relation, LocalDate date) implements SearchKey {}

    /// LARGER: more octets than this.
    record Larger(long octets) implements SearchKey {}

    /// SMALLER: fewer octets than this.
    record Smaller(long octets) implements SearchKey {}

    /// OLDER: INTERNALDATE is at least so long ago (RFC 5032 §2).
    record Older(long seconds) implements SearchKey {}

    /// YOUNGER: INTERNALDATE is at most so long ago (RFC 5032 §2).
    record Younger(long seconds) implements SearchKey {}

    /// A set of message numbers.
    record Numbers(SequenceSet set) implements SearchKey {}

    /// UID and a set of UIDs.
    record Uids(SequenceSet set) implements SearchKey {}

    /// UIDAFTER: a UID above this one (RFC 9738).
    record UidAfter(long uid) implements SearchKey {}

    /// UIDBEFORE: a UID below this one (RFC 9738).
    record UidBefore(long uid) implements SearchKey {}

    /// MODSEQ: changed at this state or later (RFC 7162 §3.1.5).
    ///
    /// @param entry the metadata item meant, which a server may ignore, or null
    record ModSeq(@Nullable String entry, long atLeast) implements SearchKey {}

    /// EMAILID (RFC 8474 §5).
    record EmailId(String id) implements SearchKey {}

    /// THREADID (RFC 8474 §5).
    record ThreadId(String id) implements SearchKey {}

    /// SAVEDATESUPPORTED: every letter of a mailbox that keeps save dates (RFC 8514 §4.3).
    record SaveDateSupported() implements SearchKey {}

    /// NOT.
    record Not(SearchKey key) implements SearchKey {}

    /// OR.
    record Or(SearchKey left, SearchKey right) implements SearchKey {}

    /// All of several keys: a list in parentheses, or the whole of a SEARCH.
    record And(List<SearchKey> keys) implements SearchKey {
        public And {
            keys = List.copyOf(keys);
        }
    }

    /// Where a text is looked for.
    enum Place {
        BCC,
        BODY,
        CC,
        FROM,
        SUBJECT,
        TEXT,
        TO
    }

    /// Which date of a letter is meant.
    enum Moment {
        /// INTERNALDATE.
        ARRIVED,
        /// The Date header.
        SENT,
        /// When it came into this mailbox (RFC 8514 §4.2).
        SAVED
    }

    /// How a date is compared.
    enum Relation {
        BEFORE,
        ON,
        /// On that day or after it.
        SINCE
    }
}
