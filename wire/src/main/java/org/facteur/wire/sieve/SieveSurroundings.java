package org.facteur.wire.sieve;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// What a script can ask about besides the letter. Each answer is the same for a whole run.
public interface SieveSurroundings {
    /// Nothing is there.
    SieveSurroundings NONE = new SieveSurroundings() {};

    /// Items of RFC 5183 §4, by lower-case name.
    default Map<String, String> environment() {
        return Map.of();
    }

    /// Whether a letter can be filed into a mailbox (RFC 5490 §3.1).
    default boolean mailboxExists(String name) {
        return false;
    }

    /// What was noted about a mailbox, or about the account where it is null (RFC 5490 §3.3).
    ///
    /// @param name with its first level, `/private` or `/shared`
    default Optional<String> metadata(@Nullable String mailbox, String name) {
        return Optional.empty();
    }

    /// RFC 9042 §4
    default boolean mailboxIdExists(String id) {
        return false;
    }

    /// Whether a mailbox, or any where it is null, has all these uses (RFC 8579 §3).
    ///
    /// @param uses as scripts write them, for example `\Junk`
    default boolean specialUseExists(@Nullable String mailbox, List<String> uses) {
        return false;
    }

    /// Whether a [SieveAction.Remember] with this key is still remembered.
    default boolean seen(String key) {
        return false;
    }

    /// How likely the letter is unwanted, 0 to 100; empty when nobody looked.
    default OptionalInt spamPercent() {
        return OptionalInt.empty();
    }

    /// How likely the letter is harmful, 1 to 5; empty when nobody looked.
    default OptionalInt virusLevel() {
        return OptionalInt.empty();
    }

    /// Who is on a list (RFC 6134 §2.3); empty for a list nobody knows.
    default Optional<List<EmailAddress>> list(String name) {
        return Optional.empty();
    }

    /// A script to include.
    default Included script(boolean global, String name) {
        return new Included.Missing();
    }

    /// What a look for a script gave.
    sealed interface Included {
        record Found(SieveProgram program) implements Included {}

        record Missing() implements Included {}

        record Broken() implements Included {}
    }
}
