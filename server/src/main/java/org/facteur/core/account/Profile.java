package org.facteur.core.account;

import java.util.Objects;
import org.facteur.base.word.Language;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// Who an account belongs to.
///
/// @param name for people; may be empty
/// @param recovery an address outside that proves its owner when the password is lost; null for
///   none
/// @param sentCopies whether what is handed in at submission is also kept among sent letters, for
///   programs that do not do so themselves
public record Profile(
        String name, Language language, @Nullable EmailAddress recovery, boolean sentCopies) {
    public Profile {
        Objects.requireNonNull(name);
        Objects.requireNonNull(language);
    }

    public static Profile of(String name, Language language) {
        return new Profile(name, language, null, false);
    }
}
