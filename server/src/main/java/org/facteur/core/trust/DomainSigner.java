package org.facteur.core.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.facteur.core.account.Directory;
import org.facteur.core.account.DomainKeys;
import org.facteur.core.deliver.Consignment;
import org.facteur.core.deliver.LetterSigner;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.store.blob.Blob;
import org.facteur.wire.address.Domain;
import org.facteur.wire.auth.DkimSigner;
import org.facteur.wire.auth.SignedLetter;
import org.facteur.wire.mime.IndexLimits;
import org.facteur.wire.text.OctetBuffer;

/// Signs letters of our own people and of this server in the name of the domain they are from. Any
/// thread.
///
/// A letter that comes from outside and is passed on is never signed, whatever its From says.
public final class DomainSigner implements LetterSigner {
    private static final int PIECE = 64 * 1024;
    private static final int MOST_OCTETS = 64 * 1024;

    private final Directory directory;
    private final DomainKeys keys;
    private final BooleanSupplier wanted;
    private final InstantSource clock;

    /// @param wanted whether anything is signed at the moment
    public DomainSigner(
            Directory directory, DomainKeys keys, BooleanSupplier wanted, InstantSource clock) {
        this.directory = directory;
        this.keys = keys;
        this.wanted = wanted;
        this.clock = clock;
    }

    @Override
    public byte[] sign(Consignment consignment, Instant leaves) {
        boolean ours = consignment.envelope().submitter() != null || consignment.isOwn();
        if (!ours || !wanted.getAsBoolean()) {
            return new byte[0];
        }
        List<Domain> authors = Authors.of(consignment.letter());
        Optional<Domain> domain =
                authors.size() == 1 ? domain(authors.getFirst()) : Optional.empty();
        List<DkimSigner> signers =
                domain.map(name -> keys.signers(name, clock.instant())).orElse(List.of());
        if (signers.isEmpty()) {
            return new byte[0];
        }
        SignedLetter letter = read(consignment.letter());
        OctetBuffer fields = new OctetBuffer(MOST_OCTETS);
        for (DkimSigner signer : signers) {
            byte[] field = signer.sign(letter, clock.instant(), leaves.plus(DkimSigner.VALIDITY));
            fields.accept(field, 0, field.length);
        }
        return fields.toArray();
    }

    /// The domain of ours that an author's is or lies in.
    private Optional<Domain> domain(Domain author) {
        if (author.isLiteral()) {
            return Optional.empty();
        }
        String name = author.name();
        while (name.indexOf('.') > 0) {
            Domain one = Domain.parse(name);
            if (directory.findDomain(one).isPresent()) {
                return Optional.of(one);
            }
            name = name.substring(name.indexOf('.') + 1);
        }
        return Optional.empty();
    }

    private static SignedLetter read(NewLetter letter) {
        SignedLetter.Reader reader =
                new SignedLetter.Reader(
                        IndexLimits.STANDARD.headerBlockOctets(), DkimSigner.HASHED);
        try (Blob blob = letter.octets().open();
                InputStream in = blob.open(0, blob.size())) {
            byte[] piece = new byte[(int) Math.min(PIECE, Math.max(1, blob.size()))];
            for (int some = in.read(piece); some >= 0; some = in.read(piece)) {
                reader.accept(piece, 0, some);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("blobs do no I/O of this kind", impossible);
        }
        return reader.finish();
    }
}
