package org.facteur.net.http;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who answers which paths. Immutable.
///
/// A key that ends with `/` is for all paths that begin with it; any other for that path alone. The
/// longest wins.
public final class HttpRoutes {
    private final Map<String, HttpHandler> exact;
    private final List<Map.Entry<String, HttpHandler>> prefixes;

    /// @param handlers by path; each key begins with `/`
    public HttpRoutes(Map<String, HttpHandler> handlers) {
        for (String path : handlers.keySet()) {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("a path begins with /: " + path);
            }
        }
        this.exact = Map.copyOf(handlers);
        this.prefixes =
                handlers.entrySet().stream()
                        .filter(each -> each.getKey().endsWith("/"))
                        .map(each -> Map.entry(each.getKey(), each.getValue()))
                        .sorted(
                                Comparator.comparingInt(
                                        (Map.Entry<String, HttpHandler> each) ->
                                                -each.getKey().length()))
                        .toList();
    }

    Optional<HttpHandler> find(String path) {
        HttpHandler only = exact.get(path);
        if (only != null) {
            return Optional.of(only);
        }
        for (Map.Entry<String, HttpHandler> each : prefixes) {
            if (path.startsWith(each.getKey())) {
                return Optional.of(each.getValue());
            }
        }
        return Optional.empty();
    }
}
