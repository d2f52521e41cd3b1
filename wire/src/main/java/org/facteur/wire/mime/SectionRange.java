package org.facteur.wire.mime;

/// Octets `[start, end)` of a letter.
public record SectionRange(long start, long end) {
    public long length() {
        return end - start;
    }
}
