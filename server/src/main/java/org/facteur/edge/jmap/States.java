package org.facteur.edge.jmap;

import java.util.Optional;
import java.util.function.Predicate;
import org.facteur.core.mailbox.CatalogChanges;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.wire.jmap.MethodFault;
import org.jspecify.annotations.Nullable;

/// State strings: the version of the account. They survive restarts, and are the same for all kinds
/// of objects; whether a kind has changed between two of them is asked of the change log.
final class States {
    private static final int DIGITS = 18;

    private States() {}

    static String of(long version) {
        return Long.toString(version);
    }

    /// @throws MethodFault cannotCalculateChanges for one that none of ours can be
    static long parse(String state) {
        long value = 0;
        if (state.isEmpty() || state.length() > DIGITS) {
            throw cannotCalculate();
        }
        for (int i = 0; i < state.length(); i++) {
            int digit = state.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw cannotCalculate();
            }
            value = value * 10 + digit;
        }
        return value;
    }

    static MethodFault cannotCalculate() {
        return new MethodFault("cannotCalculateChanges", null);
    }

    static MethodFault mismatch() {
        return new MethodFault("stateMismatch", null);
    }

    /// Refuses a change asked for under a state that is not the present one.
    ///
    /// @param wanted null for whatever state
    /// @param touched whether what happened since means another state of the kind
    static void require(@Nullable String wanted, LetterBox box, Predicate<CatalogChanges> touched) {
        if (wanted == null) {
            return;
        }
        long version;
        try {
            version = parse(wanted);
        } catch (MethodFault _) {
            throw mismatch();
        }
        if (version == box.version()) {
            return;
        }
        Optional<CatalogChanges> since = box.catalog().changesSince(version, Integer.MAX_VALUE);
        if (since.isEmpty() || touched.test(since.get())) {
            throw mismatch();
        }
    }
}
