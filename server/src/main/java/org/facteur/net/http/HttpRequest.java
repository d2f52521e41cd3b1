package org.facteur.net.http;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A request that was read whole.
///
/// @param path without query, decoded
/// @param headers by lower-case name; the first where one came twice
/// @param body belongs to the record
@SuppressWarnings("ArrayRecordComponent")
public record HttpRequest(String method, String path, Map<String, String> headers, byte[] body) {
    public HttpRequest {
        Objects.requireNonNull(method);
        Objects.requireNonNull(path);
        headers = Map.copyOf(headers);
        Objects.requireNonNull(body);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
