package org.facteur.wire.sieve;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.facteur.wire.address.AddressList;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.NamedAddress;
import org.facteur.wire.text.EncodedWords;
import org.jspecify.annotations.Nullable;

/// What `:from` holds: one address, with a name or without.
public final class Senders {
    private Senders() {}

    // mailbox = name-addr / addr-spec
    /// Null for anything but one address.
    public static @Nullable NamedAddress parse(String text) {
        List<HeaderAddress> found = AddressList.decode(text.getBytes(StandardCharsets.UTF_8), 2);
        EmailAddress address = found.size() == 1 ? found.getFirst().mailbox() : null;
        if (address == null) {
            return null;
        }
        String name = found.getFirst().displayName();
        String clean = name == null ? "" : EncodedWords.clean(name);
        return clean.isBlank() || clean.length() > 200
                ? NamedAddress.of(address)
                : new NamedAddress(new HeaderText(clean), address);
    }
}
