package org.facteur.net.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One request and its answer. Used by the thread it was given to, and not after its handler has
/// returned.
///
/// An answer carries these fields where its handler sets none of the name: `Cache-Control:
/// no-store`, a `Content-Security-Policy` that allows nothing, and what keeps other origins out.
public interface Exchange {
    String method();

    /// In its one canonical form, decoded, without query; begins with `/`. Paths that can be read
    /// in two ways never come here.
    String path();

    /// The first parameter of the query with this name, decoded.
    Optional<String> parameter(String name);

    /// The first field of this name, in any case.
    Optional<String> header(String name);

    Optional<String> cookie(String name);

    /// Who asks.
    InetAddress source();

    /// Whether the line is encrypted.
    boolean secure();

    /// Scheme, host and port as the client named them: `https://mail.example.org`. Of characters
    /// that URLs allow there and no others.
    String origin();

    /// The whole body.
    ///
    /// @throws org.facteur.base.fault.Refusal TOO_LARGE past `mostBytes`
    /// @throws IOException when the client leaves or sends too slowly
    byte[] body(int mostBytes) throws IOException;

    /// The body as it comes. Reading past `mostBytes` throws as [#body].
    InputStream input(long mostBytes) throws IOException;

    /// Sets a field of the answer in the place of one of the same name.
    ///
    /// @throws org.facteur.wire.text.SyntaxFault for a control character: a value can never begin
    ///   another field
    void set(String name, String value);

    /// Adds a field of the answer, as cookies need it.
    void add(String name, String value);

    /// Answers whole. Text of some size is compressed where the client takes it.
    ///
    /// @param type of the body; ignored where it is empty
    void send(int status, String type, byte[] body) throws IOException;

    /// Begins an answer that is written piece by piece; flushed when the stream is, ended when it
    /// is closed. Such an answer may take as long as it likes.
    OutputStream stream(int status, String type) throws IOException;

    /// Becomes a WebSocket (RFC 6455 §4.2).
    ///
    /// @param protocol the subprotocol spoken; a client that does not offer it is refused
    /// @param messageBytes the longest message it may send
    void webSocket(String protocol, int messageBytes, SocketHandler handler) throws IOException;

    default void sendJson(int status, String json) throws IOException {
        send(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /// Answers that it cannot be, in the form of RFC 9457 §3.
    ///
    /// @param detail in English, for whoever writes the client; never a secret
    default void problem(int status, String detail) throws IOException {
        problem("about:blank", status, detail);
    }

    /// @param kind a URI that names the kind of problem
    default void problem(String kind, int status, String detail) throws IOException {
        String json =
                "{\"type\":"
                        + Problem.quoted(kind)
                        + ",\"status\":"
                        + status
                        + ",\"detail\":"
                        + Problem.quoted(detail)
                        + "}";
        send(status, "application/problem+json", json.getBytes(StandardCharsets.UTF_8));
    }
}
