package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.facteur.trial.server.ServerProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Letters to Debian's Exim and OpenSMTPD and back again: an alias of ours leads to an address of
/// theirs, which leads to somebody here.
///
/// Debian installs one mail server at a time. These two are unpacked beside the system, in the
/// folder that the system property `facteur.peers` names.
class OtherServersTest {
    private static final String PASSWORD = "lanterne sous la treille";
    private static final Path PEERS =
            Path.of(System.getProperty("facteur.peers", "/opt/facteur-peers"));

    @TempDir Path directory;

    private Path data;
    private int port;

    @BeforeEach
    void people() throws IOException {
        assertThat(PEERS).as("the folder of mail servers that .ci/run unpacks").isDirectory();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        data = directory.resolve("data");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ServerProcess.command(data, "", "domain", "add", "example.org");
        ServerProcess.command(
                data, PASSWORD + "\n", "account", "add", "alice@example.org", "--password-stdin");
        ServerProcess.command(data, "", "alias", "add", "away@example.org", "carol@far.example");
        ServerProcess.command(
                data, "", "route", "set", "far.example", "[127.0.0.1]:" + port, "--tls", "offered");
    }

    @Test
    void eximTakesALetterEncryptedAndBringsItBackEncrypted()
            throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(data, Map.of(), "")) {
            Process exim = exim(server.port("smtp"));
            try {
                String letter = thereAndBack(server);
                assertThat(letter).contains("with ESMTPS").contains("(TLS1.3)");
                assertThat(server.command("", "report", "tls").status()).isZero();
            } finally {
                stop(exim);
            }
        }
    }

    /// This OpenSMTPD cannot finish a handshake as a server with this OpenSSL: the letter goes
    /// there in the clear at the second try, and comes back encrypted.
    @Test
    void openSmtpdTakesALetterAndBringsItBackEncrypted() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(data, Map.of(), "")) {
            Process openSmtpd = openSmtpd(server.port("smtp"));
            try {
                assertThat(thereAndBack(server)).contains("with ESMTPS");
            } finally {
                stop(openSmtpd);
            }
        }
    }

    private String thereAndBack(ServerProcess server) throws IOException {
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(
                        () -> {
                            try (var socket =
                                    new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
                                return socket.isConnected();
                            }
                        });
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
                .untilAsserted(() -> assertThat(inbox(server)).contains("Subject: there and back"));
        assertThat(server.command("", "queue", "list").out()).doesNotContain("far.example");
        String letter = inbox(server);
        assertThat(letter)
                .as("the sender leads reports back through us")
                .contains("=elsewhere.example=bob@example.org>");
        return letter;
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

    private Process exim(int ours) throws IOException {
        Path home = Files.createDirectories(directory.resolve("exim"));
        Files.createDirectories(home.resolve("spool"));
        Files.createDirectories(home.resolve("log"));
        certificate(home, "rsa:2048");
        Files.writeString(
                home.resolve("exim.conf"),
                """
                primary_hostname = exim.example
                exim_path = %1$s
                exim_user = Debian-exim
                exim_group = Debian-exim
                spool_directory = %2$s/spool
                log_file_path = %2$s/log/%%slog
                daemon_smtp_ports = %3$d
                local_interfaces = 127.0.0.1
                tls_advertise_hosts = *
                tls_certificate = %2$s/cert.pem
                tls_privatekey = %2$s/key.pem
                keep_environment =
                acl_smtp_rcpt = take
                acl_smtp_data = accept
                begin acl
                take:
                  accept
                begin routers
                away:
                  driver = redirect
                  domains = far.example
                  data = alice@example.org
                ours:
                  driver = manualroute
                  domains = example.org
                  transport = out
                  route_list = * 127.0.0.1 byname
                  self = send
                begin transports
                out:
                  driver = smtp
                  port = %4$d
                  allow_localhost
                  hosts_require_tls = *
                  tls_try_verify_hosts = :
                begin retry
                * * F,1h,1m
                """
                        .formatted(PEERS.resolve("usr/sbin/exim4"), home, port, ours));
        Program.run(home, "", List.of("chown", "-R", "Debian-exim", "spool", "log", "key.pem"));
        return start(
                home,
                List.of(
                        PEERS.resolve("usr/sbin/exim4").toString(),
                        "-C",
                        home.resolve("exim.conf").toString(),
                        // One process after the other does all work, so that none loses its rights.
                        "-bdf",
                        "-q1m"));
    }

    private Process openSmtpd(int ours) throws IOException {
        Path home = Files.createDirectories(directory.resolve("opensmtpd"));
        certificate(home, "rsa:2048");
        Files.setPosixFilePermissions(
                home.resolve("key.pem"), PosixFilePermissions.fromString("rw-------"));
        Path config = home.resolve("smtpd.conf");
        Files.writeString(
                config,
                """
                pki smtp.example cert "%1$s/cert.pem"
                pki smtp.example key "%1$s/key.pem"
                table away { "carol@far.example" = "alice@example.org" }
                listen on 127.0.0.1 port %2$d tls pki smtp.example hostname smtp.example
                action "in" expand-only virtual <away>
                action "out" relay host "smtp+tls://127.0.0.1:%3$d" tls no-verify
                match from any for domain "far.example" action "in"
                match from any for any action "out"
                """
                        .formatted(home, port, ours));
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        return start(
                home,
                List.of(PEERS.resolve("usr/sbin/smtpd").toString(), "-d", "-f", config.toString()));
    }

    private static Process start(Path home, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out").toFile())
                .start();
    }

    private static void certificate(Path home, String kind) throws IOException {
        Program.run(
                home,
                "",
                List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        kind,
                        "-nodes",
                        "-subj",
                        "/CN=peer.example",
                        "-keyout",
                        "key.pem",
                        "-out",
                        "cert.pem"));
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
