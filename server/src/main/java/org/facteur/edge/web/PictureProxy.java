package org.facteur.edge.web;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.facteur.core.account.AccountId;
import org.facteur.core.login.WebSessions;
import org.facteur.net.http.Exchange;
import org.facteur.wire.address.Domain;
import org.facteur.wire.text.SyntaxFault;

/// Fetches pictures of other sites for people who asked to see them, so that those sites learn
/// neither who reads nor where. Any thread.
///
/// Addresses are signed for one account with a key of this process: nobody can have this server
/// fetch what no letter names. Always by HTTPS, also where the letter says `http:`.
final class PictureProxy {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int BAD_GATEWAY = 502;
    private static final int BUSY = 503;
    private static final int MOST = 10 << 20;
    private static final int AT_ONCE = 32;
    private static final int SIGNATURE_BYTES = 16;

    private final Visitors visitors;
    private final RemotePictures pictures;
    private final SecretKeySpec key;
    private final Semaphore room = new Semaphore(AT_ONCE);

    PictureProxy(Visitors visitors, RemotePictures pictures) {
        this.visitors = visitors;
        this.pictures = pictures;
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /// The address under which this server gives a picture.
    String address(AccountId account, String url) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return "/img?u="
                + encoder.encodeToString(url.getBytes(StandardCharsets.UTF_8))
                + "&sig="
                + encoder.encodeToString(signature(account, url));
    }

    void handle(Exchange exchange) throws IOException {
        WebSessions.Live live = visitors.find(exchange).orElse(null);
        if (live == null) {
            exchange.problem(UNAUTHORIZED, "nobody is signed in");
            return;
        }
        String url = new String(decoded(exchange, "u"), StandardCharsets.UTF_8);
        byte[] given = decoded(exchange, "sig");
        if (!MessageDigest.isEqual(signature(live.actor().account(), url), given)) {
            exchange.problem(FORBIDDEN, "not an address of this server");
            return;
        }
        if (!room.tryAcquire()) {
            exchange.problem(BUSY, "too many pictures at once");
            return;
        }
        try {
            byte[] octets = fetch(url);
            Optional<PictureKind> kind = PictureKind.of(octets);
            if (kind.isEmpty() || kind.get().dot(octets)) {
                exchange.problem(BAD_GATEWAY, "not a picture to look at");
                return;
            }
            exchange.set("Cache-Control", "private, max-age=86400");
            exchange.send(OK, kind.get().type(), octets);
        } catch (IOException | SyntaxFault _) {
            exchange.problem(BAD_GATEWAY, "the picture cannot be had");
        } finally {
            room.release();
        }
    }

    private byte[] fetch(String url) throws IOException {
        try {
            URI address = new URI(url.replace(" ", "%20"));
            String host = address.getHost();
            if (host == null || (address.getPort() >= 0 && address.getPort() != 443)) {
                throw new IOException("no host");
            }
            String path = address.toASCIIString();
            int from = path.indexOf('/', path.indexOf("://") + 3);
            int fragment = path.indexOf('#');
            String asked =
                    from < 0 ? "/" : path.substring(from, fragment < 0 ? path.length() : fragment);
            return pictures.fetch(Domain.parse(host), asked, MOST);
        } catch (URISyntaxException odd) {
            throw new IOException("no address", odd);
        }
    }

    private static byte[] decoded(Exchange exchange, String name) {
        try {
            return Base64.getUrlDecoder().decode(exchange.parameter(name).orElse(""));
        } catch (IllegalArgumentException _) {
            throw SyntaxFault.at(0, "base64url in \"" + name + "\"", "RFC 4648 §5");
        }
    }

    private byte[] signature(AccountId account, String url) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((account + " ").getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(
                    mac.doFinal(url.getBytes(StandardCharsets.UTF_8)), SIGNATURE_BYTES);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HMAC", missing);
        }
    }
}
