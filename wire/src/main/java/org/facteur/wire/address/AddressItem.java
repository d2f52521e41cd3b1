package org.facteur.wire.address;

import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// One thing in an address list, in undecoded octets without quotes and comments, in the order
/// written.
public sealed interface AddressItem {
    /// One address.
    ///
    /// @param name the phrase before the angle brackets, else the comment beside a bare address
    /// @param route the obsolete source route (RFC 5322 §4.4), as in `@a,@b`
    /// @param local unquoted; empty for `<>`
    /// @param host null where there was no `@`
    record Mailbox(
            @Nullable Octets name, @Nullable Octets route, Octets local, @Nullable Octets host)
            implements AddressItem {}

    /// `name:`; the mailboxes up to the next [GroupEnd] are its members. Groups do not nest.
    record GroupStart(Octets name) implements AddressItem {}

    /// The group's `;`, or the end of the list where that is missing.
    record GroupEnd() implements AddressItem {}
}
