package org.facteur.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.facteur.core.trust.Authentication;
import org.facteur.core.trust.Visitor;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.kv.Store;
import org.facteur.store.memory.MemoryEngine;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.auth.ArcResult;
import org.facteur.wire.auth.AuthCode;
import org.facteur.wire.auth.DmarcCheck;
import org.facteur.wire.auth.DnsLookup;
import org.facteur.wire.auth.IpAddress;
import org.facteur.wire.auth.ReverseCheck;
import org.facteur.wire.auth.SpfResult;
import org.facteur.wire.report.DmarcReport;
import org.facteur.wire.sieve.SieveLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Letters counted, told to the domain once, and read where the report arrives.
class DmarcReportingTest {
    private Instant now = Instant.parse("2030-01-01T12:00:00Z");
    private final Store store = new EngineStore(new MemoryEngine(), new Random(1), () -> now);
    private final Directory directory = new Directory(store);
    private final LetterBoxes boxes =
            new LetterBoxes(store, directory, new Hints(), () -> now, 10_000_000);
    private final Queue queue =
            new Queue(store, () -> now, () -> RetrySchedule.DEFAULT, EventSink.NONE);
    private final DmarcReportShelf shelf = new DmarcReportShelf(store, directory, () -> now);
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
    private final DmarcResults results = new DmarcResults(store, () -> now);
    private final Map<String, String> texts = new HashMap<>();
    private boolean silent;

    @BeforeEach
    void domain() {
        DirectoryEditor editor = new DirectoryEditor(directory, () -> now);
        editor.addDomain(Domain.parse("example.org"), null);
        Account alice =
                editor.addAccount(EmailAddress.parse("alice@example.org"), "", Language.ENGLISH);
        boxes.prepare(alice.id(), Language.ENGLISH);
        texts.put("_dmarc.bank.example", "v=DMARC1; p=reject; rua=mailto:d@reports.example");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private DnsLookup.Answer ask(DnsLookup.Question question) {
        if (silent) {
            return new DnsLookup.Failed();
        }
        String text = texts.get(question.name());
        return text == null ? new DnsLookup.NoName() : new DnsLookup.Found(List.of(text));
    }

    private DmarcReporter reporter() {
        return new DmarcReporter(
                results,
                Domain.parse("mail.example.org"),
                this::ask,
                delivery,
                directory,
                () -> now);
    }

    private void letter(String author, String sender) {
        SpfResult spf = new SpfResult(SpfResult.Code.PASS, sender, null);
        results.note(
                new Authentication(
                        new Visitor(
                                IpAddress.parseFour("192.0.2.9").orElseThrow(),
                                "mx." + sender,
                                EmailAddress.parse("z@" + sender)),
                        new ReverseCheck.Result(AuthCode.NONE, ""),
                        spf,
                        List.of(),
                        new ArcResult(AuthCode.NONE, List.of(), ""),
                        List.of(new DmarcCheck(this::ask).judge(author, spf, List.of())),
                        Authentication.Treatment.REFUSE));
    }

    private void someLetters() {
        letter("bank.example", "forger.example");
        letter("bank.example", "forger.example");
        results.flush();
        letter("bank.example", "forger.example");
        letter("bank.example", "mail.bank.example");
        letter("quiet.example", "forger.example");
        results.flush();
    }

    @Test
    void lettersAreCountedAlike() {
        someLetters();
        List<DmarcResults.Of> found = results.latest(1);
        assertThat(found).extracting(DmarcResults.Of::domain).containsExactly("bank.example");
        assertThat(found.getFirst().report().rows())
                .extracting(
                        DmarcReport.Row::count,
                        row -> row.evaluated().spf(),
                        DmarcReport.Row::source)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(3L, false, "192.0.2.9"),
                        org.assertj.core.groups.Tuple.tuple(1L, true, "192.0.2.9"));
    }

    @Test
    void placesElsewhereGetNothingUnlessTheyWantIt() {
        someLetters();
        now = now.plus(Duration.ofDays(1));
        reporter().run();
        assertThat(queue.list(10)).isEmpty();
        assertThat(results.latest(2)).allMatch(DmarcResults.Of::told);
    }

    @Test
    void silentNameServersAreAskedAgain() {
        someLetters();
        texts.put("bank.example._report._dmarc.reports.example", "v=DMARC1");
        now = now.plus(Duration.ofDays(1));
        silent = true;
        DmarcReporter reporter = reporter();
        reporter.run();
        silent = false;
        reporter.run();
        assertThat(queue.list(10)).isEmpty();
        now = now.plus(Duration.ofHours(1));
        reporter.run();
        assertThat(queue.list(10)).hasSize(1);
    }

    @Test
    void aReportIsSentOnceAndReadWhereItArrives() throws Exception {
        someLetters();
        texts.put("bank.example._report._dmarc.reports.example", "v=DMARC1;");
        now = now.plus(Duration.ofDays(1));
        reporter().run();
        reporter().run();
        List<QueueItem> items = queue.list(10);
        assertThat(items).hasSize(1);
        assertThat(items.getFirst().waiting())
                .extracting(each -> each.address().toString())
                .containsExactly("d@reports.example");
        new DirectoryEditor(directory, () -> now).addDomain(Domain.parse("bank.example"), null);
        try (InputStream in = queue.read(items.getFirst());
                LetterWriter writer = new LetterWriter(boxes.blobs(), 1_000_000)) {
            byte[] octets = in.readAllBytes();
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
                                new byte[] {'X', ':', '\r', '\n'},
                                false,
                                now,
                                List.of(),
                                null));
            }
        }
        assertThat(shelf.list()).hasSize(1);
        DmarcReport report = shelf.list().getFirst().report();
        assertThat(report.organization()).isEqualTo("example.org");
        assertThat(report.published().policy()).isEqualTo("reject");
        assertThat(report.rows()).hasSize(2);
        now = now.plus(Duration.ofDays(91));
        shelf.forgetOld();
        assertThat(shelf.list()).isEmpty();
    }
}
