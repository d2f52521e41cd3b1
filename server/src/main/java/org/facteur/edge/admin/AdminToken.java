package org.facteur.edge.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/// The secret that opens administration. Prints as `***`.
public final class AdminToken {
    private static final String FILE = "admin.token";
    private static final int RANDOM_BYTES = 32;
    private static final Set<PosixFilePermission> PRIVATE =
            PosixFilePermissions.fromString("rw-------");

    private final byte[] secret;

    private AdminToken(String text) {
        this.secret = text.getBytes(StandardCharsets.US_ASCII);
    }

    /// The token of a data directory; made when there is none.
    ///
    /// @throws IOException when others can read it, too
    public static AdminToken in(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            byte[] random = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PRIVATE));
            Files.writeString(file, text + "\n", StandardOpenOption.WRITE);
        }
        if (!PRIVATE.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(file + " can be read by others; remove it or chmod 600");
        }
        String text = Files.readString(file).strip();
        if (text.length() < RANDOM_BYTES) {
            throw new IOException(file + " holds no token; remove it");
        }
        return new AdminToken(text);
    }

    /// Whether an Authorization field brings it; in constant time.
    boolean opens(String authorization) {
        String scheme = "Bearer ";
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                && MessageDigest.isEqual(
                        secret,
                        authorization
                                .substring(scheme.length())
                                .strip()
                                .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "***";
    }
}
