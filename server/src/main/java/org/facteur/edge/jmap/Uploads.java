package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.Usage;
import org.facteur.core.shelf.ItemKind;
import org.facteur.core.shelf.Shelf;
import org.facteur.core.shelf.ShelfItem;
import org.facteur.store.blob.Blob;
import org.facteur.store.blob.BlobId;
import org.facteur.store.blob.BlobWriter;
import org.facteur.store.blob.StagedBlob;

/// Octets that clients bring before they say what they are for (RFC 8620 §6.1). They count against
/// the quota and end after a day. Any thread.
public final class Uploads {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int LONGEST_TYPE = 200;
    private static final String UNKNOWN = "application/octet-stream";

    private final Shelf shelf;

    public Uploads(Shelf shelf) {
        this.shelf = shelf;
    }

    /// Something that was uploaded.
    record Upload(String blobId, String type, long size) {}

    /// Takes octets.
    ///
    /// @param in read to its end
    /// @throws Refusal OVER_QUOTA, LIMIT
    Upload take(LetterBox box, InputStream in, String type, Instant now) throws IOException {
        forgetOld(box.owner(), now);
        String known = type(type);
        try (BlobWriter writer = shelf.blobs().write()) {
            byte[] piece = new byte[16 << 10];
            int count = in.read(piece);
            while (count >= 0) {
                writer.write(piece, 0, count);
                count = in.read(piece);
            }
            long size = writer.size();
            checkRoom(box, size);
            try (StagedBlob blob = writer.finish()) {
                byte[] content = (size + " " + known).getBytes(StandardCharsets.UTF_8);
                long number =
                        shelf.change(
                                        box.actor(),
                                        box.owner(),
                                        items -> items.add(ItemKind.UPLOAD, blob, content))
                                .value();
                return new Upload(BlobIds.ofUpload(number), known, size);
            }
        }
    }

    private static String type(String type) {
        String plain = type.strip();
        boolean fits = plain.indexOf('/') > 0 && plain.length() <= LONGEST_TYPE;
        for (int i = 0; i < plain.length() && fits; i++) {
            fits = plain.charAt(i) >= ' ' && plain.charAt(i) < 0x7f;
        }
        return fits ? plain : UNKNOWN;
    }

    private void checkRoom(LetterBox box, long size) {
        long held = size;
        for (ShelfItem item : shelf.list(box.owner(), ItemKind.UPLOAD)) {
            held += size(item);
        }
        Usage usage = box.usage();
        if (usage.bytes() + held > usage.quota().bytes()) {
            throw new Refusal(
                    Refusal.Reason.OVER_QUOTA,
                    "This letter box is full.",
                    "Cette boîte aux lettres est pleine.");
        }
    }

    private static long size(ShelfItem item) {
        String content = new String(item.content(), StandardCharsets.UTF_8);
        return Long.parseLong(content.substring(0, content.indexOf(' ')));
    }

    /// Ends what was brought more than a day ago.
    public void forgetOld(AccountId account, Instant now) {
        List<Long> old =
                shelf.list(account, ItemKind.UPLOAD).stream()
                        .filter(item -> item.made().plus(KEPT).isBefore(now))
                        .map(ShelfItem::number)
                        .toList();
        if (!old.isEmpty()) {
            shelf.change(
                    Actor.system(account, Door.SYSTEM),
                    account,
                    items -> {
                        old.stream()
                                .filter(n -> items.find(ItemKind.UPLOAD, n).isPresent())
                                .forEach(n -> items.remove(ItemKind.UPLOAD, n));
                        return true;
                    });
        }
    }

    Optional<OpenBlob> find(LetterBox box, long number) {
        return shelf.find(box.owner(), ItemKind.UPLOAD, number).flatMap(item -> open(box, item));
    }

    private Optional<OpenBlob> open(LetterBox box, ShelfItem item) {
        BlobId id = item.blob();
        return id == null
                ? Optional.empty()
                : shelf.blobs()
                        .find(box.owner().partition(), id)
                        .map(
                                blob ->
                                        new UploadBlob(
                                                blob,
                                                new String(item.content(), StandardCharsets.UTF_8)
                                                        .substring(
                                                                Long.toString(size(item)).length()
                                                                        + 1)));
    }

    private record UploadBlob(Blob blob, String type) implements OpenBlob {
        @Override
        public long size() {
            return blob.size();
        }

        @Override
        public InputStream open() {
            return blob.open(0, blob.size());
        }

        @Override
        public void close() {
            blob.close();
        }
    }
}
