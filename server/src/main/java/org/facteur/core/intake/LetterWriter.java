package org.facteur.core.intake;

import java.util.List;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.store.blob.BlobStore;
import org.facteur.store.blob.BlobWriter;
import org.facteur.store.kv.StoreFault;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.mime.IndexLimits;
import org.facteur.wire.mime.LetterIndexer;
import org.facteur.wire.text.OctetScan;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Takes one letter in as it streams: stores and indexes the same octets. One thread.
///
/// A letter that turns out too large or malformed is remembered as refused and the rest is
/// swallowed, so that the conversation stays in step; [#finish] then says why.
public final class LetterWriter implements AutoCloseable {
    private final BlobWriter blob;
    private final LetterIndexer indexer = new LetterIndexer(IndexLimits.STANDARD);
    private final long limitBytes;
    private final @Nullable HeaderGate gate;
    private @Nullable RuntimeException refused;
    private long size;
    private boolean eightBit;

    /// @param limitBytes the largest letter, in octets
    /// @param rules what becomes of its header; null keeps every octet
    public LetterWriter(BlobStore blobs, long limitBytes, @Nullable EntryRules rules) {
        this.blob = blobs.write();
        this.limitBytes = limitBytes;
        this.gate =
                rules == null
                        ? null
                        : new HeaderGate(
                                rules, IndexLimits.STANDARD.headerBlockOctets(), this::store);
    }

    /// @param limitBytes the largest letter, in octets
    public LetterWriter(BlobStore blobs, long limitBytes) {
        this(blobs, limitBytes, null);
    }

    /// @param limitBytes the largest letter, in octets
    public LetterWriter(LetterBoxes boxes, long limitBytes) {
        this(boxes.blobs(), limitBytes);
    }

    /// Takes octets. Never throws for what they hold.
    public void write(byte[] octets, int offset, int length) {
        size += length;
        if (refused != null) {
            return;
        }
        if (size > limitBytes) {
            refused =
                    new Refusal(
                            Refusal.Reason.TOO_LARGE,
                            "This letter is larger than is accepted here.",
                            "Cette lettre dépasse la taille acceptée ici.");
            return;
        }
        try {
            eightBit = eightBit || OctetScan.hasHighBit(octets, offset, offset + length);
            if (gate == null) {
                store(octets, offset, length);
            } else {
                gate.write(octets, offset, length);
            }
        } catch (SyntaxFault fault) {
            refused = fault;
        } catch (StoreFault fault) {
            refused = fault.passing() ? new Busy("the store cannot take a letter", fault) : fault;
        }
    }

    private void store(byte[] octets, int offset, int length) {
        blob.write(octets, offset, length);
        indexer.feed(octets, offset, length);
    }

    /// Where the letter had been delivered before it came here, as fields that were removed said;
    /// whole once the letter is.
    public List<EmailAddress> deliveredTo() {
        return gate == null ? List.of() : gate.deliveredTo();
    }

    /// Octets taken so far, refused ones too.
    public long size() {
        return size;
    }

    /// Whether any octet so far is above 127.
    public boolean eightBit() {
        return eightBit;
    }

    /// Ends the letter. Its blob is the receiver's to close.
    ///
    /// @throws Refusal TOO_LARGE
    /// @throws SyntaxFault for a structure past all limits
    /// @throws Busy when the store cannot take it now
    public NewLetter finish() {
        if (refused != null) {
            throw refused;
        }
        try {
            if (gate != null) {
                gate.finish();
            }
            var index = indexer.finish();
            return new NewLetter(blob.finish(), index);
        } catch (StoreFault fault) {
            throw fault.passing() ? new Busy("the store cannot take a letter", fault) : fault;
        }
    }

    @Override
    public void close() {
        blob.close();
    }
}
