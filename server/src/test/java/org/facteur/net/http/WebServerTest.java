package org.facteur.net.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.net.tls.Certificates;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebServerTest {
    @TempDir Path directory;

    private WebServer server;
    private InetSocketAddress local;
    private InetSocketAddress encrypted;
    private InetSocketAddress open;

    @BeforeEach
    void start() throws IOException {
        Map<String, HttpHandler> routes =
                Map.of(
                        "/echo",
                        exchange ->
                                exchange.send(
                                        200,
                                        "text/plain",
                                        (exchange.method()
                                                        + " "
                                                        + exchange.secure()
                                                        + " "
                                                        + new String(
                                                                exchange.body(1000),
                                                                StandardCharsets.UTF_8))
                                                .getBytes(StandardCharsets.UTF_8)),
                        "/fault/",
                        WebServerTest::fail,
                        "/stream",
                        exchange -> {
                            try (OutputStream out = exchange.stream(200, "text/plain")) {
                                out.write("piece by piece".getBytes(StandardCharsets.UTF_8));
                            }
                        });
        HttpHandler proof = exchange -> exchange.send(200, "text/plain", new byte[] {'k'});
        server =
                new WebServer(
                        new WebServer.Site(
                                new HttpRoutes(routes),
                                new HttpRoutes(Map.of("/.well-known/acme-challenge/", proof)),
                                Set.of("pages.example.org")),
                        HttpLimits.STANDARD);
        local = server.listen(loopback(), WebServer.Door.LOCAL, null);
        open = server.listen(loopback(), WebServer.Door.REDIRECT, null);
        SSLContext tls =
                Certificates.selfSigned(directory, "localhost", InstantSource.system()).context();
        encrypted = server.listen(loopback(), WebServer.Door.TLS, tls);
        server.start();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static void fail(Exchange exchange) {
        switch (exchange.path()) {
            case "/fault/grammar" -> throw SyntaxFault.at(0, "sense", "RFC 9110 §15.5.1");
            case "/fault/missing" ->
                    throw new Refusal(Refusal.Reason.NOT_FOUND, "Not here.", "Pas ici.");
            case "/fault/forbidden" -> throw new Refusal(Refusal.Reason.NOT_ALLOWED, "No.", "Non.");
            case "/fault/full" -> throw new Refusal(Refusal.Reason.OVER_QUOTA, "Full.", "Plein.");
            case "/fault/busy" -> throw new Busy("secret cause");
            default -> throw new IllegalStateException("secret state");
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest request)
            throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    private HttpRequest.Builder plain(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + local.getPort() + path));
    }

    private static HttpResponse<String> get(HttpRequest.Builder request) throws IOException {
        return send(HttpClient.newHttpClient(), request.build());
    }

    @Test
    void aBodyComesAndAnAnswerGoes() throws IOException {
        HttpResponse<String> answer =
                get(plain("/echo").POST(HttpRequest.BodyPublishers.ofString("hello")));
        assertThat(answer.body()).isEqualTo("POST false hello");
        assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(answer.headers().firstValue("server")).isEmpty();
        assertThat(answer.headers().firstValue("strict-transport-security")).isEmpty();
        assertThat(get(plain("/stream")).body()).isEqualTo("piece by piece");
    }

    @Test
    void encryptedLinesSpeakTheSecondVersion() throws IOException, GeneralSecurityException {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new Trusting()}, null);
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting).build()) {
            URI uri = URI.create("https://localhost:" + encrypted.getPort() + "/echo");
            HttpResponse<String> answer = send(client, HttpRequest.newBuilder(uri).build());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.body()).isEqualTo("GET true ");
            assertThat(answer.headers().firstValue("strict-transport-security")).isPresent();
        }
    }

    @Test
    void theClearSendsToTheEncrypted() throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + open.getPort() + "/echo?a=b");
        HttpResponse<String> answer = get(HttpRequest.newBuilder(uri));
        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(answer.headers().firstValue("location"))
                .contains("https://127.0.0.1:" + encrypted.getPort() + "/echo?a=b");
        URI challenge =
                URI.create(
                        "http://127.0.0.1:" + open.getPort() + "/.well-known/acme-challenge/token");
        assertThat(get(HttpRequest.newBuilder(challenge)).body()).isEqualTo("k");
    }

    @ParameterizedTest
    @CsvSource({
        "/fault/grammar, 400",
        "/fault/missing, 404",
        "/fault/forbidden, 403",
        "/fault/full, 507",
        "/fault/busy, 503",
        "/fault/bug, 500",
        "/nothing, 404",
        "/echo/more, 404"
    })
    void faultsAreMappedOnce(String path, int status) throws IOException {
        HttpResponse<String> answer = get(plain(path));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void whatIsTooMuchIsRefused() throws IOException {
        assertThat(get(plain("/echo?" + "a".repeat(9000))).statusCode()).isEqualTo(414);
        HttpRequest.Builder many = plain("/echo");
        for (int i = 0; i < 101; i++) {
            many.header("X-" + i, "x");
        }
        assertThat(get(many).statusCode()).isEqualTo(431);
        assertThat(get(plain("/echo").header("X-Long", "x".repeat(40_000))).statusCode())
                .isEqualTo(431);
        assertThat(
                        get(plain("/echo")
                                        .POST(
                                                HttpRequest.BodyPublishers.ofString(
                                                        "x".repeat(1001))))
                                .statusCode())
                .isEqualTo(413);
        assertThat(
                        get(plain("/echo")
                                        .header("Content-Encoding", "gzip")
                                        .POST(HttpRequest.BodyPublishers.ofString("x")))
                                .statusCode())
                .isEqualTo(415);
    }

    @Test
    void onlyThisMachineIsServedInTheClear() {
        InetSocketAddress everywhere = new InetSocketAddress(0);
        assertThatThrownBy(() -> server.listen(everywhere, WebServer.Door.LOCAL, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Takes every certificate: who is there is not asked here.
    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(
                X509Certificate[] chain, String type, java.net.@Nullable Socket socket) {}

        @Override
        public void checkServerTrusted(
                X509Certificate[] chain, String type, java.net.@Nullable Socket socket) {}

        @Override
        public void checkClientTrusted(
                X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

        @Override
        public void checkServerTrusted(
                X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
