package org.facteur.core.intake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.wire.address.AddressItem;
import org.facteur.wire.address.AddressList;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.LocalPart;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// The header of a letter one of our people hands in: it says who wrote it, and that must be true
/// (RFC 6409 §6.1).
public final class SubmittedHeader {
    private static final int FIELD_BYTES = 4096;
    private static final int ADDRESSES_READ = 4;

    private final NewLetter letter;

    public SubmittedHeader(NewLetter letter) {
        this.letter = letter;
    }

    /// @throws Refusal NOT_ALLOWED unless there is one From field with exactly one address that the
    ///   writer owns, and no Sender that is another's
    public void refuseForged(Predicate<EmailAddress> owned) {
        List<HeaderField> from = fields("From");
        List<HeaderField> sender = fields("Sender");
        if (from.size() != 1 || !isOwned(from.getFirst(), owned)) {
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED,
                    "The From line must hold one address, and it must be yours.",
                    "La ligne From doit contenir une seule adresse, et ce doit être la vôtre.");
        }
        if (sender.size() > 1 || sender.stream().anyMatch(field -> !isOwned(field, owned))) {
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED,
                    "The Sender line must hold one address, and it must be yours.",
                    "La ligne Sender doit contenir une seule adresse, et ce doit être la vôtre.");
        }
    }

    /// Fields of a name, the obsolete `From :` counted too.
    private List<HeaderField> fields(String name) {
        List<HeaderField> found = new ArrayList<>();
        for (HeaderField field : letter.index().anatomy().fields()) {
            if (field.name().strip().equalsIgnoreCase(name)) {
                found.add(field);
            }
        }
        return found;
    }

    private boolean isOwned(HeaderField field, Predicate<EmailAddress> owned) {
        EmailAddress only = onlyAddress(field);
        return only != null && owned.test(only);
    }

    /// The one address of a field; null where there are others, groups, routes, or none that is
    /// one.
    private @Nullable EmailAddress onlyAddress(HeaderField field) {
        if (field.length() > FIELD_BYTES) {
            return null;
        }
        byte[] value = letter.value(field);
        List<AddressItem> items =
                AddressList.parse(HeaderFolding.unfold(value, 0, value.length), ADDRESSES_READ);
        if (items.size() != 1
                || !(items.getFirst() instanceof AddressItem.Mailbox mailbox)
                || mailbox.route() != null
                || mailbox.host() == null) {
            return null;
        }
        return address(mailbox.local(), mailbox.host());
    }

    private static @Nullable EmailAddress address(Octets local, Octets host) {
        try {
            return EmailAddress.parse(
                    new LocalPart(new String(local.toArray(), StandardCharsets.UTF_8))
                            + "@"
                            + new String(host.toArray(), StandardCharsets.UTF_8));
        } catch (SyntaxFault none) {
            return null;
        }
    }
}
