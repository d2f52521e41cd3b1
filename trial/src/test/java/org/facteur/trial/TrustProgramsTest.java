package org.facteur.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.facteur.trial.server.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two post offices and Debian's programs look at the same letters: what one signs, another and
/// OpenDKIM and dkimpy find in order, and pyspf thinks of a sender what the door thinks.
class TrustProgramsTest {
    private static final String PASSWORD = "lanterne sous la treille";
    private static final String KEYS = "\nimport dkim, sys, json\n";

    @TempDir static Path directory;

    private static TestDns dns;
    private static ServerProcess home;
    private static ServerProcess far;
    private static List<String[]> texts;

    @BeforeAll
    static void open() throws IOException {
        dns = new TestDns();
        Path homeData = directory.resolve("home");
        Path farData = directory.resolve("far");
        ServerProcess.command(homeData, "", "domain", "add", "example.org");
        ServerProcess.command(
                homeData,
                PASSWORD + "\n",
                "account",
                "add",
                "alice@example.org",
                "--password-stdin");
        ServerProcess.command(farData, "", "domain", "add", "far.example");
        ServerProcess.command(
                farData, PASSWORD + "\n", "account", "add", "zoe@far.example", "--password-stdin");
        ServerProcess.command(
                farData, "", "config", "set", "reception.authentication-loopback", "on");
        far = start(farData);
        ServerProcess.command(
                homeData,
                "",
                "route",
                "set",
                "far.example",
                "[127.0.0.1]:" + far.port("smtp"),
                "--tls",
                "offered");
        home = start(homeData);
        texts = publish();
    }

    private static ServerProcess start(Path data) throws IOException {
        return ServerProcess.start(
                data, Map.of(), "[dns]\nservers = [\"127.0.0.1:" + dns.port() + "\"]\n");
    }

    @AfterAll
    static void close() {
        home.close();
        far.close();
        dns.close();
    }

    /// What `domain dns` prints, and the loopback as a sender.
    private static List<String[]> publish() throws IOException {
        List<String[]> published = new ArrayList<>();
        JsonNode rows =
                JsonMapper.builder()
                        .build()
                        .readTree(home.command("", "domain", "dns", "example.org", "--json").out());
        for (JsonNode row : rows) {
            String name = row.get("name").asString();
            String bare = name.substring(0, name.length() - 1);
            if (row.get("type").asString().equals("TXT")) {
                published.add(new String[] {bare, row.get("value").asString()});
                dns.add(bare, "TXT", row.get("value").asString());
            }
        }
        dns.add("example.org", "MX", "10 mail.example.org.");
        dns.add("mail.example.org", "A", "127.0.0.1");
        dns.add("1.0.0.127.in-addr.arpa", "PTR", "mail.example.org.");
        dns.add("bank.example", "TXT", "v=spf1 -all");
        dns.add("_dmarc.bank.example", "TXT", "v=DMARC1; p=reject");
        return published;
    }

    private Program.Ran swaks(int port, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("swaks", "--server", "127.0.0.1", "--port", "" + port));
        command.addAll(List.of(arguments));
        return Program.run(directory, "", command);
    }

    private String arrived() throws IOException {
        return Program.run(
                        directory,
                        "",
                        List.of(
                                "curl",
                                "-sS",
                                "-k",
                                "-u",
                                "zoe@far.example:" + PASSWORD,
                                "imaps://127.0.0.1:" + far.port("imaps") + "/INBOX;MAILINDEX=1"))
                .output();
    }

    @Test
    void everybodyAgreesOnWhatIsSignedHere() throws IOException {
        Program.Ran sent =
                swaks(
                        home.port("submission"),
                        "--tls",
                        "--auth-user",
                        "alice@example.org",
                        "--auth-password",
                        PASSWORD,
                        "--from",
                        "alice@example.org",
                        "--to",
                        "zoe@far.example",
                        "--header",
                        "Subject: soup and bread",
                        "--body",
                        "Hello  zoe \n\n.dot\n\n\n");
        assertThat(sent.status()).as(sent.output()).isZero();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> arrived().contains("Subject: soup and bread"));
        String letter = arrived();
        String results = letter.replace("\r\n\t", " ").replace("\r\n ", " ");
        assertThat(results)
                .contains("dkim=pass header.d=example.org header.s=facteur-r1")
                .contains("dkim=pass header.d=example.org header.s=facteur-e1")
                .contains("spf=pass smtp.mailfrom=alice@example.org")
                .contains("iprev=pass")
                .contains("dmarc=pass reason=\"p=quarantine\" header.from=example.org");
        assertThat(far.command("", "letter", "explain", "zoe@far.example", "INBOX").out())
                .contains("dmarc", "example.org (p=quarantine)");
        Path file = directory.resolve("letter.eml");
        Files.write(file, letter.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(dkimpy(file)).isEqualTo("True\nTrue\n");
        assertThat(openDkim(file))
                .contains("verification (s=facteur-r1, d=example.org")
                .contains("succeeded");
        Files.write(
                file,
                letter.replace("soup", "soap")
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(dkimpy(file)).isEqualTo("False\nFalse\n");
    }

    private String dkimpy(Path file) throws IOException {
        StringBuilder zone = new StringBuilder("zone = {");
        for (String[] each : keyTexts()) {
            zone.append("b'").append(each[0]).append(".': b'").append(each[1]).append("',");
        }
        return Program.run(
                        directory,
                        KEYS
                                + zone
                                + "}\n"
                                + "d = dkim.DKIM(open(sys.argv[1], 'rb').read())\n"
                                + "for i in range(2):\n"
                                + "    try:\n"
                                + "        print(d.verify(i, lambda name, timeout=5: zone.get(name)))\n"
                                + "    except dkim.DKIMException as e:\n"
                                + "        print(e)\n",
                        List.of("/usr/bin/python3", "-", file.toString()))
                .output();
    }

    private List<String[]> keyTexts() {
        return texts.stream().filter(each -> each[0].contains("_domainkey")).toList();
    }

    private String openDkim(Path file) throws IOException {
        StringBuilder zone = new StringBuilder();
        for (String[] each : keyTexts()) {
            zone.append(each[0]).append(' ').append(each[1]).append('\n');
        }
        Path data = Program.configure(directory.resolve("zone"), zone.toString());
        Path config =
                Program.configure(
                        directory.resolve("opendkim.conf"),
                        "Mode v\nSyslog no\nTestDNSData " + data + "\n");
        return Program.run(
                        directory,
                        "",
                        List.of("opendkim", "-x", config.toString(), "-vv", "-t", file.toString()))
                .output();
    }

    @Test
    void aForgedLetterIsRefusedAndPyspfAgreesOnItsSender() throws IOException {
        Program.Ran refused =
                swaks(
                        far.port("smtp"),
                        "--from",
                        "a@bank.example",
                        "--to",
                        "zoe@far.example",
                        "--h-From",
                        "a@bank.example");
        assertThat(refused.output()).contains("550 5.7.1 bank.example says");
        assertThat(spf("127.0.0.1", "a@bank.example")).startsWith("fail");
        assertThat(spf("127.0.0.1", "alice@example.org")).startsWith("pass");
    }

    /// What pyspf says, asking the same name server.
    private String spf(String address, String sender) throws IOException {
        return Program.run(
                        directory,
                        "import dns.resolver, spf, sys\n"
                                + "r = dns.resolver.Resolver(configure=False)\n"
                                + "r.nameservers = ['127.0.0.1']\n"
                                + "r.port = "
                                + dns.port()
                                + "\ndns.resolver.default_resolver = r\n"
                                + "print(spf.check2(sys.argv[1], sys.argv[2], 'x.example')[0])\n",
                        List.of("/usr/bin/python3", "-", address, sender))
                .output();
    }

    @Test
    void theDnsIsComparedWithWhatShouldBeThere() throws IOException {
        String resolver = "127.0.0.1:" + dns.port();
        String[] command = {
            "domain", "dns", "example.org", "--check", "--resolver", resolver, "--json"
        };
        ServerProcess.Ran right = home.command("", command);
        assertThat(right.status()).as(right.out() + right.err()).isZero();
        assertThat(right.out()).contains("\"state\":\"right\"").doesNotContain("missing");
        assertThat(home.command("", "domain", "key", "rotate", "example.org").status()).isZero();
        ServerProcess.Ran missing = home.command("", command);
        assertThat(missing.status()).isNotZero();
        assertThat(missing.out()).contains("\"state\":\"missing\"");
        assertThat(home.command("", "domain", "key", "list", "example.org", "--json").out())
                .contains("facteur-r1", "\"signs\":true", "\"signs\":false");
    }
}
