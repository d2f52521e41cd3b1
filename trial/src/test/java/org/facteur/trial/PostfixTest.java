package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.facteur.trial.server.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Letters between Facteur and Debian's Postfix, both ways: each relays to the other.
class PostfixTest {
    private static final String PASSWORD = "lanterne sous la treille";

    @TempDir Path directory;

    @Test
    void lettersTravelBothWays() throws IOException, InterruptedException {
        int postfixPort = freePort();
        Path data = directory.resolve("data");
        ServerProcess.command(data, "", "domain", "add", "example.org");
        ServerProcess.command(
                data, PASSWORD + "\n", "account", "add", "alice@example.org", "--password-stdin");
        try (ServerProcess server = ServerProcess.start(data, Map.of(), "")) {
            Path postfix = directory.resolve("postfix");
            Process master = startPostfix(postfix, postfixPort, server.port("smtp"));
            try {
                awaitPort(postfixPort);
                Program.Ran sent =
                        Program.run(
                                directory,
                                "",
                                List.of(
                                        "swaks",
                                        "--server",
                                        "127.0.0.1",
                                        "--port",
                                        Integer.toString(postfixPort),
                                        "--from",
                                        "bob@postfix.example",
                                        "--to",
                                        "alice@example.org",
                                        "--header",
                                        "Subject: through postfix"));
                assertThat(sent.status()).as(sent.output()).isZero();
                await().atMost(Duration.ofMinutes(1))
                        .untilAsserted(
                                () ->
                                        assertThat(inbox(server))
                                                .contains("Subject: through postfix"));
            } finally {
                stop(postfix, master);
            }
        }
    }

    @Test
    void aLetterGoesToPostfixEncryptedAndComesBack() throws IOException, InterruptedException {
        int postfixPort = freePort();
        Path data = directory.resolve("data");
        ServerProcess.command(data, "", "domain", "add", "example.org");
        ServerProcess.command(
                data, PASSWORD + "\n", "account", "add", "alice@example.org", "--password-stdin");
        ServerProcess.command(data, "", "alias", "add", "away@example.org", "carol@far.example");
        ServerProcess.command(
                data,
                "",
                "route",
                "set",
                "far.example",
                "[127.0.0.1]:" + postfixPort,
                "--tls",
                "offered");
        try (ServerProcess server = ServerProcess.start(data, Map.of(), "")) {
            Path postfix = directory.resolve("postfix");
            Process master = startPostfix(postfix, postfixPort, server.port("smtp"));
            try {
                awaitPort(postfixPort);
                Program.Ran sent =
                        Program.run(
                                directory,
                                "",
                                List.of(
                                        "swaks",
                                        "--server",
                                        "127.0.0.1",
                                        "--port",
                                        Integer.toString(server.port("smtp")),
                                        "--from",
                                        "bob@elsewhere.example",
                                        "--to",
                                        "away@example.org",
                                        "--header",
                                        "Subject: there and back"));
                assertThat(sent.status()).as(sent.output()).isZero();
                await().atMost(Duration.ofMinutes(1))
                        .untilAsserted(
                                () ->
                                        assertThat(inbox(server))
                                                .contains("Subject: there and back")
                                                .contains("using TLSv1.3"));
                assertThat(server.command("", "queue", "list").out()).doesNotContain("far.example");
            } finally {
                stop(postfix, master);
            }
        }
    }

    /// A Postfix of its own in a directory: takes letters on one port and relays them to ours.
    private static Process startPostfix(Path home, int port, int ours) throws IOException {
        Path config = Files.createDirectories(home.resolve("etc"));
        Path queue = Files.createDirectories(home.resolve("queue"));
        Path lib = Files.createDirectories(home.resolve("lib"));
        Program.run(home, "", List.of("chown", "postfix", lib.toString()));
        Program.run(
                home, "", List.of("chmod", "a+rx", home.toString(), home.resolve("..").toString()));
        makeCertificate(home);
        Files.writeString(
                config.resolve("main.cf"),
                """
                compatibility_level = 3.6
                queue_directory = %s
                data_directory = %s
                myhostname = postfix.example
                mydestination =
                inet_interfaces = 127.0.0.1
                mynetworks = 127.0.0.0/8
                relayhost = [127.0.0.1]:%d
                smtp_tls_security_level = may
                disable_dns_lookups = yes
                maillog_file = /dev/stdout
                alias_maps =
                alias_database =
                virtual_alias_domains = far.example
                virtual_alias_maps = inline:{ { carol@far.example = alice@example.org } }
                smtpd_tls_security_level = may
                smtpd_tls_received_header = yes
                smtpd_tls_cert_file = %s
                smtpd_tls_key_file = %s
                """
                        .formatted(
                                queue,
                                lib,
                                ours,
                                home.resolve("cert.pem"),
                                home.resolve("key.pem")));
        String master = Files.readString(Path.of("/etc/postfix/master.cf"));
        Files.writeString(
                config.resolve("master.cf"),
                master.replaceFirst(
                                "(?m)^smtp\\s+inet\\s+n\\s+-\\s+\\S+\\s+-\\s+-\\s+smtpd",
                                "127.0.0.1:" + port + " inet n - n - - smtpd")
                        .replaceAll("(?m)^(\\S+\\s+\\S+\\s+\\S+\\s+\\S+\\s+)y(\\s)", "$1n$2"));
        return new ProcessBuilder("postfix", "-c", config.toString(), "start-fg")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start();
    }

    private static void makeCertificate(Path home) throws IOException {
        Program.run(
                home,
                "",
                List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-subj",
                        "/CN=postfix.example",
                        "-keyout",
                        "key.pem",
                        "-out",
                        "cert.pem"));
    }

    private static void stop(Path postfix, Process master)
            throws IOException, InterruptedException {
        Program.run(
                postfix, "", List.of("postfix", "-c", postfix.resolve("etc").toString(), "stop"));
        if (!master.waitFor(30, TimeUnit.SECONDS)) {
            master.destroyForcibly();
        }
    }

    private String inbox(ServerProcess server) throws IOException {
        return Program.run(
                        directory,
                        "",
                        List.of(
                                "curl",
                                "-sS",
                                "-k",
                                "-u",
                                "alice@example.org:" + PASSWORD,
                                "imaps://127.0.0.1:" + server.port("imaps") + "/INBOX;MAILINDEX=1"))
                .output();
    }

    private static void awaitPort(int port) {
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(
                        () -> {
                            try (var socket =
                                    new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
                                return socket.isConnected();
                            }
                        });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
