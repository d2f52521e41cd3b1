package org.facteur.net.tls;

import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.DomainWildcardMappingBuilder;
import io.netty.util.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.facteur.net.listen.ServerTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's certificates. Any thread.
///
/// The first pair of files is the default; each pair serves the names in its certificate. [#reload]
/// takes changed files in; lines that are open keep what they began with, and files that cannot be
/// read leave the certificates as they are.
public final class Certificates implements ServerTls {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
    private static final int CLIENT_HELLO_BYTES = 16 * 1024;
    private static final long HANDSHAKE_MILLIS = 30_000;

    private final List<PemPair> pairs;
    private volatile Loaded loaded;

    /// A certificate chain and its key, both PEM.
    public record PemPair(Path certificate, Path key) {
        public PemPair {
            Objects.requireNonNull(certificate);
            Objects.requireNonNull(key);
        }

        @Override
        public String toString() {
            return certificate + " and " + key;
        }
    }

    private record Loaded(
            Mapping<String, SslContext> contexts,
            List<Identity> identities,
            List<FileTime> times) {}

    private Certificates(List<PemPair> pairs) throws IOException {
        this.pairs = List.copyOf(pairs);
        this.loaded = load();
    }

    /// Certificates given by the administrator.
    ///
    /// @param pairs at least one; the first is shown to peers that name no host, or one we do not
    ///   know
    /// @throws IOException when a file cannot be read or does not hold what it should
    public static Certificates of(List<PemPair> pairs) throws IOException {
        return new Certificates(pairs);
    }

    /// The certificate of a first start, made in a directory if it is not there yet.
    public static Certificates selfSigned(Path directory, String hostname, InstantSource clock)
            throws IOException {
        Path certificate = directory.resolve("self-signed.pem");
        Path key = directory.resolve("self-signed.key");
        SelfSigned.ensure(certificate, key, hostname, clock.instant());
        return new Certificates(List.of(new PemPair(certificate, key)));
    }

    @Override
    public ChannelHandler handler() {
        Mapping<String, SslContext> contexts = loaded.contexts();
        return new SniHandler(
                (name, promise) -> promise.setSuccess(contexts.map(name)),
                CLIENT_HELLO_BYTES,
                HANDSHAKE_MILLIS);
    }

    /// The same certificates for the JDK's TLS, also those that are taken in later.
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new ServerKeys(() -> loaded.identities())},
                    new TrustManager[] {Nobody.TRUSTED},
                    null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("TLS does not work on this machine", missing);
        }
    }

    /// Takes files in that changed since they were read.
    ///
    /// @return whether anything changed
    public boolean reload() {
        try {
            if (times().equals(loaded.times())) {
                return false;
            }
            loaded = load();
            LOG.info("certificates reloaded");
            return true;
        } catch (IOException broken) {
            LOG.error(
                    "certificates could not be reloaded, the old ones stay: {}",
                    broken.getMessage());
            return false;
        }
    }

    private List<FileTime> times() throws IOException {
        List<FileTime> times = new ArrayList<>();
        for (PemPair pair : pairs) {
            times.add(Files.getLastModifiedTime(pair.certificate()));
            times.add(Files.getLastModifiedTime(pair.key()));
        }
        return times;
    }

    private Loaded load() throws IOException {
        List<FileTime> times = times();
        Identity shown = Identity.read(pairs.getFirst());
        SslContext first = context(shown);
        DomainWildcardMappingBuilder<SslContext> names = new DomainWildcardMappingBuilder<>(first);
        shown.names().forEach(name -> names.add(name, first));
        List<Identity> identities = new ArrayList<>(List.of(shown));
        for (PemPair pair : pairs.subList(1, pairs.size())) {
            Identity identity = Identity.read(pair);
            identities.add(identity);
            SslContext context = context(identity);
            identity.names().forEach(name -> names.add(name, context));
        }
        return new Loaded(names.build(), List.copyOf(identities), times);
    }

    private static SslContext context(Identity identity) throws IOException {
        try {
            return SslContextBuilder.forServer(identity.keys())
                    .trustManager(Nobody.TRUSTED)
                    .sslProvider(TlsPolicy.PROVIDER)
                    .protocols(TlsPolicy.PROTOCOLS)
                    .ciphers(TlsPolicy.CIPHERS)
                    .build();
        } catch (SSLException | IllegalArgumentException broken) {
            throw new IOException(identity.pair() + " cannot be used", broken);
        }
    }

    /// Clients show no certificates. Without this the machine would read all authorities it knows
    /// and offer their names in each handshake.
    private static final class Nobody implements X509TrustManager {
        static final X509TrustManager TRUSTED = new Nobody();

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("clients show no certificates here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("no server is asked for");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
