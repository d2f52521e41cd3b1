package org.facteur.core.contact;

import java.util.Objects;
import org.facteur.base.fault.Refusal;
import org.facteur.core.shelf.ShelfItem;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.jspecify.annotations.Nullable;

/// A book of cards.
///
/// @param number in its account
/// @param label what people see of it
/// @param isDefault whether cards that say nothing of books go here; one book of an account is
/// @param isSubscribed whether people want to see it
public record AddressBook(long number, Label label, boolean isDefault, boolean isSubscribed) {
    private static final int FORMAT = 1;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_DESCRIPTION = 10_000;

    /// How a book is shown.
    ///
    /// @param name 1 to 255 characters
    /// @param sortOrder 0 or more; books with lower ones stand first
    public record Label(String name, @Nullable String description, long sortOrder) {
        /// @throws Refusal INVALID
        public Label {
            boolean fits =
                    !name.isBlank()
                            && name.length() <= LONGEST_NAME
                            && name.codePoints().noneMatch(Character::isISOControl)
                            && (description == null || description.length() <= LONGEST_DESCRIPTION)
                            && sortOrder >= 0;
            if (!fits) {
                throw new Refusal(
                        Refusal.Reason.INVALID,
                        "A book's name has 1 to 255 characters.",
                        "Le nom d'un carnet compte 1 à 255 caractères.");
            }
        }
    }

    public AddressBook {
        Objects.requireNonNull(label);
    }

    /// The same as the default, or not.
    AddressBook asDefault(boolean it) {
        return new AddressBook(number, label, it, isSubscribed);
    }

    byte[] encode() {
        return new Encoder(FORMAT)
                .text(label.name())
                .optionalText(label.description())
                .number(label.sortOrder())
                .flag(isDefault)
                .flag(isSubscribed)
                .toBytes();
    }

    static AddressBook decode(ShelfItem item) {
        Decoder in = new Decoder(item.content(), FORMAT);
        AddressBook book =
                new AddressBook(
                        item.number(),
                        new Label(in.text(), in.optionalText(), in.number()),
                        in.flag(),
                        in.flag());
        in.end();
        return book;
    }
}
