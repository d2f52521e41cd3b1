package org.facteur.core.account;

import java.util.List;
import java.util.Objects;
import org.facteur.wire.address.EmailAddress;

/// An address that others receive for.
///
/// @param writers whose letters it passes on
/// @param targets 1 to [#TARGETS], here or outside
public record Alias(EmailAddress address, Kind kind, Writers writers, List<EmailAddress> targets) {
    /// The most targets of one alias or group.
    public static final int TARGETS = 1000;

    /// What an alias means to those behind it.
    public enum Kind {
        /// Another name: accounts it leads to may also write as it.
        ALIAS,
        /// Several people: they receive, and do not write in its name.
        GROUP
    }

    /// Whose letters an alias or group passes on.
    public enum Writers {
        ANYONE,
        /// People of this post office, signed in.
        HERE,
        /// People it leads to, signed in.
        MEMBERS
    }

    public Alias(EmailAddress address, Kind kind, List<EmailAddress> targets) {
        this(address, kind, Writers.ANYONE, targets);
    }

    public Alias {
        Objects.requireNonNull(writers);
        Objects.requireNonNull(address);
        Objects.requireNonNull(kind);
        targets = List.copyOf(targets);
        if (targets.isEmpty() || targets.size() > TARGETS) {
            throw new IllegalArgumentException("an alias has 1 to " + TARGETS + " targets");
        }
    }
}
