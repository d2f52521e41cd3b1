package org.facteur.edge.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.facteur.net.http.Exchange;

/// The application's own files, as the build packed them into the program, with their compressed
/// twins. Any thread; what was asked for once stays in memory.
///
/// A file under `/assets/` has its content's hash in its name and never changes; all others are
/// asked for again each time, and answered by their tag alone when they are still the same.
public final class Assets {
    private static final String ROOT = "/webmail";
    private static final String IMMUTABLE = "public, max-age=31536000, immutable";
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int LONGEST_NAME = 120;

    /// What the application may do: load from here, and nothing else. HTML is put into the page
    /// only through policies with these names.
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr"
                    + " 'unsafe-inline'; img-src 'self' blob: data:; font-src 'self'; connect-src"
                    + " 'self'; frame-src 'self'; manifest-src 'self'; worker-src 'self'; form-action"
                    + " 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for"
                    + " 'script'; trusted-types dompurify default worker";

    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml",
                    "woff2", "font/woff2",
                    "webmanifest", "application/manifest+json",
                    "png", "image/png");

    private final Map<String, Asset> known = new ConcurrentHashMap<>();

    /// @param tag RFC 9110 §8.8.3, quoted
    @SuppressWarnings("ArrayRecordComponent")
    private record Asset(byte[] octets, String tag) {}

    /// Whether the program was built with the pages.
    public boolean present() {
        return find("/index.html").isPresent();
    }

    /// Where the font for plain letters lies; empty when there is none.
    Optional<String> font() {
        Asset manifest = find("/.vite/manifest.json").orElse(null);
        if (manifest == null) {
            return Optional.empty();
        }
        String text = new String(manifest.octets(), StandardCharsets.UTF_8);
        int at = text.indexOf("\"assets/atkinson-hyperlegible-next-latin-wght-normal");
        int end = text.indexOf('"', at + 1);
        return at < 0 || end < 0
                ? Optional.empty()
                : Optional.of("/" + text.substring(at + 1, end));
    }

    /// Answers with a file.
    ///
    /// @param path `/assets/app-1a2b.js`
    void send(Exchange exchange, String path) throws IOException {
        Asset asset = path.startsWith("/.") ? null : find(path).orElse(null);
        if (asset == null) {
            exchange.problem(NOT_FOUND, "there is no such file");
            return;
        }
        boolean immutable = path.startsWith("/assets/");
        exchange.set("Cache-Control", immutable ? IMMUTABLE : "no-cache");
        exchange.set("Content-Security-Policy", POLICY);
        exchange.set("ETag", asset.tag());
        exchange.set("Vary", "Accept-Encoding");
        if (exchange.header("If-None-Match").filter(asset.tag()::equals).isPresent()) {
            exchange.send(NOT_MODIFIED, "", new byte[0]);
            return;
        }
        String type =
                TYPES.getOrDefault(
                        path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
        String accepted = exchange.header("Accept-Encoding").orElse("");
        for (String coding : new String[] {"br", "gz"}) {
            Asset twin = accepts(accepted, coding) ? find(path + "." + coding).orElse(null) : null;
            if (twin != null) {
                exchange.set("Content-Encoding", coding.equals("gz") ? "gzip" : coding);
                exchange.send(OK, type, twin.octets());
                return;
            }
        }
        exchange.send(OK, type, asset.octets());
    }

    private static boolean accepts(String accepted, String coding) {
        String name = coding.equals("gz") ? "gzip" : coding;
        for (String each : accepted.split(",", 16)) {
            String trimmed = each.strip();
            if (trimmed.equals(name) || (trimmed.startsWith(name + ";") && !none(trimmed))) {
                return true;
            }
        }
        return false;
    }

    private static boolean none(String coding) {
        return coding.replace(" ", "").endsWith("q=0");
    }

    /// A file of the program; empty for a name that is none of ours.
    private Optional<Asset> find(String path) {
        Asset found = known.get(path);
        if (found != null) {
            return Optional.of(found);
        }
        if (!plain(path)) {
            return Optional.empty();
        }
        try (InputStream in = Assets.class.getResourceAsStream(ROOT + path)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] octets = in.readAllBytes();
            Asset read = new Asset(octets, '"' + hash(octets) + '"');
            known.put(path, read);
            return Optional.of(read);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static boolean plain(String path) {
        return path.length() <= LONGEST_NAME
                && path.startsWith("/")
                && !path.contains("..")
                && !path.endsWith("/")
                && path.chars()
                        .allMatch(
                                c ->
                                        (c >= 'a' && c <= 'z')
                                                || (c >= 'A' && c <= 'Z')
                                                || (c >= '0' && c <= '9')
                                                || "/._-".indexOf(c) >= 0);
    }

    private static String hash(byte[] octets) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(octets);
            return HexFormat.of().formatHex(all, 0, 10);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
