package org.facteur.store.verify;

import java.util.List;

/// What a whole check came to.
///
/// @param found how many things are wrong, of which `findings` holds the first
public record VerifyReport(
        long partitions, long rows, long blobs, long found, List<Finding> findings) {
    public VerifyReport {
        findings = List.copyOf(findings);
    }

    /// Whether all is as it should be.
    public boolean clean() {
        return found == 0;
    }
}
