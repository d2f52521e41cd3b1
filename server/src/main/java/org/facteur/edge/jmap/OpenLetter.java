package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.InputStream;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.HeaderBlock;
import org.facteur.wire.mime.Listing;
import org.facteur.wire.mime.Part;
import org.jspecify.annotations.Nullable;

/// One stored letter while it is read: each of its stored pieces is fetched when first needed and
/// once. One thread.
final class OpenLetter implements MessageSource {
    private static final int FIELDS = 1000;

    private final LetterBox box;
    private final Letter letter;
    private @Nullable Listing listing;
    private @Nullable Anatomy anatomy;
    private @Nullable LetterContent content;
    private @Nullable HeaderBlock header;

    OpenLetter(LetterBox box, Letter letter) {
        this.box = box;
        this.letter = letter;
    }

    @Override
    public Listing listing() {
        Listing known = listing;
        if (known == null) {
            known = box.listing(letter);
            listing = known;
        }
        return known;
    }

    @Override
    public Anatomy anatomy() {
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

    LetterContent content() {
        LetterContent known = content;
        if (known == null) {
            known = box.content(letter);
            content = known;
        }
        return known;
    }

    @Override
    public long size() {
        return letter.sizeBytes();
    }

    @Override
    public HeaderBlock header() {
        HeaderBlock known = header;
        if (known == null) {
            long end = content().prefixLength() + anatomy().root().range().bodyStart();
            known = HeaderBlock.parse(content().read(0, Math.toIntExact(end)), FIELDS);
            header = known;
        }
        return known;
    }

    @Override
    public HeaderBlock header(Part part) throws IOException {
        if (part.number() == 0) {
            return header();
        }
        long start = part.range().headerStart();
        int length = Math.toIntExact(part.range().bodyStart() - start);
        return HeaderBlock.parse(content().read(start + content().prefixLength(), length), FIELDS);
    }

    @Override
    public InputStream body(Part part) {
        int prefix = content().prefixLength();
        return content().open(part.range().bodyStart() + prefix, part.range().end() + prefix);
    }

    @Override
    public String blobId() {
        return BlobIds.of(letter.id());
    }

    @Override
    public void close() {
        LetterContent open = content;
        if (open != null) {
            open.close();
        }
    }
}
