package org.facteur.core.mailbox;

import org.facteur.base.fault.Refusal;
import org.jspecify.annotations.Nullable;

/// A note to be written, or to be forgotten.
///
/// @param shared whether it is everybody's
/// @param name lower case
/// @param value null to forget it; belongs to the record
@SuppressWarnings("ArrayRecordComponent")
public record NoteChange(boolean shared, String name, byte @Nullable [] value) {
    /// @throws Refusal INVALID for a name that is none, TOO_LARGE
    public NoteChange {
        name = Annotation.checkedName(name);
        if (value != null) {
            Annotation.checkSize(value);
        }
    }
}
