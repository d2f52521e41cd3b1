package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.sieve.Scripts;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.Part;
import org.facteur.wire.mime.PartDecoder;
import org.jspecify.annotations.Nullable;

/// Finds octets by name in one letter box; another's are as those that are not there.
final class Blobs {
    private final Uploads uploads;
    private final Scripts scripts;

    Blobs(JmapServices.Extras extras) {
        this.uploads = extras.uploads();
        this.scripts = extras.scripts();
    }

    Optional<OpenBlob> find(LetterBox box, String blobId) throws IOException {
        if (blobId.startsWith("R")) {
            return ScriptBlob.find(scripts, box, blobId);
        }
        BlobIds.Name name = BlobIds.parse(blobId).orElse(null);
        if (name == null) {
            return Optional.empty();
        }
        Optional<OpenBlob> root =
                name.letter()
                        ? box.findLetter(new LetterId(name.number()))
                                .map(letter -> new LetterBlob(box, letter))
                        : uploads.find(box, name.number());
        if (root.isEmpty() || name.parts().isEmpty()) {
            return root;
        }
        return inside(root.get(), name);
    }

    /// Steps into parts: the first of a stored letter by its stored anatomy, deeper ones by reading
    /// the message again.
    private static Optional<OpenBlob> inside(OpenBlob root, BlobIds.Name name) throws IOException {
        MessageSource message = message(root);
        List<Integer> parts = name.parts();
        for (int depth = 0; message != null; depth++) {
            Part part = part(message.anatomy(), parts.get(depth));
            if (part == null) {
                message.close();
                return Optional.empty();
            }
            OpenBlob blob = new PartBlob(message, part);
            if (depth == parts.size() - 1) {
                return Optional.of(blob);
            }
            message = ParsedMessage.read(blob, "").orElse(null);
        }
        return Optional.empty();
    }

    private static @Nullable MessageSource message(OpenBlob blob) throws IOException {
        return blob instanceof LetterBlob letter
                ? new OpenLetter(letter.box(), letter.letter())
                : ParsedMessage.read(blob, "").orElse(null);
    }

    private static @Nullable Part part(Anatomy anatomy, int number) {
        if (number >= anatomy.parts().size()) {
            return null;
        }
        Part part = anatomy.parts().get(number);
        return part.type().isMultipart() ? null : part;
    }

    /// A stored letter as it lies.
    private record LetterBlob(LetterBox box, Letter letter) implements OpenBlob {
        @Override
        public long size() {
            return letter.sizeBytes();
        }

        @Override
        public String type() {
            return "message/rfc822";
        }

        @Override
        public InputStream open() {
            var content = box.content(letter);
            InputStream in = content.open(0, content.size());
            return new java.io.FilterInputStream(in) {
                @Override
                public void close() throws IOException {
                    super.close();
                    content.close();
                }
            };
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /// A part without its transfer encoding.
    private record PartBlob(MessageSource message, Part part) implements OpenBlob {
        @Override
        public long size() {
            return switch (part.details().encoding()) {
                case SEVEN_BIT, EIGHT_BIT, BINARY, UNKNOWN -> part.range().bodyLength();
                case QUOTED_PRINTABLE, BASE64 -> part.isLeaf() ? -1 : part.range().bodyLength();
            };
        }

        @Override
        public String type() {
            return part.type().toString();
        }

        @Override
        public InputStream open() throws IOException {
            InputStream body = message.body(part);
            if (!part.isLeaf()) {
                return body;
            }
            PartDecoder decoder = new PartDecoder(body::read, part.details().encoding());
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    return length == 0 ? 0 : decoder.read(target, offset, length);
                }

                @Override
                public void close() throws IOException {
                    body.close();
                }
            };
        }

        @Override
        public void close() {
            message.close();
        }
    }
}
