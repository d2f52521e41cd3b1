package org.facteur.edge.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A client that sends lines and reads lines; literals come as part of the line they are in. All
/// text is ISO-8859-1, so that octets stay octets.
final class Dialogue implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private int commands;

    private Dialogue(Socket socket) throws IOException {
        use(socket);
    }

    static Dialogue dial(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        Dialogue dialogue = new Dialogue(socket);
        assertThat(dialogue.read()).startsWith("* OK ");
        return dialogue;
    }

    /// Goes on over another socket, such as one with TLS around this one.
    void use(Socket next) throws IOException {
        socket = next;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    Socket socket() {
        return socket;
    }

    void send(String octets) throws IOException {
        out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /// One response, literals and all, without its last CRLF; the empty text when the server has
    /// ended.
    String read() throws IOException {
        StringBuilder response = new StringBuilder();
        while (true) {
            String line = line();
            response.append(line);
            long octets = literal(line);
            if (octets < 0) {
                return response.toString();
            }
            response.append("\r\n")
                    .append(new String(in.readNBytes((int) octets), StandardCharsets.ISO_8859_1));
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int octet = in.read();
        while (octet >= 0 && octet != '\n') {
            line.append((char) octet);
            octet = in.read();
        }
        if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return line.toString();
    }

    private static long literal(String line) {
        if (!line.endsWith("}")) {
            return -1;
        }
        int open = line.lastIndexOf('{');
        return Long.parseLong(line.substring(open + 1, line.length() - 1));
    }

    /// Sends a command and reads up to its tagged response, which comes last, without the tag.
    List<String> ask(String command) throws IOException {
        String tag = "c" + ++commands;
        send(tag + " " + command + "\r\n");
        return answers(tag);
    }

    /// Reads up to a tagged response.
    List<String> answers(String tag) throws IOException {
        List<String> all = new ArrayList<>();
        while (true) {
            String response = read();
            if (response.isEmpty()) {
                all.add("");
                return all;
            }
            if (response.startsWith(tag + " ")) {
                all.add(response.substring(tag.length() + 1));
                return all;
            }
            all.add(response);
        }
    }

    /// The same, and the command must succeed.
    List<String> ok(String command) throws IOException {
        List<String> answers = ask(command);
        assertThat(answers.getLast()).as(command).startsWith("OK");
        return answers;
    }

    /// The last response to a command.
    String result(String command) throws IOException {
        return ask(command).getLast();
    }

    /// Puts a letter into a mailbox and gives the tagged response.
    String append(String mailbox, String letter) throws IOException {
        return result("APPEND " + mailbox + " {" + letter.length() + "+}\r\n" + letter);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
