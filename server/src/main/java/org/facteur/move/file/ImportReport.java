package org.facteur.move.file;

import java.util.List;
import java.util.Objects;

/// What an import did.
///
/// @param alreadyThere letters an earlier import had brought
/// @param refused how many files and letters were not taken, of which `refusals` lists the first
///   1,000
public record ImportReport(long imported, long alreadyThere, long refused, List<Refused> refusals) {
    /// One file or letter that was not taken.
    ///
    /// @param where the file, below the source, and in an mbox the number of the letter
    /// @param why in plain English
    public record Refused(String where, String why) {
        public Refused {
            Objects.requireNonNull(where);
            Objects.requireNonNull(why);
        }
    }

    public ImportReport {
        refusals = List.copyOf(refusals);
    }
}
