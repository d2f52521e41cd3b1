package org.facteur.trial.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// Hands letters in by SMTP or LMTP, with pipelining (RFC 2920). One thread.
final class SmtpClient implements Closeable {
    private final Talker talker;

    SmtpClient(Endpoint server, boolean lmtp) throws IOException {
        this.talker = new Talker(server);
        try {
            expect("220", reply());
            talker.send((lmtp ? "LHLO" : "EHLO") + " client.example.net\r\n");
            expect("250", reply());
        } catch (IOException | RuntimeException failed) {
            talker.close();
            throw failed;
        }
    }

    /// Delivers one letter to one recipient; when this returns it is accepted.
    ///
    /// @param stuffed the letter with its dots doubled and the final dot
    /// @throws IOException when the server does not accept it
    void deliver(String to, byte[] stuffed) throws IOException {
        deliver(List.of(to), stuffed);
    }

    /// Delivers one letter to some recipients; when this returns it is accepted for all.
    void deliver(List<String> to, byte[] stuffed) throws IOException {
        StringBuilder envelope = new StringBuilder("MAIL FROM:<friend@example.net>\r\n");
        to.forEach(each -> envelope.append("RCPT TO:<").append(each).append(">\r\n"));
        talker.send(envelope.append("DATA\r\n").toString());
        for (int i = 0; i <= to.size(); i++) {
            expect("250", reply());
        }
        expect("354", reply());
        talker.send(stuffed);
        expect("250", reply());
    }

    private String reply() throws IOException {
        String line = talker.line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = talker.line();
        }
        return line;
    }

    private static void expect(String code, String reply) throws IOException {
        if (!reply.startsWith(code)) {
            throw new IOException("expected " + code + " and got " + reply);
        }
    }

    @Override
    public void close() throws IOException {
        try (talker) {
            talker.send("QUIT\r\n");
            reply();
        }
    }
}
