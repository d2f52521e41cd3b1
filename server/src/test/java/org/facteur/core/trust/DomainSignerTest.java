package org.facteur.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.DomainKeys;
import org.facteur.core.deliver.Consignment;
import org.facteur.core.deliver.Delivery;
import org.facteur.core.deliver.Envelope;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.queue.QueueItem;
import org.facteur.edge.smtp.TestOffice;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.auth.AuthCode;
import org.facteur.wire.auth.DkimResult;
import org.facteur.wire.auth.DkimVerifier;
import org.facteur.wire.auth.DnsLookup;
import org.facteur.wire.auth.SignedLetter;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Letters that leave, as those who get them judge them.
class DomainSignerTest {
    private static final Domain HOME = Domain.parse("example.org");
    private static final EmailAddress FAR = EmailAddress.parse("zoe@far.example");

    private TestOffice office;
    private DomainKeys keys;
    private Delivery delivery;
    private boolean wanted = true;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        office = new TestOffice(directory);
        keys = new DomainKeys(office.directory);
        keys.ensure(HOME);
        delivery =
                office.delivery.with(
                        new DomainSigner(office.directory, keys, () -> wanted, office.clock));
    }

    @AfterEach
    void close() {
        office.close();
    }

    private void accept(String letter, @Nullable AccountId submitter, EmailAddress to) {
        byte[] octets = letter.getBytes(StandardCharsets.UTF_8);
        try (LetterWriter writer = new LetterWriter(office.boxes, 10_000_000)) {
            writer.write(octets, 0, octets.length);
            try (NewLetter whole = writer.finish()) {
                delivery.accept(
                        new Consignment(
                                whole,
                                Envelope.plain(
                                        EmailAddress.parse("alice@example.org"),
                                        List.of(to),
                                        submitter,
                                        false),
                                "Received: here\r\n".getBytes(StandardCharsets.US_ASCII),
                                false,
                                office.clock.instant(),
                                List.of(),
                                null));
            }
        }
    }

    private byte[] leaving() throws Exception {
        List<QueueItem> items = office.queue.list(10);
        assertThat(items).hasSize(1);
        try (InputStream in = office.queue.read(items.getFirst())) {
            return in.readAllBytes();
        }
    }

    private List<DkimResult> judge(byte[] letter, Instant when) {
        SignedLetter.Reader reader = new SignedLetter.Reader(100_000, Set.of());
        reader.accept(letter, 0, letter.length);
        SignedLetter signed = reader.finish();
        DkimVerifier verifier = new DkimVerifier(signed, this::published, when);
        List<DkimResult> results = new ArrayList<>();
        for (int i = 0; i < signed.signatures(); i++) {
            results.add(verifier.judge(i));
        }
        return results;
    }

    private DnsLookup.Answer published(DnsLookup.Question question) {
        return keys.published(HOME).stream()
                .filter(each -> question.name().equals(each.selector() + "._domainkey.example.org"))
                .findFirst()
                .<DnsLookup.Answer>map(each -> new DnsLookup.Found(List.of(each.record())))
                .orElse(new DnsLookup.NoName());
    }

    private static String letter(String from) {
        return "From: " + from + "\r\nTo: zoe@far.example\r\nSubject: hello\r\n\r\nHello\r\n";
    }

    @Test
    void whatOurPeopleSendIsSignedTwice() throws Exception {
        accept(letter("alice@example.org"), office.alice.id(), FAR);
        List<DkimResult> results = judge(leaving(), Instant.now());
        assertThat(results).extracting(DkimResult::code).containsOnly(AuthCode.PASS);
        assertThat(results)
                .extracting(DkimResult::algorithm)
                .containsExactly("rsa-sha256", "ed25519-sha256");
        assertThat(new String(leaving(), StandardCharsets.UTF_8)).startsWith("Received: here\r\n");
    }

    @Test
    void reportsOfThisServerAreSigned() throws Exception {
        delivery.acceptOwn(
                Octets.copyOf(
                        letter("postmaster@mail.example.org").getBytes(StandardCharsets.UTF_8)),
                Envelope.plain(null, List.of(FAR), null, false),
                "report-1");
        assertThat(judge(leaving(), Instant.now()))
                .extracting(DkimResult::domain)
                .containsExactly("example.org", "example.org");
    }

    @Test
    void whatIsPassedOnForOthersIsNot() throws Exception {
        office.editor.putAlias(
                new org.facteur.core.account.Alias(
                        EmailAddress.parse("away@example.org"),
                        org.facteur.core.account.Alias.Kind.ALIAS,
                        org.facteur.core.account.Alias.Writers.ANYONE,
                        List.of(FAR)));
        accept(letter("alice@example.org"), null, EmailAddress.parse("away@example.org"));
        assertThat(judge(leaving(), Instant.now())).isEmpty();
    }

    @Test
    void nothingIsSignedWhereNobodyWantsThat() throws Exception {
        wanted = false;
        accept(letter("alice@example.org"), office.alice.id(), FAR);
        assertThat(judge(leaving(), Instant.now())).isEmpty();
    }

    @Test
    void whatStaysHereIsNotSigned() {
        accept(letter("alice@example.org"), office.alice.id(), office.bob.address());
        assertThat(office.inbox(office.bob).getFirst()).doesNotContain("DKIM-Signature");
    }

    @Test
    void newKeysSignFromTheirTimeOnAndOldOnesAreRetiredAfterThat() throws Exception {
        Instant now = office.clock.instant();
        keys.rotate(HOME, now, now.plus(Duration.ofDays(2)));
        assertThat(keys.published(HOME)).hasSize(4);
        assertThat(keys.signers(HOME, now))
                .extracting(each -> each.selector())
                .containsExactly("facteur-r1", "facteur-e1");
        Instant later = now.plus(Duration.ofDays(3));
        assertThat(keys.signers(HOME, later))
                .extracting(each -> each.selector())
                .noneMatch(selector -> selector.endsWith("1") && selector.length() < 12);
        assertThatThrownBy(() -> keys.retire(HOME, "facteur-r1", now)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> keys.retire(HOME, "other", now)).isInstanceOf(Refusal.class);
        keys.retire(HOME, "facteur-r1", later);
        assertThat(keys.list(HOME, later))
                .extracting(DomainKeys.Listed::selector)
                .hasSize(3)
                .doesNotContain("facteur-r1");
        keys.rotate(HOME, now, now);
        assertThat(keys.published(HOME))
                .extracting(DomainKeys.Published::selector)
                .doesNotHaveDuplicates();
        accept(letter("alice@example.org"), office.alice.id(), FAR);
        assertThat(judge(leaving(), Instant.now()))
                .extracting(DkimResult::code)
                .containsOnly(AuthCode.PASS);
    }
}
