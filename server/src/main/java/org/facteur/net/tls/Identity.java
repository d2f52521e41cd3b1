package org.facteur.net.tls;

import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/// A certificate chain and its key, as they were read.
///
/// @param pair where they came from
/// @param chain the server's own certificate first
record Identity(Certificates.PemPair pair, List<X509Certificate> chain, PrivateKey key) {
    private static final int DNS_NAME = 2;
    private static final byte[] PROOF = {1, 2, 3};

    Identity {
        chain = List.copyOf(chain);
    }

    /// Reads both files.
    ///
    /// @throws IOException when a file cannot be read, holds something else, or the key is not the
    ///   certificate's
    static Identity read(Certificates.PemPair pair) throws IOException {
        List<X509Certificate> chain = chain(pair);
        PrivateKey key = PemKey.find(pair.key()).orElse(null);
        if (key == null) {
            key = oddKey(pair);
        }
        if (!belongs(key, chain.getFirst().getPublicKey())) {
            throw new IOException(pair.key() + " is not the key of " + pair.certificate());
        }
        return new Identity(pair, chain, key);
    }

    private static List<X509Certificate> chain(Certificates.PemPair pair) throws IOException {
        try (InputStream in = Files.newInputStream(pair.certificate())) {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (chain.isEmpty()) {
                throw new IOException(pair.certificate() + " holds no certificate");
            }
            return chain;
        } catch (CertificateException broken) {
            throw new IOException(pair.certificate() + " is no certificate", broken);
        }
    }

    /// A key in one of the older forms (PKCS #1, SEC 1).
    private static PrivateKey oddKey(Certificates.PemPair pair) throws IOException {
        try (PEMParser parser =
                new PEMParser(Files.newBufferedReader(pair.key(), StandardCharsets.ISO_8859_1))) {
            Object found = parser.readObject();
            while (found instanceof ASN1ObjectIdentifier) {
                found = parser.readObject(); // "EC PARAMETERS" stands before an EC key
            }
            PrivateKeyInfo key =
                    switch (found) {
                        case PEMKeyPair both -> both.getPrivateKeyInfo();
                        case PrivateKeyInfo alone -> alone;
                        case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
                                throw new IOException(pair.key() + " is protected by a password");
                        case null, default ->
                                throw new IOException(pair.key() + " holds no private key");
                    };
            return PemKey.decoded(key.getEncoded())
                    .orElseThrow(() -> new IOException(pair.key() + " is no key a server shows"));
        } catch (PEMException broken) {
            throw new IOException(pair.key() + " is no private key", broken);
        }
    }

    private static boolean belongs(PrivateKey key, PublicKey shown) {
        if (key instanceof RSAPrivateKey own && shown instanceof RSAPublicKey other) {
            return own.getModulus().equals(other.getModulus());
        }
        String algorithm = shown.getAlgorithm();
        try {
            Signature sign =
                    Signature.getInstance(algorithm.equals("EC") ? "SHA256withECDSA" : algorithm);
            sign.initSign(key);
            sign.update(PROOF);
            byte[] signed = sign.sign();
            sign.initVerify(shown);
            sign.update(PROOF);
            return sign.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /// The host names it is for.
    List<String> names() throws IOException {
        try {
            List<String> names = new ArrayList<>();
            Collection<List<?>> alternatives = chain.getFirst().getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (alternative.get(0) instanceof Integer kind
                            && kind == DNS_NAME
                            && alternative.get(1) instanceof String name) {
                        names.add(name);
                    }
                }
            }
            return names;
        } catch (CertificateParsingException _) {
            return List.of();
        }
    }

    /// Gives this pair, and no other, to every handshake.
    KeyManagerFactory keys() {
        KeyManager only = new Only(this);
        return new OpenSslCachingX509KeyManagerFactory(
                new SimpleKeyManagerFactory() {
                    @Override
                    protected void engineInit(KeyStore keys, char[] password) {}

                    @Override
                    protected void engineInit(ManagerFactoryParameters parameters) {}

                    @Override
                    protected KeyManager[] engineGetKeyManagers() {
                        return new KeyManager[] {only};
                    }
                });
    }

    /// One pair under one name. A key store would encrypt the key first, to no one's benefit.
    private static final class Only extends X509ExtendedKeyManager {
        private static final String NAME = "server";

        private final Identity identity;
        private final String algorithm;

        Only(Identity identity) {
            this.identity = identity;
            this.algorithm = identity.chain().getFirst().getPublicKey().getAlgorithm();
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return type.equals(algorithm) ? new String[] {NAME} : new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return type.equals(algorithm) ? NAME : null;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return chooseServerAlias(type, issuers, null);
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return identity.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.key();
        }
    }
}
