package org.facteur.wire.milter;

import java.util.Objects;

/// What a filter answers.
public sealed interface MilterReply {
    /// Go on.
    record Continue() implements MilterReply {}

    /// Take the letter and ask no more.
    record Accept() implements MilterReply {}

    /// Refuse it for good.
    record Reject() implements MilterReply {}

    /// Refuse it for now.
    record TempFail() implements MilterReply {}

    /// Say that it was taken, and drop it.
    record Discard() implements MilterReply {}

    /// No more of the body is wanted.
    record Skip() implements MilterReply {}

    /// Still working.
    record Progress() implements MilterReply {}

    /// Take it, but keep it away from where it would be believed.
    record Quarantine(String reason) implements MilterReply {
        public Quarantine {
            Objects.requireNonNull(reason);
        }
    }

    /// Refuse it with this reply, code first.
    record Text(String reply) implements MilterReply {
        public Text {
            Objects.requireNonNull(reply);
        }
    }

    /// What the filter can and wants, out of what was offered.
    record Negotiated(long version, long actions, long steps) implements MilterReply {}

    /// A change of the header, to be applied in the order they came.
    sealed interface Change extends MilterReply {
        String name();

        /// Without CR; a line feed before each folded line; empty where the field goes.
        String value();
    }

    /// A field behind all others.
    record Add(String name, String value) implements Change {
        public Add {
            Objects.requireNonNull(name);
            Objects.requireNonNull(value);
        }
    }

    /// A field at a place.
    ///
    /// @param index fields that stand before it
    record Insert(long index, String name, String value) implements Change {
        public Insert {
            Objects.requireNonNull(name);
            Objects.requireNonNull(value);
        }
    }

    /// Another value for a field, or none.
    ///
    /// @param index which of those with this name, from 1
    record Replace(long index, String name, String value) implements Change {
        public Replace {
            Objects.requireNonNull(name);
            Objects.requireNonNull(value);
        }
    }
}
