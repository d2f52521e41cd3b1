package org.facteur.wire.mime;

/// Where a part lies, in octets from the letter's first.
///
/// @param headerStart its first header octet
/// @param bodyStart just behind the blank line
/// @param end just behind its body; the line end before a delimiter belongs to the delimiter
/// @param lines line ends in the body
public record PartRange(long headerStart, long bodyStart, long end, long lines) {
    public PartRange {
        if (headerStart < 0 || bodyStart < headerStart || end < bodyStart || lines < 0) {
            throw new IllegalArgumentException("a part's range runs backwards");
        }
    }

    public long bodyLength() {
        return end - bodyStart;
    }
}
