package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.net.http.Exchange;
import org.facteur.wire.text.SyntaxFault;

/// Gives octets out (RFC 8620 §6.2). They go into a file and nowhere else: no type makes a browser
/// show them as ours.
final class Downloads {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int LONGEST_TYPE = 200;
    private static final int LONGEST_NAME = 255;
    private static final String PREFIX = "/jmap/download/";

    private final JmapServices services;

    Downloads(JmapServices services) {
        this.services = services;
    }

    void answer(Exchange exchange, Caller caller) throws IOException {
        String rest = exchange.path().substring(PREFIX.length());
        int slash = rest.indexOf('/');
        Optional<LetterBox> box =
                slash < 0 ? Optional.empty() : services.findBox(caller, rest.substring(0, slash));
        Optional<OpenBlob> blob =
                box.isEmpty()
                        ? Optional.empty()
                        : new Blobs(services.extras()).find(box.get(), rest.substring(slash + 1));
        if (blob.isEmpty()) {
            exchange.problem(NOT_FOUND, "There is no such blob.");
            return;
        }
        try (OpenBlob open = blob.get();
                InputStream in = open.open()) {
            String type = type(exchange.parameter("type").orElse(""), open.type());
            String name = exchange.parameter("name").orElse("");
            exchange.set("Content-Disposition", disposition(name));
            exchange.set("Content-Security-Policy", "default-src 'none'; sandbox");
            exchange.set("Cache-Control", "private, immutable, max-age=31536000");
            if (open.size() >= 0) {
                exchange.set("Content-Length", Long.toString(open.size()));
            }
            try (OutputStream out = exchange.stream(OK, type)) {
                if (!exchange.method().equals("HEAD")) {
                    in.transferTo(out);
                }
            }
        }
    }

    /// The type asked for, where it is one.
    private static String type(String wanted, String known) {
        if (wanted.isEmpty()) {
            return known;
        }
        int slash = wanted.indexOf('/');
        boolean fits = slash > 0 && slash < wanted.length() - 1 && wanted.length() < LONGEST_TYPE;
        for (int i = 0; i < wanted.length() && fits; i++) {
            char c = wanted.charAt(i);
            fits = c >= ' ' && c < 0x7f && "()<>@,:\\[]?".indexOf(c) < 0;
        }
        if (!fits) {
            throw SyntaxFault.at(0, "a media type", "RFC 8620 §6.2");
        }
        return wanted;
    }

    /// A name for the file, whatever it is made of (RFC 6266 §4.3, RFC 8187 §3.2).
    static String disposition(String name) {
        StringBuilder plain = new StringBuilder();
        StringBuilder encoded = new StringBuilder();
        String shortened = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        for (byte b : shortened.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean token =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "-._".indexOf(c) >= 0;
            plain.append(token || c == ' ' ? c : '_');
            if (token) {
                encoded.append(c);
            } else {
                encoded.append("%%%02X".formatted((int) c));
            }
        }
        return shortened.isEmpty()
                ? "attachment"
                : "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }
}
