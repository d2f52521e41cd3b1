package org.facteur.trial.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;

/// A key and its self-signed certificate, made for a peer with Debian's openssl.
record Certified(Path certificate, Path key) {
    /// @param owner whose the files are, a user of this machine
    static Certified make(Path home, String owner) throws IOException {
        Path certificate = home.resolve("certificate.pem");
        Path key = home.resolve("key.pem");
        if (!Files.exists(key)) {
            Children.run(
                    home.resolve("openssl.log"),
                    "",
                    List.of(
                            "openssl",
                            "req",
                            "-x509",
                            "-newkey",
                            "ec",
                            "-pkeyopt",
                            "ec_paramgen_curve:P-256",
                            "-nodes",
                            "-days",
                            "30",
                            "-subj",
                            "/CN=mail.example.org",
                            "-keyout",
                            key.toString(),
                            "-out",
                            certificate.toString()));
            UserPrincipal user =
                    home.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(owner);
            Files.setOwner(certificate, user);
            Files.setOwner(key, user);
        }
        return new Certified(certificate, key);
    }
}
