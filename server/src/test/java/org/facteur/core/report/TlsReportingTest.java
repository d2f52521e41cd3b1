package org.facteur.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.facteur.base.event.EventSink;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.Directory;
import org.facteur.core.account.DirectoryEditor;
import org.facteur.core.change.Hints;
import org.facteur.core.deliver.Consignment;
import org.facteur.core.deliver.Delivery;
import org.facteur.core.deliver.Envelope;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.queue.Queue;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.RetrySchedule;
import org.facteur.core.sieve.Scripts;
import org.facteur.store.blob.Blob;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.kv.Store;
import org.facteur.store.memory.MemoryEngine;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.report.TlsReport;
import org.facteur.wire.sieve.SieveLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Results counted, told to the domain once, and read where they arrive.
class TlsReportingTest {
    private static final Domain FAR = Domain.parse("far.example");
    private static final TlsReport.Policy POLICY =
            new TlsReport.Policy(
                    TlsReport.Policy.STS,
                    List.of("version: STSv1", "mode: testing"),
                    "far.example",
                    List.of("mx.far.example"));
    private static final TlsReport.Failure EXPIRED =
            new TlsReport.Failure("certificate-expired", null, "mx.far.example", "192.0.2.9", 1);

    private Instant now = Instant.parse("2030-01-01T12:00:00Z");
    private final Store store = new EngineStore(new MemoryEngine(), new Random(1), () -> now);
    private final Directory directory = new Directory(store);
    private final LetterBoxes boxes =
            new LetterBoxes(store, directory, new Hints(), () -> now, 10_000_000);
    private final Queue queue =
            new Queue(store, () -> now, () -> RetrySchedule.DEFAULT, EventSink.NONE);
    private final TlsReportShelf shelf = new TlsReportShelf(store, directory, () -> now);
    private final Delivery delivery =
            new Delivery(
                            directory,
                            new Delivery.Boxes(
                                    boxes,
                                    new Scripts(
                                            store, new Hints(), () -> now, SieveLimits.STANDARD)),
                            queue,
                            () -> now,
                            EventSink.NONE)
                    .with(shelf);
    private final TlsResults results = new TlsResults(store, () -> now);
    private final Map<String, Optional<List<String>>> texts = new HashMap<>();
    private final List<String> posted = new ArrayList<>();
    private TlsReporter reporter = reporter();

    private TlsReporter reporter() {
        return new TlsReporter(
                results,
                new TlsReporter.Outside(
                        Domain.parse("mail.example.org"),
                        name -> texts.getOrDefault(name, Optional.of(List.of())),
                        (uri, type, octets) -> posted.add(uri)),
                delivery,
                directory,
                () -> now);
    }

    @BeforeEach
    void domain() {
        DirectoryEditor editor = new DirectoryEditor(directory, () -> now);
        editor.addDomain(Domain.parse("example.org"), null);
        Account alice =
                editor.addAccount(EmailAddress.parse("alice@example.org"), "", Language.ENGLISH);
        boxes.prepare(alice.id(), Language.ENGLISH);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void someSessions() {
        results.note(FAR, POLICY, null);
        results.note(FAR, POLICY, EXPIRED);
        results.flush();
        results.note(FAR, POLICY, EXPIRED);
        results.note(FAR, POLICY, null);
        results.note(FAR, POLICY, null);
        results.flush();
        results.flush();
    }

    private String letter(QueueItem item) {
        try (Blob blob = queue.open(item)) {
            byte[] octets = new byte[(int) blob.size()];
            blob.read(0, octets, 0, octets.length);
            return new String(octets, StandardCharsets.US_ASCII);
        }
    }

    @Test
    void sessionsAreCountedByDayAndPolicy() {
        someSessions();
        now = now.plus(Duration.ofDays(1));
        results.note(FAR, POLICY, null);
        results.flush();
        assertThat(results.latest(2)).hasSize(2);
        TlsReport first = results.latest(2).getLast().report();
        assertThat(first.successes()).isEqualTo(3);
        assertThat(first.failures()).isEqualTo(2);
        assertThat(first.policies().getFirst().details())
                .containsExactly(
                        new TlsReport.Failure(
                                "certificate-expired", null, "mx.far.example", "192.0.2.9", 2));
        assertThat(first.start()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
    }

    @Test
    void kindsOfFailuresAndPoliciesAreBounded() {
        for (int i = 0; i < 200; i++) {
            results.note(
                    FAR,
                    POLICY,
                    new TlsReport.Failure("validation-failure", null, "mx" + i, null, 1));
            results.note(
                    FAR,
                    new TlsReport.Policy(
                            "sts", List.of("x".repeat(i * 50)), "far.example", List.of()),
                    null);
        }
        results.flush();
        TlsReport report = results.latest(1).getFirst().report();
        assertThat(report.policies()).hasSize(4);
        assertThat(report.policies().getFirst().details()).hasSize(50);
    }

    @Test
    void theReportGoesOnceOnTheNextDay() {
        someSessions();
        texts.put(
                "_smtp._tls.far.example",
                Optional.of(List.of("v=TLSRPTv1; rua=mailto:tls@reports.example")));
        reporter.run();
        assertThat(queue.list(10)).isEmpty();
        now = now.plus(Duration.ofHours(13));
        reporter.run();
        reporter = reporter();
        reporter.run();
        assertThat(queue.list(10)).hasSize(1);
        QueueItem item = queue.list(10).getFirst();
        assertThat(item.origin().sender()).isNull();
        assertThat(item.recipients().getFirst().address()).hasToString("tls@reports.example");
        assertThat(letter(item))
                .contains("TLS-Report-Domain: far.example\r\n")
                .contains("TLS-Report-Submitter: example.org\r\n")
                .contains("report-type=tlsrpt")
                .contains("Content-Type: application/tlsrpt+gzip")
                .contains("example.org%21far.example%211893456000%21");
        assertThat(results.latest(2).getFirst().told()).isTrue();
    }

    @Test
    void whatCannotBeAskedNowIsAskedLater() {
        someSessions();
        texts.put("_smtp._tls.far.example", Optional.empty());
        now = now.plus(Duration.ofHours(13));
        reporter.run();
        texts.put(
                "_smtp._tls.far.example",
                Optional.of(List.of("v=TLSRPTv1; rua=https://far.example/tls")));
        reporter.run();
        assertThat(posted).isEmpty();
        now = now.plus(Duration.ofHours(1));
        reporter.run();
        now = now.plus(Duration.ofDays(1));
        reporter.run();
        assertThat(posted).containsExactly("https://far.example/tls");
    }

    @Test
    void oldResultsAreForgotten() {
        someSessions();
        now = now.plus(Duration.ofDays(32));
        reporter.run();
        assertThat(results.find(now.getEpochSecond() / 86_400 - 32, null)).isEmpty();
    }

    @Test
    void reportsThatArriveAreKept() {
        someSessions();
        texts.put(
                "_smtp._tls.far.example",
                Optional.of(List.of("v=TLSRPTv1; rua=mailto:tls@reports.example")));
        now = now.plus(Duration.ofHours(13));
        reporter.run();
        String letter = letter(queue.list(10).getFirst());
        bring(letter);
        assertThat(shelf.list()).as("a report on others").isEmpty();
        new DirectoryEditor(directory, () -> now).addDomain(FAR, null);
        bring(letter);
        bring(letter);
        bring(letter.replace("tlsrpt+gzip", "tlsrpt+json"));
        assertThat(shelf.list()).hasSize(1);
        assertThat(shelf.list().getFirst().report().failures()).isEqualTo(2);
        now = now.plus(Duration.ofDays(91));
        shelf.forgetOld();
        assertThat(shelf.list()).isEmpty();
    }

    private void bring(String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        try (LetterWriter writer = new LetterWriter(boxes.blobs(), 1_000_000)) {
            writer.write(octets, 0, octets.length);
            try (NewLetter letter = writer.finish()) {
                delivery.accept(
                        new Consignment(
                                letter,
                                Envelope.plain(
                                        null,
                                        List.of(EmailAddress.parse("alice@example.org")),
                                        null,
                                        false),
                                new byte[0],
                                false,
                                now,
                                List.of(),
                                null));
            }
        }
    }
}
