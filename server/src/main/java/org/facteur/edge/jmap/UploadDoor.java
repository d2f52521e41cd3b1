package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.InputStream;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.net.http.Exchange;
import org.facteur.wire.jmap.JmapText;

/// `POST /jmap/upload/{accountId}/` (RFC 8620 §6.1).
final class UploadDoor {
    private static final int CREATED = 201;
    private static final int NOT_FOUND = 404;
    private static final String PREFIX = "/jmap/upload/";

    private final JmapServices services;
    private final JmapSettings settings;

    UploadDoor(JmapServices services, JmapSettings settings) {
        this.services = services;
        this.settings = settings;
    }

    void answer(Exchange exchange, Caller caller) throws IOException {
        String rest = exchange.path().substring(PREFIX.length());
        String account = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        LetterBox box = services.findBox(caller, account).orElse(null);
        if (box == null) {
            exchange.problem(NOT_FOUND, "There is no such account.");
            return;
        }
        Uploads.Upload upload;
        try (InputStream in = exchange.input(settings.uploadBytes())) {
            upload =
                    services.extras()
                            .uploads()
                            .take(
                                    box,
                                    in,
                                    exchange.header("content-type").orElse(""),
                                    services.clock().instant());
        } catch (Refusal refusal) {
            if (refusal.reason() == Refusal.Reason.TOO_LARGE) {
                JmapServer.limit(exchange, "maxSizeUpload");
                return;
            }
            throw refusal;
        }
        exchange.sendJson(
                CREATED,
                JmapText.writeText(
                        JmapText.object()
                                .put("accountId", ObjectIds.of(box.owner()))
                                .put("blobId", upload.blobId())
                                .put("type", upload.type())
                                .put("size", upload.size())));
    }
}
