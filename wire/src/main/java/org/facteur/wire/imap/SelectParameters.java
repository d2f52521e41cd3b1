package org.facteur.wire.imap;

import org.jspecify.annotations.Nullable;

/// What may stand in parentheses after SELECT and EXAMINE (RFC 7162).
///
/// @param condstore whether CONDSTORE was asked for (RFC 7162 §3.1.8)
/// @param resync what the client remembers, or null when it starts afresh
public record SelectParameters(boolean condstore, @Nullable Resync resync) {
    /// Nothing in parentheses.
    public static final SelectParameters NONE = new SelectParameters(false, null);

    /// QRESYNC (RFC 7162 §3.2.5).
    ///
    /// @param uidValidity 1 to 4294967295
    /// @param modSeq the last MODSEQ the client knows, 1 or more
    /// @param knownUids the UIDs it knows, or null for all
    /// @param match numbers and UIDs that let the server find where expunges began, or null
    public record Resync(
            long uidValidity,
            long modSeq,
            @Nullable NumberSet knownUids,
            @Nullable SequenceMatch match) {}

    /// Message numbers and the UIDs they had, as many of one as of the other (RFC 7162 §3.2.5.2).
    public record SequenceMatch(NumberSet numbers, NumberSet uids) {}
}
