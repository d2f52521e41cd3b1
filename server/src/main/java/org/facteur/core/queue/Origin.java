package org.facteur.core.queue;

import java.util.Objects;
import org.facteur.base.word.Language;
import org.facteur.core.account.AccountId;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// Who a letter comes from.
///
/// @param sender the reverse path; null for the empty one, to which nothing is ever reported
/// @param account who submitted it here; null for a letter that is passed on
/// @param language in which its sender is told what became of it
public record Origin(
        @Nullable EmailAddress sender, @Nullable AccountId account, Language language) {
    public Origin {
        Objects.requireNonNull(language);
    }
}
