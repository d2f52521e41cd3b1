package org.facteur.wire.address;

import org.jspecify.annotations.Nullable;

/// One address of a header field, decoded for people.
///
/// @param displayName the phrase or comment beside the address, encoded words read, controls
///   dropped
/// @param address `local@domain` as written, quotes of the local part kept where needed, decoded as
///   UTF-8 where it is; possibly without domain, never with blanks around it
/// @param group the name of the group the address stands in
public record HeaderAddress(@Nullable String displayName, String address, @Nullable String group) {
    /// The address as a strict type, or null where it is not one.
    public @Nullable EmailAddress mailbox() {
        try {
            return EmailAddress.parse(address);
        } catch (org.facteur.wire.text.SyntaxFault _) {
            return null;
        }
    }

    /// What a list of letters shows: the name, else the address.
    public String display() {
        return displayName == null || displayName.isBlank() ? address : displayName;
    }
}
