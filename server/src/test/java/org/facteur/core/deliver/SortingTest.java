package org.facteur.core.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.sieve.ScriptName;
import org.facteur.edge.smtp.TestOffice;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortingTest {
    private static final String LETTER =
            """
            From: Carol <carol@outside.example>
            To: alice@example.org
            Subject: hello
            Message-ID: <one@outside.example>

            Words.
            """;

    @TempDir private Path folder;
    private TestOffice office;
    private int letters;

    @BeforeEach
    void open() throws Exception {
        office = new TestOffice(folder);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private void script(Account account, String script) {
        Actor actor = new Actor(account.id(), 1, Door.SIEVE);
        ScriptName name = new ScriptName("main");
        office.scripts.put(actor, name, script.getBytes(StandardCharsets.UTF_8));
        office.scripts.activate(actor, name);
    }

    private void deliver(String letter, @Nullable String sender, String... to) {
        List<EmailAddress> recipients = new ArrayList<>();
        for (String each : to) {
            recipients.add(EmailAddress.parse(each));
        }
        office.delivery.acceptOwn(
                octets(letter),
                Envelope.plain(
                        sender == null ? null : EmailAddress.parse(sender),
                        recipients,
                        null,
                        false),
                "test-" + letters++);
    }

    private void deliver() {
        deliver(LETTER, "carol@outside.example", "alice@example.org");
    }

    private static Octets octets(String letter) {
        OctetBuffer out = new OctetBuffer(1 << 20);
        return out.appendUtf8(letter.replace("\n", "\r\n")).toOctets();
    }

    private List<String> mailbox(Account account, String name) {
        LetterBox box = box(account);
        MailboxView view = box.view(box.mailboxes().get(MailboxName.parse(name)).id());
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < view.size(); i++) {
            try (LetterContent content =
                    box.content(box.findLetter(view.letter(i)).orElseThrow())) {
                texts.add(
                        new String(content.read(0, (int) content.size()), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    private LetterBox box(Account account) {
        return office.boxes.open(Actor.system(account.id(), Door.IMAP));
    }

    /// What waits to leave: recipient to text.
    private Map<String, String> queued() {
        Map<String, String> found = new java.util.TreeMap<>();
        for (QueueItem item : office.queue.list(100)) {
            try (var blob = office.queue.open(item)) {
                byte[] octets = new byte[(int) blob.size()];
                blob.read(0, octets, 0, octets.length);
                item.waiting()
                        .forEach(
                                each ->
                                        found.put(
                                                each.address().toString(),
                                                new String(
                                                                item.letter().prefix(),
                                                                StandardCharsets.UTF_8)
                                                        + new String(
                                                                octets, StandardCharsets.UTF_8)));
            }
        }
        return found;
    }

    @Test
    void lettersAreFiledWithFlagsAndMailboxesMadeWhereAsked() {
        script(
                office.alice,
                """
                require ["fileinto", "mailbox", "imap4flags", "special-use", "copy"];
                fileinto :create :flags ["\\\\Seen", "$Work"] "Lists/Friends";
                fileinto :copy :specialuse "\\\\Junk" "Nowhere";
                """);
        deliver();
        assertThat(mailbox(office.alice, "Lists/Friends")).hasSize(1);
        assertThat(mailbox(office.alice, "Junk")).hasSize(1);
        assertThat(office.inbox(office.alice)).isEmpty();
        LetterBox box = box(office.alice);
        MailboxView view = box.view(box.mailboxes().get(MailboxName.parse("Lists/Friends")).id());
        assertThat(view.mailbox().state().keywords().keywords(view.keywords(0)))
                .contains(Keyword.SEEN, new Keyword("$work"));
    }

    @Test
    void withoutItsMailboxALetterComesToTheInboxAndTheOwnerIsToldOnce() {
        script(office.alice, "require \"fileinto\"; fileinto \"None\";");
        deliver();
        deliver();
        assertThat(office.inbox(office.alice)).hasSize(3);
        assertThat(office.inbox(office.alice))
                .filteredOn(text -> text.contains("Your mail script has a fault"))
                .hasSize(1);
    }

    @Test
    void aFaultKeepsTheLetter() {
        script(office.alice, "require \"ihave\"; discard; error \"no\";");
        deliver();
        assertThat(office.inbox(office.alice)).hasSize(2).anyMatch(text -> text.contains("Words."));
    }

    @Test
    void discardedLettersAreNowhere() {
        script(office.alice, "discard;");
        deliver();
        assertThat(office.inbox(office.alice)).isEmpty();
    }

    @Test
    void redirectedLettersLeaveForOutsideAndArriveInside() {
        script(office.alice, "redirect \"dave@away.example\"; redirect \"bob@example.org\";");
        deliver();
        assertThat(office.inbox(office.alice)).isEmpty();
        assertThat(office.inbox(office.bob)).hasSize(1);
        assertThat(queued()).containsOnlyKeys("dave@away.example");
        assertThat(queued().get("dave@away.example"))
                .contains("Delivered-To: alice@example.org")
                .contains("Words.");
    }

    @Test
    void redirectionsInACircleEnd() {
        script(office.alice, "redirect \"bob@example.org\";");
        script(office.bob, "redirect \"alice@example.org\";");
        deliver();
        assertThat(office.inbox(office.alice).size() + office.inbox(office.bob).size())
                .isEqualTo(1);
    }

    @Test
    void refusedLettersAreRefusedWhileTheyComeInWhenAllRefuse() {
        script(office.alice, "require \"ereject\"; ereject \"Not today.\";");
        assertThatThrownBy(this::deliver)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.reason()).isEqualTo(Refusal.Reason.NOT_ALLOWED);
                            assertThat(refusal.sentence().english()).isEqualTo("Not today.");
                        });
        deliver(LETTER, "carol@outside.example", "alice@example.org", "bob@example.org");
        assertThat(office.inbox(office.bob)).hasSize(1);
        assertThat(office.inbox(office.alice)).isEmpty();
        assertThat(office.queue.list(10)).anyMatch(item -> !item.toTell().isEmpty());
    }

    @Test
    void wordsThatSmtpCannotSayGoBackInAReport() {
        script(office.alice, "require \"reject\"; reject \"Pas aujourd’hui.\";");
        deliver();
        assertThat(office.inbox(office.alice)).isEmpty();
        assertThat(office.queue.list(10)).anyMatch(item -> !item.toTell().isEmpty());
    }

    @Test
    void whoeverWritesIsAnsweredOnce() {
        script(
                office.alice,
                "require [\"vacation\", \"fcc\", \"mailbox\"]; vacation :fcc \"Sent\" :subject \"Away\""
                        + " \"Back on Monday, café.\";");
        deliver();
        deliver();
        assertThat(office.inbox(office.alice)).hasSize(2);
        assertThat(queued()).containsOnlyKeys("carol@outside.example");
        assertThat(queued().get("carol@outside.example"))
                .contains("Subject: Away")
                .contains("Auto-Submitted: auto-replied (vacation)")
                .contains("In-Reply-To: <one@outside.example>")
                .contains("Back on Monday");
        assertThat(mailbox(office.alice, "Sent")).hasSize(1);
    }

    @Test
    void programsListsAndThoseWhoDoNotMeanUsAreNotAnswered() {
        script(office.alice, "require \"vacation\"; vacation \"away\";");
        String me = "To: alice@example.org\n";
        deliver("From: x@y.example\n" + me + "\nw\n", null, "alice@example.org");
        for (String field :
                List.of(
                        me + "List-Id: <a.b>",
                        me + "Precedence: bulk",
                        me + "Auto-Submitted: auto-generated; x=y",
                        me + "X-Auto-Response-Suppress: All",
                        "To: undisclosed-recipients:;",
                        "To: alice@elsewhere.example")) {
            deliver(
                    "From: x@y.example\n" + field + "\n\nw\n",
                    "carol@outside.example",
                    "alice@example.org");
        }
        for (String sender :
                List.of(
                        "mailer-daemon@outside.example",
                        "owner-list@outside.example",
                        "list-request@outside.example",
                        "alice+tag@example.org")) {
            deliver(LETTER, sender, "alice@example.org");
        }
        assertThat(queued()).isEmpty();
        deliver(
                "From: x@y.example\nCc: A <ALICE+x@example.org>\nAuto-Submitted: no\n\nw\n",
                "carol@outside.example",
                "alice@example.org");
        assertThat(queued()).containsOnlyKeys("carol@outside.example");
    }

    @Test
    void noticesAreSentButNotOfLettersThatNobodyWrote() {
        script(office.alice, "require \"enotify\"; notify \"mailto:phone@away.example\";");
        deliver(
                "From: x@y.example\nTo: alice@example.org\nAuto-Submitted: auto-notified\n\nw\n",
                "carol@outside.example",
                "alice@example.org");
        assertThat(queued()).isEmpty();
        deliver();
        assertThat(queued().get("phone@away.example"))
                .contains("Subject: New letter: hello")
                .contains("auto-notified");
    }

    @Test
    void theSecondOfTwoCopiesIsSeen() {
        script(office.alice, "require \"duplicate\"; if duplicate { discard; }");
        deliver();
        deliver();
        assertThat(office.inbox(office.alice)).hasSize(1);
    }

    @Test
    void editedLettersLieAsTheScriptLeftThem() {
        script(
                office.alice,
                "require [\"editheader\", \"fileinto\", \"copy\", \"mailbox\"]; fileinto :create :copy \"Old\";"
                        + " addheader \"X-Mark\" \"yes\"; deleteheader \"subject\";");
        deliver();
        assertThat(mailbox(office.alice, "Old").getFirst()).contains("Subject: hello");
        assertThat(office.inbox(office.alice).getFirst())
                .contains("X-Mark: yes\r\n")
                .doesNotContain("Subject:")
                .contains("\r\n\r\nWords.");
    }

    @Test
    void scriptsIncludeThoseOfTheirOwnerAndThoseOfAll() {
        Actor actor = new Actor(office.alice.id(), 1, Door.SIEVE);
        office.scripts.put(
                actor,
                new ScriptName("mine"),
                "require \"imap4flags\"; addflag \"mine\";".getBytes(StandardCharsets.UTF_8));
        office.scripts.putOfAll(new ScriptName("all"), "discard;".getBytes(StandardCharsets.UTF_8));
        script(office.alice, "require \"include\"; include \"mine\"; include :global \"all\";");
        deliver();
        assertThat(office.inbox(office.alice)).isEmpty();
    }

    @Test
    void namesOfOthersAndFrenchOwnersAreServedInTheirWords() {
        Account jean =
                office.editor.addAccount(
                        EmailAddress.parse("jean@example.org"), "Jean", Language.FRENCH);
        office.boxes.prepare(jean.id(), Language.FRENCH);
        script(jean, "require \"vacation\"; vacation :from \"ceo@other.example\" \"absent\";");
        deliver(LETTER.replace("alice", "jean"), "carol@outside.example", "jean@example.org");
        assertThat(queued().get("carol@outside.example"))
                .contains("From: \"Jean\" <jean@example.org>")
                .contains("automatique");
    }
}
