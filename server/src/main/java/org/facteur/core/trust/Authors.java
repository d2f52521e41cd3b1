package org.facteur.core.trust;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.wire.address.AddressItem;
import org.facteur.wire.address.AddressList;
import org.facteur.wire.address.Domain;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;

/// The domains a letter says it is from: all addresses of all its From fields count, for a reader
/// may be shown any of them.
final class Authors {
    private static final int FIELD_BYTES = 16 * 1024;
    private static final int MOST_ADDRESSES = 50;

    /// The most domains that are asked; a letter with more has no author.
    private static final int MOST_DOMAINS = 4;

    private Authors() {}

    /// @return empty when some From names none, or there are too many: nobody answers for it then
    static List<Domain> of(NewLetter letter) {
        Set<Domain> domains = new LinkedHashSet<>();
        for (HeaderField field : letter.index().anatomy().fields()) {
            if (!field.name().strip().equalsIgnoreCase("From")) {
                continue;
            }
            if (field.length() > FIELD_BYTES) {
                return List.of();
            }
            byte[] value = letter.value(field);
            List<AddressItem> items =
                    AddressList.parse(HeaderFolding.unfold(value, 0, value.length), MOST_ADDRESSES);
            boolean any = false;
            for (AddressItem item : items) {
                if (item instanceof AddressItem.Mailbox mailbox) {
                    Optional<Domain> domain = domain(mailbox.host());
                    if (domain.isEmpty()) {
                        return List.of();
                    }
                    domains.add(domain.get());
                    any = true;
                }
            }
            if (!any) {
                return List.of();
            }
        }
        return domains.size() > MOST_DOMAINS ? List.of() : List.copyOf(domains);
    }

    private static Optional<Domain> domain(@org.jspecify.annotations.Nullable Octets host) {
        if (host == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Domain.parse(new String(host.toArray(), StandardCharsets.UTF_8)));
        } catch (SyntaxFault _) {
            return Optional.empty();
        }
    }
}
