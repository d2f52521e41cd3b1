package org.facteur.edge.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.facteur.core.account.Alias;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.RecipientResult;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Letters that an alias sends on to another domain, and the reports that come back.
class ForwardingTest {
    private static final String LONG =
            "bounces+1234567-89ab-alice=provider.example@em1234.newsletters.elsewhere.example";

    private TestOffice office;
    private InetSocketAddress door;

    @BeforeEach
    void open(@TempDir Path keys) throws Exception {
        office = new TestOffice(keys);
        door = office.listen(SmtpRole.RECEPTION);
        office.editor.putAlias(
                new Alias(
                        EmailAddress.parse("away@example.org"),
                        Alias.Kind.ALIAS,
                        Alias.Writers.ANYONE,
                        List.of(EmailAddress.parse("alice@provider.example"))));
    }

    @AfterEach
    void close() {
        office.close();
    }

    private void send(String from, String to) throws Exception {
        try (Talk talk = Talk.greeted(door)) {
            talk.say("MAIL FROM:<" + from + ">", "250");
            talk.say("RCPT TO:<" + to + ">", "250");
            talk.say("DATA", "354");
            talk.send("Subject: passed on\r\n\r\nHello\r\n.\r\n").expect("250");
        }
    }

    private QueueItem only() {
        List<QueueItem> items = office.queue.list(10);
        assertThat(items).hasSize(1);
        return items.getFirst();
    }

    private EmailAddress forwarded(String from) throws Exception {
        send(from, "away@example.org");
        return Objects.requireNonNull(only().origin().sender());
    }

    private void dropAll() {
        office.queue.list(10).forEach(item -> office.queue.drop(item.id()));
    }

    @Test
    void foreignSendersAreRewritten() throws Exception {
        EmailAddress sender = forwarded("Joe@elsewhere.example");
        assertThat(sender.domain()).isEqualTo(Domain.parse("example.org"));
        assertThat(sender.local().value()).startsWith("SRS0=").endsWith("=elsewhere.example=Joe");
        assertThat(only().recipients().getFirst().address())
                .isEqualTo(EmailAddress.parse("alice@provider.example"));
    }

    @Test
    void sendersOfOursAndReportsAreNot() throws Exception {
        assertThat(forwarded("alice@example.org"))
                .isEqualTo(EmailAddress.parse("alice@example.org"));
        dropAll();
        send("", "away@example.org");
        assertThat(only().origin().sender()).isNull();
    }

    @Test
    void aDomainCanKeepSendersAsTheyAre() throws Exception {
        office.editor.setRewriting(Domain.parse("example.org"), false);
        assertThat(forwarded("joe@elsewhere.example"))
                .isEqualTo(EmailAddress.parse("joe@elsewhere.example"));
    }

    @Test
    void reportsComeBackToTheSender() throws Exception {
        for (String from :
                List.of("Joe@elsewhere.example", LONG, "\"odd one\"@elsewhere.example")) {
            EmailAddress sender = forwarded(from);
            dropAll();
            send("", sender.toString().toLowerCase(java.util.Locale.ROOT));
            assertThat(only().recipients().getFirst().address().toString())
                    .isEqualToIgnoringCase(from);
            assertThat(only().origin().sender()).isNull();
            dropAll();
        }
    }

    @Test
    void anotherForwardersSenderKeepsItsLength() throws Exception {
        EmailAddress sender = forwarded("SRS0=abcd=xy=elsewhere.example=joe@first.example");
        assertThat(sender.local().value())
                .startsWith("SRS1=")
                .endsWith("=first.example==abcd=xy=elsewhere.example=joe");
        dropAll();
        send("", sender.toString());
        assertThat(only().recipients().getFirst().address())
                .isEqualTo(EmailAddress.parse("SRS0=abcd=xy=elsewhere.example=joe@first.example"));
    }

    @Test
    void onlyReportsAreTakenThere() throws Exception {
        EmailAddress sender = forwarded("joe@elsewhere.example");
        try (Talk talk = Talk.greeted(door)) {
            talk.say("MAIL FROM:<spam@elsewhere.example>", "250");
            talk.say("RCPT TO:<" + sender + ">", "550 5.7.1");
        }
    }

    @Test
    void whatWeDidNotMakeIsNobody() throws Exception {
        office.editor.setCatchAll(
                Domain.parse("example.org"), EmailAddress.parse("bob@example.org"));
        String real = forwarded("joe@elsewhere.example").local().value();
        try (Talk talk = Talk.greeted(door)) {
            talk.say("MAIL FROM:<>", "250");
            for (String forged :
                    List.of(
                            real.replace("elsewhere", "victim"),
                            "SRS0=aaaaaa=aa=victim.example=joe",
                            "SRS1=aaaaaa=victim.example==a=aa=x.example=joe")) {
                talk.say("RCPT TO:<" + forged + "@example.org>", "550 5.1.1");
            }
            talk.say("RCPT TO:<SRS0@example.org>", "250");
        }
    }

    @Test
    void whatFailsHereIsToldToTheSenderItself() throws Exception {
        forwarded("joe@elsewhere.example");
        QueueItem item = only();
        QueueItem failed =
                office.queue
                        .settle(
                                item,
                                List.of(
                                        new RecipientResult(
                                                EmailAddress.parse("alice@provider.example"),
                                                RecipientResult.Kind.REFUSED,
                                                "5.1.1",
                                                "no such person")))
                        .orElseThrow();
        office.bounces.report(failed);
        assertThat(only().recipients().getFirst().address())
                .isEqualTo(EmailAddress.parse("joe@elsewhere.example"));
    }
}
