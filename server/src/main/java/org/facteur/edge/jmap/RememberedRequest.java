package org.facteur.edge.jmap;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.facteur.net.http.Exchange;
import org.facteur.net.http.SocketHandler;

/// What a request said of who sends it, for asking again whether it still may once the request
/// itself is over. Immutable; answers nothing.
final class RememberedRequest implements Exchange {
    private static final List<String> FIELDS =
            List.of("authorization", "cookie", "origin", "host", "sec-fetch-site", "user-agent");

    private final String method;
    private final String path;
    private final InetAddress source;
    private final boolean secure;
    private final String origin;
    private final Map<String, String> fields = new HashMap<>();

    RememberedRequest(Exchange exchange) {
        this.method = exchange.method();
        this.path = exchange.path();
        this.source = exchange.source();
        this.secure = exchange.secure();
        this.origin = exchange.origin();
        for (String field : FIELDS) {
            exchange.header(field).ifPresent(value -> fields.put(field, value));
        }
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Optional<String> parameter(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT)));
    }

    // cookie-string = cookie-pair *( ";" SP cookie-pair )
    @Override
    public Optional<String> cookie(String name) {
        for (String pair : fields.getOrDefault("cookie", "").split(";", 100)) {
            int sign = pair.indexOf('=');
            if (sign > 0 && pair.substring(0, sign).strip().equals(name)) {
                return Optional.of(pair.substring(sign + 1).strip());
            }
        }
        return Optional.empty();
    }

    @Override
    public InetAddress source() {
        return source;
    }

    @Override
    public boolean secure() {
        return secure;
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public byte[] body(int mostBytes) {
        throw over();
    }

    @Override
    public InputStream input(long mostBytes) {
        throw over();
    }

    @Override
    public void set(String name, String value) {
        throw over();
    }

    @Override
    public void add(String name, String value) {
        throw over();
    }

    @Override
    public void send(int status, String type, byte[] body) {
        throw over();
    }

    @Override
    public OutputStream stream(int status, String type) {
        throw over();
    }

    @Override
    public void webSocket(String protocol, int messageBytes, SocketHandler handler) {
        throw over();
    }

    private static IllegalStateException over() {
        return new IllegalStateException("the request is over");
    }
}
