package org.facteur.net.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Fields;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// A request of Jetty's. One thread.
final class JettyExchange implements Exchange {
    /// Below, compressing costs more than it saves.
    private static final int WORTH_COMPRESSING = 1400;

    private static final int GZIP_LEVEL = 4;

    private final Request request;
    private final Response response;
    private final boolean secure;
    private final HttpLimits limits;
    private @Nullable Fields parameters;
    private @Nullable Upgrade upgrade;
    private boolean begun;

    /// What the line becomes once the handler has returned.
    record Upgrade(String protocol, int messageBytes, SocketHandler handler) {}

    JettyExchange(Request request, Response response, boolean secure, HttpLimits limits) {
        this.request = request;
        this.response = response;
        this.secure = secure;
        this.limits = limits;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        return Request.getPathInContext(request);
    }

    @Override
    public Optional<String> parameter(String name) {
        Fields known = parameters;
        if (known == null) {
            try {
                known = Request.extractQueryParameters(request, StandardCharsets.UTF_8);
            } catch (RuntimeException _) {
                throw SyntaxFault.at(0, "a query that can be read", "RFC 3986 §3.4");
            }
            parameters = known;
        }
        return Optional.ofNullable(known.getValue(name));
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    @Override
    public Optional<String> cookie(String name) {
        for (HttpCookie cookie : Request.getCookies(request)) {
            if (cookie.getName().equals(name)) {
                return Optional.ofNullable(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    @Override
    public InetAddress source() {
        return source(request);
    }

    static InetAddress source(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress()
                        instanceof InetSocketAddress peer
                ? peer.getAddress()
                : Inet4Address.getLoopbackAddress();
    }

    @Override
    public boolean secure() {
        return secure;
    }

    @Override
    public String origin() {
        return (secure ? "https://" : "http://") + authority(request);
    }

    /// Host and port as the client named them.
    static String authority(Request request) {
        String host = Request.getServerName(request);
        int port = Request.getServerPort(request);
        boolean standard = port <= 0 || port == (request.isSecure() ? 443 : 80);
        String text = host == null ? "" : host;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || ".-[]:_".indexOf(c) >= 0)) {
                throw SyntaxFault.at(i, "a host", "RFC 9110 §7.2");
            }
        }
        return standard ? text : text + ":" + port;
    }

    @Override
    public byte[] body(int mostBytes) throws IOException {
        try (InputStream in = input(mostBytes)) {
            long announced = request.getLength();
            ByteArrayOutputStream out =
                    new ByteArrayOutputStream(Math.clamp(announced, 512, 64 << 10));
            in.transferTo(out);
            return out.toByteArray();
        }
    }

    @Override
    public InputStream input(long mostBytes) {
        if (request.getLength() > mostBytes) {
            throw BodyStream.tooLarge();
        }
        return new BodyStream(
                Content.Source.asInputStream(request), mostBytes, limits.bodyBytesPerSecond());
    }

    @Override
    public void set(String name, String value) {
        response.getHeaders().put(name, checked(value));
    }

    @Override
    public void add(String name, String value) {
        response.getHeaders().add(name, checked(value));
    }

    private static String checked(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                throw SyntaxFault.at(i, "printable ASCII", "RFC 9110 §5.5");
            }
        }
        return value;
    }

    @Override
    public void send(int status, String type, byte[] body) throws IOException {
        begin(status, body.length == 0 ? null : type);
        byte[] octets = body;
        if (body.length >= WORTH_COMPRESSING
                && isText(type)
                && !response.getHeaders().contains(HttpHeader.CONTENT_ENCODING)
                && takesGzip()) {
            octets = gzip(body);
            response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
            response.getHeaders().add(HttpHeader.VARY, "Accept-Encoding");
        }
        boolean bodiless = status == 204 || status == 304;
        if (!bodiless) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, octets.length);
        }
        Content.Sink.write(
                response, true, bodiless ? ByteBuffer.allocate(0) : ByteBuffer.wrap(octets));
    }

    private static boolean isText(String type) {
        return type.startsWith("text/")
                || type.startsWith("application/json")
                || type.startsWith("application/problem+json");
    }

    private boolean takesGzip() {
        List<String> all =
                request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING.asString());
        return all.stream().anyMatch("gzip"::equalsIgnoreCase);
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 3 + 64);
        try (GZIPOutputStream zip =
                new GZIPOutputStream(out, 8192) {
                    {
                        def.setLevel(GZIP_LEVEL);
                        def.setStrategy(Deflater.DEFAULT_STRATEGY);
                    }
                }) {
            zip.write(body);
        }
        return out.toByteArray();
    }

    @Override
    public OutputStream stream(int status, String type) {
        begin(status, type);
        request.addIdleTimeoutListener(_ -> false);
        return Response.asBufferedOutputStream(request, response);
    }

    private void begin(int status, @Nullable String type) {
        begun = true;
        response.setStatus(status);
        if (type != null) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, checked(type));
        }
        StandardFields.complete(response.getHeaders(), secure);
    }

    /// Whether an answer was begun: too late for another.
    boolean begun() {
        return begun || response.isCommitted();
    }

    @Override
    public void webSocket(String protocol, int messageBytes, SocketHandler handler) {
        upgrade = new Upgrade(protocol, messageBytes, handler);
    }

    @Nullable Upgrade upgrade() {
        return upgrade;
    }
}
