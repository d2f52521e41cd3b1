package org.facteur.move.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.facteur.core.account.Account;
import org.facteur.core.mailbox.House;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.mailbox.MailboxView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileImportTest {
    @TempDir Path directory;

    private final House house = House.inMemory();

    @AfterEach
    void check() {
        house.close();
    }

    private ImportReport run(Path source) throws IOException {
        return run(source, ImportOptions.DEFAULT);
    }

    private ImportReport run(Path source, ImportOptions options) throws IOException {
        return new FileImport(house.boxes(), house.box(), house::now)
                .run(source, options, ProgressListener.NONE);
    }

    private Path file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private MailboxView view(String mailbox) {
        LetterBox box = house.box();
        return box.view(box.mailboxes().get(MailboxName.parse(mailbox)).id());
    }

    private static List<String> letters(LetterBox box, MailboxView view) {
        List<String> letters = new ArrayList<>();
        for (int i = 0; i < view.size(); i++) {
            try (LetterContent content = box.content(box.findLetter(view.letter(i)).get())) {
                byte[] octets = content.read(0, (int) content.size());
                letters.add(new String(octets, StandardCharsets.ISO_8859_1));
            }
        }
        return letters;
    }

    private List<String> letters(String mailbox) {
        return letters(house.box(), view(mailbox));
    }

    private Set<Keyword> keywords(String mailbox, int index) {
        MailboxView view = view(mailbox);
        return view.state().keywords().keywords(view.keywords(index));
    }

    @Test
    void anMboxIsCutAtFromLinesAndUnquoted() throws IOException {
        Path mbox =
                file(
                        "old.mbox",
                        """
                        From bob@example.net Sat Jan  3 01:05:34 2004
                        Subject: one
                        Status: RO
                        X-Status: AF

                        Hello
                        >From the start
                        >>From deeper
                        From here on it is text.

                        From now on, too.

                        From - Sun Jan 04 02:00:00 2004
                        Subject: two
                        X-Mozilla-Status: 1005
                        X-Keywords: work later


                        Blank lines stay


                        From MAILER-DAEMON Mon Jan 05 03:00:00 +0000 2004
                        Subject: three

                        no end""");
        ImportReport report = run(mbox);
        assertThat(report.refusals()).isEmpty();
        assertThat(report.imported()).isEqualTo(3);
        assertThat(letters("INBOX"))
                .containsExactly(
                        "Subject: one\r\nStatus: RO\r\nX-Status: AF\r\n\r\nHello\r\nFrom the start"
                                + "\r\n>From deeper\r\nFrom here on it is text.\r\n\r\nFrom now"
                                + " on, too.\r\n",
                        "Subject: two\r\nX-Mozilla-Status: 1005\r\nX-Keywords: work later\r\n\r\n"
                                + "\r\nBlank lines stay\r\n\r\n",
                        "Subject: three\r\n\r\nno end");
        assertThat(keywords("INBOX", 0))
                .containsExactlyInAnyOrder(Keyword.SEEN, Keyword.ANSWERED, Keyword.FLAGGED);
        assertThat(keywords("INBOX", 1))
                .containsExactlyInAnyOrder(
                        Keyword.SEEN,
                        Keyword.FLAGGED,
                        Keyword.FORWARDED,
                        new Keyword("work"),
                        new Keyword("later"));
        assertThat(view("INBOX").receivedSecond(0))
                .isEqualTo(Instant.parse("2004-01-03T01:05:34Z").getEpochSecond());
        assertThat(view("INBOX").receivedSecond(2))
                .isEqualTo(Instant.parse("2004-01-05T03:00:00Z").getEpochSecond());
    }

    @Test
    void anMboxWithCrlfGivesTheSameLetters() throws IOException {
        String text =
                "From a@b Sat Jan  3 01:05:34 2004\nSubject: x\n\nbody\n\n"
                        + "From a@b Sat Jan  3 01:05:35 2004\nSubject: y\n\nbody\n\n";
        run(file("lf", text));
        ImportReport again = run(file("crlf", text.replace("\n", "\r\n")));
        assertThat(again.alreadyThere()).isEqualTo(2);
        assertThat(again.imported()).isZero();
        assertThat(letters("INBOX"))
                .containsExactly("Subject: x\r\n\r\nbody\r\n", "Subject: y\r\n\r\nbody\r\n");
    }

    @Test
    void twiceImportsOnceAndKeepsCopiesWithinASource() throws IOException {
        String letter = "From a@b Sat Jan  3 01:05:34 2004\nSubject: same\n\nsame\n\n";
        Path mbox = file("m", letter + letter);
        assertThat(run(mbox).imported()).isEqualTo(2);
        ImportReport again = run(mbox);
        assertThat(again.imported()).isZero();
        assertThat(again.alreadyThere()).isEqualTo(2);
        assertThat(view("INBOX").size()).isEqualTo(2);
        file("m", letter + letter + letter);
        assertThat(run(mbox).imported()).isEqualTo(1);
    }

    @Test
    void aLetterRemovedSinceIsTakenInAgainOnce() throws IOException {
        Path mbox = file("m", "From a@b Sat Jan  3 01:05:34 2004\nSubject: x\n\nx\n");
        run(mbox);
        house.box().expunge(house.inbox(), List.of(view("INBOX").uid(0)), false);
        assertThat(run(mbox).imported()).isEqualTo(1);
        assertThat(run(mbox).alreadyThere()).isEqualTo(1);
        assertThat(view("INBOX").size()).isEqualTo(1);
    }

    @Test
    void aMaildirBringsFlagsDatesAndFolders() throws IOException {
        file("M/cur/1700000000.1_1.host,S=3:2,FRS", "Subject: a\n\n");
        file("M/new/1700000001.1_1.host", "Subject: b\n\n");
        file("M/cur/.hidden", "x");
        file("M/tmp/x", "x");
        file("M/.Sent.Entw&APw-rfe/cur/1700000002.x:2,Dab", "Subject: c\n\n");
        file("M/.Sent.Entw&APw-rfe/dovecot-keywords", "0 $Label1\n1 Travail\n");
        file("M/.Été/new/1.x", "Subject: d\n\n");
        ImportReport report = run(directory.resolve("M"));
        assertThat(report.refusals()).isEmpty();
        assertThat(letters("INBOX")).containsExactly("Subject: a\r\n\r\n", "Subject: b\r\n\r\n");
        assertThat(keywords("INBOX", 0))
                .containsExactlyInAnyOrder(Keyword.FLAGGED, Keyword.ANSWERED, Keyword.SEEN);
        assertThat(view("INBOX").receivedSecond(0)).isEqualTo(1_700_000_000L);
        assertThat(keywords("Sent/Entwürfe", 0))
                .containsExactlyInAnyOrder(
                        Keyword.DRAFT, new Keyword("$label1"), new Keyword("travail"));
        assertThat(letters("Été")).hasSize(1);
    }

    @Test
    void thunderbirdTreesAndDirectoriesOfLettersBecomeMailboxes() throws IOException {
        String letter = "From - Sat Jan 03 01:05:34 2004\nSubject: t\n\nx\n";
        file("T/Inbox", letter);
        file("T/Inbox.msf", "index");
        file("T/Old", letter);
        file("T/Old.sbd/2003.mbox", letter);
        file("T/Letters/a.eml", "Subject: e\n\nx\n");
        file("T/notes.txt", "not a letter");
        ImportReport report =
                run(directory.resolve("T"), ImportOptions.DEFAULT.into(MailboxName.parse("Moved")));
        assertThat(report.imported()).isEqualTo(4);
        assertThat(report.refusals()).extracting("where").containsExactly("notes.txt");
        assertThat(letters("Moved/Old/2003")).hasSize(1);
        assertThat(letters("Moved/Letters")).containsExactly("Subject: e\r\n\r\nx\r\n");
        assertThat(letters("Moved/Inbox")).hasSize(1);
    }

    @Test
    void whatMustNotBeReadIsRefusedAndTheRestGoesOn() throws IOException {
        Path outside = file("outside.eml", "Subject: secret\n\n");
        file("S/a.eml", "Subject: a\n\n");
        file("S/big.eml", "Subject: big\n\n" + "x".repeat(2000));
        file("S/empty.eml", "");
        Files.createSymbolicLink(directory.resolve("S/b.eml"), outside);
        Files.createSymbolicLink(directory.resolve("S/loop"), directory.resolve("S"));
        Files.createSymbolicLink(directory.resolve("S/null.eml"), Path.of("/dev/null"));
        ImportReport report = run(directory.resolve("S"), new ImportOptions(null, 1000));
        assertThat(report.imported()).isEqualTo(1);
        assertThat(report.refusals())
                .extracting("where")
                .containsExactlyInAnyOrder("b.eml", "big.eml", "empty.eml", "loop", "null.eml");
        assertThat(letters("INBOX")).containsExactly("Subject: a\r\n\r\n");
    }

    @Test
    void aSourceThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> run(directory.resolve("nothing"))).isInstanceOf(IOException.class);
    }

    @Test
    void anExportComesBackElsewhereOctetForOctet() throws IOException {
        LetterBox box = house.box();
        box.create(MailboxName.parse("Work/v1.2 & Été"), null);
        MailboxName deep = MailboxName.parse("Work/v1.2 & Été");
        house.append(House.letter(1));
        house.append("Subject: no end");
        house.append(
                box,
                box.mailboxes().get(deep).id(),
                House.letter(3),
                Set.of(Keyword.SEEN, Keyword.FORWARDED, new Keyword("travail"), Keyword.JUNK),
                null);
        Path export = directory.resolve("export");
        ExportReport report = FileExport.run(box, export, ProgressListener.NONE);
        assertThat(report.letters()).isEqualTo(3);
        assertThat(report.notes()).isEmpty();
        assertThatThrownBy(() -> FileExport.run(box, export, ProgressListener.NONE))
                .isInstanceOf(FileAlreadyExistsException.class);

        Account carol = house.person("carol");
        ImportReport back =
                new FileImport(house.boxes(), house.box(carol), house::now)
                        .run(export, ImportOptions.DEFAULT, ProgressListener.NONE);
        assertThat(back.refusals()).isEmpty();
        assertThat(back.imported()).isEqualTo(3);
        assertThat(contents(house.box(carol))).isEqualTo(contents(box));
    }

    /// All letters with their mailboxes, flags and dates.
    private static Set<String> contents(LetterBox box) {
        Set<String> all = new TreeSet<>();
        for (var mailbox : box.mailboxes().shown()) {
            MailboxView view = box.view(mailbox.id());
            List<String> letters = letters(box, view);
            for (int i = 0; i < view.size(); i++) {
                Set<String> keywords = new TreeSet<>();
                view.state()
                        .keywords()
                        .keywords(view.keywords(i))
                        .forEach(keyword -> keywords.add(keyword.name()));
                all.add(
                        box.mailboxes().name(mailbox.id())
                                + " "
                                + keywords
                                + " "
                                + view.receivedSecond(i)
                                + " "
                                + letters.get(i));
            }
        }
        return all;
    }

    @Test
    void publishedLettersComeInAndGoOutUnchanged() throws IOException {
        Path data = Path.of(System.getProperty("facteur.data", "../../shared/data"));
        long imported = 0;
        for (String folder :
                List.of(
                        "mime-mikel",
                        "mime-stalwart",
                        "mime-mailparser",
                        "mime-talon",
                        "mailauth")) {
            ImportReport report =
                    run(
                            data.resolve(folder),
                            ImportOptions.DEFAULT.into(new MailboxName(List.of(folder))));
            assertThat(report.refusals())
                    .allMatch(
                            refused ->
                                    refused.why().startsWith("neither")
                                            || refused.why().equals("is empty"));
            imported += report.imported();
        }
        assertThat(imported).isGreaterThan(80);
        Path export = directory.resolve("all");
        FileExport.run(house.box(), export, ProgressListener.NONE);
        Account carol = house.person("carol");
        new FileImport(house.boxes(), house.box(carol), house::now)
                .run(export, ImportOptions.DEFAULT, ProgressListener.NONE);
        assertThat(contents(house.box(carol))).isEqualTo(contents(house.box()));
    }
}
