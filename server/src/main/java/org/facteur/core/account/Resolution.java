package org.facteur.core.account;

import java.util.Set;
import org.facteur.wire.address.EmailAddress;

/// Who receives at an address.
public sealed interface Resolution {
    /// The domain is not ours.
    record Elsewhere() implements Resolution {}

    /// The domain is ours and nobody receives there.
    record Unknown() implements Resolution {}

    /// Accounts here and addresses outside; at least one of them.
    record Reached(Set<AccountId> accounts, Set<EmailAddress> outside) implements Resolution {
        public Reached {
            accounts = Set.copyOf(accounts);
            outside = Set.copyOf(outside);
        }
    }
}
