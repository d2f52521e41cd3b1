package org.facteur.wire.imap;

import org.jspecify.annotations.Nullable;

/// What may stand in parentheses after the items of FETCH.
///
/// @param changedSince only letters whose MODSEQ is above it (RFC 7162 §3.1.4.1), or null
/// @param vanished whether to tell which of the UIDs are gone (RFC 7162 §3.2.6); needs
///   `changedSince`
/// @param partial the window asked for (RFC 9394 §3.2), or null
public record FetchModifiers(
        @Nullable Long changedSince, boolean vanished, @Nullable PartialRange partial) {
    /// Nothing in parentheses.
    public static final FetchModifiers NONE = new FetchModifiers(null, false, null);

    public FetchModifiers {
        if (vanished && changedSince == null) {
            throw new IllegalArgumentException("VANISHED needs CHANGEDSINCE");
        }
    }
}
