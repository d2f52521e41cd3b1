package org.facteur.net.http;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// What a request is answered with.
///
/// @param type of the body
/// @param body belongs to the record
@SuppressWarnings("ArrayRecordComponent")
public record HttpAnswer(int status, String type, byte[] body) {
    public HttpAnswer {
        Objects.requireNonNull(type);
        Objects.requireNonNull(body);
    }

    public static HttpAnswer json(int status, String text) {
        return new HttpAnswer(status, "application/json", text.getBytes(StandardCharsets.UTF_8));
    }
}
