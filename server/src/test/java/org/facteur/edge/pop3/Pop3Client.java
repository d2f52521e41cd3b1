package org.facteur.edge.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.facteur.net.listen.Listener;
import org.facteur.wire.pop3.Pop3Limits;
import org.facteur.wire.pop3.Pop3Reply;
import org.facteur.wire.pop3.Pop3ReplyReader;
import org.facteur.wire.text.LineReader;

/// A client of one connection.
final class Pop3Client implements AutoCloseable {
    private final Socket socket;
    private final Pop3ReplyReader in;

    Pop3Client(Listener listener) throws IOException {
        this(new Socket(listener.address().getAddress(), listener.address().getPort()));
    }

    Pop3Client(Socket line) throws IOException {
        this(line, true);
    }

    /// After STLS: nobody greets again.
    static Pop3Client resumed(Socket line) throws IOException {
        return new Pop3Client(line, false);
    }

    private Pop3Client(Socket line, boolean greeted) throws IOException {
        socket = line;
        var stream = socket.getInputStream();
        in = new Pop3ReplyReader(new LineReader(stream::read), Pop3Limits.DEFAULT);
        if (greeted) {
            assertThat(in.readReply()).isInstanceOf(Pop3Reply.Ok.class);
        }
    }

    Pop3ReplyReader in() {
        return in;
    }

    Socket socket() {
        return socket;
    }

    void signIn(String name, String password) throws IOException {
        ok("USER " + name);
        ok("PASS " + password);
    }

    void send(String lines) throws IOException {
        socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    Pop3Reply say(String line) throws IOException {
        send(line + "\r\n");
        return in.readReply();
    }

    String ok(String line) throws IOException {
        Pop3Reply reply = say(line);
        assertThat(reply).as(line).isInstanceOf(Pop3Reply.Ok.class);
        return ((Pop3Reply.Ok) reply).text();
    }

    Pop3Reply.Err err(String line) throws IOException {
        Pop3Reply reply = say(line);
        assertThat(reply).as(line).isInstanceOf(Pop3Reply.Err.class);
        return (Pop3Reply.Err) reply;
    }

    List<String> lines(String line) throws IOException {
        ok(line);
        List<String> lines = new ArrayList<>();
        for (String each = in.readLine(); each != null; each = in.readLine()) {
            lines.add(each);
        }
        return lines;
    }

    String letter(String line) throws IOException {
        ok(line);
        ByteArrayOutputStream letter = new ByteArrayOutputStream();
        in.readLetter(letter::write, 100_000_000);
        return letter.toString(StandardCharsets.UTF_8);
    }

    boolean ended() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
