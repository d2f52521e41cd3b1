package org.facteur.edge.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.core.mailbox.LetterId;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.Part;
import org.facteur.wire.mime.PartDecoder;
import org.facteur.wire.text.MailCharsets;

/// A letter with its parts at hand. One thread; closed when it was read.
final class OpenedLetter implements AutoCloseable {
    private static final int MOST_TEXT = 2 << 20;
    private static final int LONGEST_ID = 20;

    private final LetterContent content;
    private final Anatomy anatomy;
    private final LetterId id;

    private OpenedLetter(LetterId id, LetterContent content, Anatomy anatomy) {
        this.id = id;
        this.content = content;
        this.anatomy = anatomy;
    }

    /// A letter by the name JMAP and IMAP give it: `L` and a number.
    static Optional<LetterId> id(String name) {
        if (name.length() < 2 || name.length() > LONGEST_ID || name.charAt(0) != 'L') {
            return Optional.empty();
        }
        try {
            long number = Long.parseLong(name.substring(1));
            return number < 1 ? Optional.empty() : Optional.of(new LetterId(number));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// Empty when there is no such letter for the one who asks.
    static Optional<OpenedLetter> open(LetterBox box, LetterId id) {
        Optional<Letter> letter = box.findLetter(id);
        Optional<Anatomy> anatomy = letter.flatMap(_ -> box.findAnatomy(id));
        return letter.isEmpty() || anatomy.isEmpty()
                ? Optional.empty()
                : Optional.of(new OpenedLetter(id, box.content(letter.get()), anatomy.get()));
    }

    LetterId id() {
        return id;
    }

    Anatomy anatomy() {
        return anatomy;
    }

    long sizeBytes() {
        return content.size();
    }

    /// The letter as it lies, its trace fields first.
    InputStream source(long mostBytes) {
        return content.open(0, Math.min(mostBytes, content.size()));
    }

    /// A part with its encoding undone.
    ///
    /// @param mostBytes after which it ends
    byte[] octets(Part part, int mostBytes) throws IOException {
        long from = content.prefixLength() + part.range().bodyStart();
        long to = content.prefixLength() + part.range().end();
        try (InputStream in = content.open(from, to)) {
            PartDecoder decoder = new PartDecoder(in::read, part.details().encoding());
            java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
            byte[] piece = new byte[8192];
            int most = piece.length;
            for (int count = decoder.read(piece, 0, most);
                    count >= 0 && out.size() < mostBytes;
                    count = decoder.read(piece, 0, most)) {
                out.write(piece, 0, Math.min(count, mostBytes - out.size()));
            }
            return out.toByteArray();
        }
    }

    /// A text part as text, HTML as it was written.
    String text(Part part) throws IOException {
        byte[] octets = octets(part, MOST_TEXT);
        String charset = part.type().find("charset").orElse(null);
        return part.type().subtype().equals("html")
                ? MailCharsets.decodeHtml(octets, 0, octets.length, charset)
                : MailCharsets.decode(octets, 0, octets.length, charset);
    }

    /// The part a `cid:` address means (RFC 2392 §2).
    Optional<Part> byContentId(String contentId) {
        String wanted = "<" + contentId + ">";
        return anatomy.parts().stream()
                .filter(
                        part -> {
                            String id = part.details().contentId();
                            return id != null && id.strip().equals(wanted);
                        })
                .findFirst();
    }

    @Override
    public void close() {
        content.close();
    }
}
