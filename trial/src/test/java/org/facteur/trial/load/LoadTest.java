package org.facteur.trial.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.facteur.trial.server.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The load generator against a running server: what it counts is there.
class LoadTest {
    private static final Boxes BOXES = new Boxes("example.org", 2, "lanterne-sous-la-treille-9");

    @TempDir static Path directory;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        Path data = directory.resolve("data");
        done(ServerProcess.command(data, "", "domain", "add", BOXES.domain()));
        done(ServerProcess.command(data, "", "config", "set", "insecure-plaintext-login", "on"));
        server = ServerProcess.start(data, Map.of(), "");
        for (String address : BOXES.addresses()) {
            done(
                    server.command(
                            BOXES.password() + "\n",
                            "account",
                            "add",
                            address,
                            "--password-stdin"));
        }
    }

    @AfterAll
    static void verify() throws IOException {
        server.stop();
        assertThat(ServerProcess.command(server.data(), "", "verify").out())
                .contains("The store is sound.");
    }

    private static void done(ServerProcess.Ran ran) {
        assertThat(ran.status()).as(ran.err()).isZero();
    }

    private static Endpoint door(String service) {
        return Endpoint.loopback(server.port(service));
    }

    private static DeliveryLoad load(String service, Boxes boxes) {
        return new DeliveryLoad(
                door(service),
                service.equals("lmtp"),
                door("imap"),
                boxes,
                new DeliveryLoad.Size(4, 10_000, 20, Duration.ofMinutes(5), 1));
    }

    private static void deliverTo(String address) throws IOException {
        try (SmtpClient client = new SmtpClient(door("smtp"), false)) {
            client.deliver(address, SampleLetter.stuffed(1, 1000));
        }
    }

    private static long letters() throws IOException {
        long letters = 0;
        for (String address : BOXES.addresses()) {
            try (ImapClient reader = new ImapClient(door("imap"), address, BOXES.password())) {
                letters += reader.letters();
            }
        }
        return letters;
    }

    @Test
    void everyLetterDeliveredBySmtpIsVisible() throws IOException {
        long before = letters();
        assertThat(load("smtp", BOXES).run().letters()).isEqualTo(20);
        assertThat(letters() - before).isEqualTo(20);
    }

    @Test
    void everyLetterDeliveredByLmtpIsVisible() throws IOException {
        long before = letters();
        assertThat(load("lmtp", BOXES).run().letters()).isEqualTo(20);
        assertThat(letters() - before).isEqualTo(20);
    }

    @Test
    void aLetterThatIsRefusedEndsTheLoad() {
        assertThatThrownBy(() -> deliverTo("ghost@example.org"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("550");
    }

    @Test
    void boxesAreReadByImapAndPop() throws IOException {
        load("smtp", BOXES).run();
        Duration moment = Duration.ofMillis(200);
        ReadingLoad imap = new ReadingLoad(door("imap"), BOXES, 2, moment);
        assertThat(imap.run(ReadingLoad.Act.LOGIN)).isPositive();
        assertThat(imap.run(ReadingLoad.Act.APPEND)).isPositive();
        try (ImapClient reader = new ImapClient(door("imap"), BOXES.address(0), BOXES.password())) {
            reader.select();
            reader.window(1, 5);
        }
        try (PopClient reader = new PopClient(door("pop3"), BOXES.address(1), BOXES.password())) {
            reader.retrieve(1);
        }
    }

    @Test
    void aProcessIsMeasuredWithItsChildren() throws IOException {
        ProcessTree own = new ProcessTree(ProcessHandle.current().pid());
        assertThat(own.members()).contains(own.pid(), server.pid());
        assertThat(own.cpu()).isPositive();
        assertThat(own.residentOctets())
                .isGreaterThan(new ProcessTree(server.pid()).residentOctets());
    }
}
