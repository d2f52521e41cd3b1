package org.facteur.edge.jmap;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.sieve.Scripts;
import org.facteur.core.sieve.StoredScript;

/// A script's octets as a blob: `R7-1f3a` is script 7 while it says just this.
@SuppressWarnings("ArrayRecordComponent")
record ScriptBlob(byte[] octets) implements OpenBlob {
    static String id(StoredScript script, byte[] octets) {
        CRC32C sum = new CRC32C();
        sum.update(octets);
        return "R" + script.number() + "-" + Long.toHexString(sum.getValue()) + octets.length;
    }

    static Optional<OpenBlob> find(Scripts scripts, LetterBox box, String blobId) {
        int dash = blobId.indexOf('-');
        OptionalLong number =
                dash < 0 ? OptionalLong.empty() : ObjectIds.number('R', blobId.substring(0, dash));
        if (number.isEmpty() || box.guest()) {
            return Optional.empty();
        }
        return scripts.list(box.actor()).stream()
                .filter(each -> each.number() == number.getAsLong())
                .findFirst()
                .flatMap(
                        script -> {
                            byte[] octets = scripts.get(box.actor(), script.name());
                            return id(script, octets).equals(blobId)
                                    ? Optional.<OpenBlob>of(new ScriptBlob(octets))
                                    : Optional.empty();
                        });
    }

    @Override
    public long size() {
        return octets.length;
    }

    @Override
    public String type() {
        return "application/sieve";
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(octets);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
