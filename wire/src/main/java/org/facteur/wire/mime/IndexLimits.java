package org.facteur.wire.mime;

/// How much of a letter's structure is taken.
///
/// @param headerBlockOctets the longest header of the letter itself; a longer one is refused
/// @param headerFieldOctets the longest field in it; a longer one is refused
/// @param headerFields the most fields in it; more are refused
/// @param depth parts nested deeper are not indexed; the part around them is marked
/// @param depthRefused nesting at which a letter is refused
/// @param parts the most parts indexed; the letter is marked when there are more
/// @param partsRefused parts at which a letter is refused
public record IndexLimits(
        int headerBlockOctets,
        int headerFieldOctets,
        int headerFields,
        int depth,
        int depthRefused,
        int parts,
        int partsRefused) {
    /// The limits of a server's door.
    public static final IndexLimits STANDARD =
            new IndexLimits(512 * 1024, 64 * 1024, 1000, 50, 100, 1000, 10_000);

    public IndexLimits {
        boolean positive =
                headerBlockOctets > 0
                        && headerFieldOctets > 0
                        && headerFields > 0
                        && depth > 0
                        && parts > 0;
        if (!positive || depthRefused < depth || partsRefused < parts) {
            throw new IllegalArgumentException(
                    "limits must be positive and refusal not below indexing");
        }
    }
}
