package org.facteur.edge.imap;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.wire.imap.FetchItem;
import org.facteur.wire.imap.OctetSupply;
import org.facteur.wire.imap.Section;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.HeaderFilter;
import org.facteur.wire.mime.Listing;
import org.facteur.wire.mime.Part;
import org.facteur.wire.mime.SectionPath;
import org.facteur.wire.mime.SectionRange;
import org.facteur.wire.mime.TransferEncoding;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// One letter while it is read: each of its stored pieces is fetched when first needed and once.
/// Ranges count with the prefix; the index counts without. One thread.
final class LetterReader implements AutoCloseable {
    private static final int PIECE = 8 << 10;
    private static final int HEADER_SCAN = 64 << 10;

    private final LetterBox box;
    private final Letter letter;
    private @Nullable Listing listing;
    private @Nullable Anatomy anatomy;
    private @Nullable LetterContent content;
    private long headerEnd = -1;

    LetterReader(LetterBox box, Letter letter) {
        this.box = box;
        this.letter = letter;
    }

    Letter letter() {
        return letter;
    }

    Listing listing() {
        Listing known = listing;
        if (known == null) {
            known = box.listing(letter);
            listing = known;
        }
        return known;
    }

    LetterContent content() {
        LetterContent known = content;
        if (known == null) {
            known = box.content(letter);
            content = known;
        }
        return known;
    }

    Anatomy anatomy() {
        Anatomy known = anatomy;
        if (known == null) {
            known =
                    box.findAnatomy(letter.id())
                            .orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    "letter "
                                                            + letter.id()
                                                            + " has no anatomy any more"));
            anatomy = known;
        }
        return known;
    }

    /// Where the body begins: behind the first blank line. Found by looking, because lists of
    /// headers ask for it and the anatomy is stored apart.
    long headerEnd() {
        if (headerEnd < 0) {
            headerEnd = findHeaderEnd();
        }
        return headerEnd;
    }

    private long findHeaderEnd() {
        long start = letter.prefix().length;
        long stop = Math.min(content().size(), start + HEADER_SCAN);
        HeaderScan scan = new HeaderScan();
        for (long at = start; at < stop; at += PIECE) {
            byte[] piece = content().read(at, (int) Math.min(PIECE, stop - at));
            for (int i = 0; i < piece.length; i++) {
                switch (scan.next(piece[i])) {
                    case INSIDE -> {
                        continue;
                    }
                    case ENDED -> {
                        return at + i + 1;
                    }
                    case DOUBTFUL -> {
                        return start + anatomy().root().range().bodyStart();
                    }
                }
            }
        }
        return start + anatomy().root().range().bodyStart();
    }

    byte[] header() {
        return content().read(0, Math.toIntExact(headerEnd()));
    }

    /// The octets of a section, or null when the letter has no such part.
    @Nullable OctetSupply section(Section section, FetchItem.@Nullable Slice slice) {
        ContentRange range = range(section);
        if (range == null) {
            return null;
        }
        if (!section.text().takesFields()) {
            return cut(range, slice);
        }
        byte[] header = content().read(range.start(), Math.toIntExact(range.length()));
        Octets fields =
                HeaderFilter.fields(
                        header,
                        new HashSet<>(section.fields()),
                        section.text() == Section.Text.HEADER_FIELDS_NOT);
        return OctetSupply.of(cut(fields, slice));
    }

    private @Nullable ContentRange range(Section section) {
        if (section.part().isEmpty()) {
            return switch (section.text()) {
                case ALL, MIME -> new ContentRange(content(), 0, content().size());
                case HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT ->
                        new ContentRange(content(), 0, headerEnd());
                case TEXT -> new ContentRange(content(), headerEnd(), content().size());
            };
        }
        SectionPath.Piece piece =
                switch (section.text()) {
                    case ALL -> SectionPath.Piece.CONTENT;
                    case MIME -> SectionPath.Piece.MIME;
                    case TEXT -> SectionPath.Piece.TEXT;
                    case HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT -> SectionPath.Piece.HEADER;
                };
        return new SectionPath(section.part(), piece).in(anatomy()).map(this::moved).orElse(null);
    }

    private ContentRange moved(SectionRange range) {
        int prefix = letter.prefix().length;
        return new ContentRange(content(), range.start() + prefix, range.end() + prefix);
    }

    private static ContentRange cut(ContentRange range, FetchItem.@Nullable Slice slice) {
        if (slice == null) {
            return range;
        }
        long start = range.start() + Math.min(slice.offset(), range.length());
        long end = Math.min(range.end(), start + slice.length());
        return new ContentRange(range.content(), start, end);
    }

    private static Octets cut(Octets octets, FetchItem.@Nullable Slice slice) {
        if (slice == null) {
            return octets;
        }
        int from = (int) Math.min(slice.offset(), octets.length());
        int to = (int) Math.min(octets.length(), from + slice.length());
        return Octets.copyOf(octets.toArray(), from, to);
    }

    /// A part without its transfer encoding (RFC 3516 §4.2), or null when there is no such part.
    ///
    /// @throws UnknownEncoding when its encoding is not known
    @Nullable OctetSupply binary(List<Integer> path, FetchItem.@Nullable Slice slice)
            throws IOException {
        if (path.isEmpty()) {
            return cut(new ContentRange(content(), 0, content().size()), slice);
        }
        Optional<Part> part = findPart(path);
        ContentRange body = range(new Section(path, Section.Text.ALL, List.of()));
        if (part.isEmpty() || body == null) {
            return null;
        }
        TransferEncoding encoding = encoding(part.get());
        if (plain(encoding)) {
            return cut(body, slice);
        }
        long size = DecodedRange.measure(content(), body, encoding);
        long skip = slice == null ? 0 : Math.min(slice.offset(), size);
        long length = slice == null ? size : Math.min(slice.length(), size - skip);
        return new DecodedRange(body, encoding, skip, length);
    }

    /// How long a part is without its transfer encoding; empty when there is no such part.
    ///
    /// @throws UnknownEncoding when its encoding is not known
    Optional<Long> binarySize(List<Integer> path) throws IOException {
        OctetSupply supply = binary(path, null);
        return supply == null ? Optional.empty() : Optional.of(supply.length());
    }

    private Optional<Part> findPart(List<Integer> path) {
        return new SectionPath(path, SectionPath.Piece.CONTENT).findPart(anatomy());
    }

    private static TransferEncoding encoding(Part part) {
        TransferEncoding encoding = part.details().encoding();
        if (part.isLeaf() && encoding == TransferEncoding.UNKNOWN) {
            throw new UnknownEncoding();
        }
        return part.isLeaf() ? encoding : TransferEncoding.BINARY;
    }

    private static boolean plain(TransferEncoding encoding) {
        return switch (encoding) {
            case SEVEN_BIT, EIGHT_BIT, BINARY, UNKNOWN -> true;
            case QUOTED_PRINTABLE, BASE64 -> false;
        };
    }

    /// A part's transfer encoding is not one that can be taken off (RFC 3516 §4.3).
    static final class UnknownEncoding extends IllegalStateException {
        private static final long serialVersionUID = 1;

        UnknownEncoding() {
            super("unknown transfer encoding");
        }
    }

    @Override
    public void close() {
        LetterContent open = content;
        if (open != null) {
            open.close();
        }
    }
}
