package org.facteur.move.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxTree;
import org.facteur.core.mailbox.MailboxView;

/// Writes a letter box as a Maildir++: the inbox at its top, every other mailbox in a directory
/// beside it. Each letter's octets are those that are stored, prefix included; flags are in file
/// names, the date of arrival in the file's name and time. One thread; used once.
public final class FileExport {
    private static final int STEP = 64 * 1024;

    private final LetterBox box;
    private final Path directory;
    private final ProgressListener listener;
    private final List<String> notes = new ArrayList<>();
    private long letters;
    private long bytes;
    private long totalBytes;

    private FileExport(LetterBox box, Path directory, ProgressListener listener) {
        this.box = box;
        this.directory = directory;
        this.listener = listener;
    }

    /// @param directory made when absent; must be empty otherwise
    /// @throws FileAlreadyExistsException when something is in it
    /// @throws IOException when it cannot be written; what was written stays
    public static ExportReport run(LetterBox box, Path directory, ProgressListener listener)
            throws IOException {
        return new FileExport(box, directory, listener).run();
    }

    private ExportReport run() throws IOException {
        Files.createDirectories(directory);
        try (var entries = Files.list(directory)) {
            if (entries.findAny().isPresent()) {
                throw new FileAlreadyExistsException(directory.toString());
            }
        }
        MailboxTree tree = box.mailboxes();
        List<Mailbox> shown = tree.shown();
        shown.forEach(mailbox -> totalBytes += mailbox.state().counts().bytes());
        for (Mailbox mailbox : shown) {
            export(box.view(mailbox.id()), maildir(tree, mailbox));
        }
        return new ExportReport(letters, shown.size(), notes);
    }

    private Path maildir(MailboxTree tree, Mailbox mailbox) throws IOException {
        var name = tree.name(mailbox.id());
        Path maildir = directory;
        if (!name.inbox()) {
            String folder = FolderNames.maildir(name);
            if (folder == null) {
                folder = ".mailbox-" + mailbox.id().number();
                notes.add(name + " is written as " + folder + ": its name is too long");
            }
            maildir = directory.resolve(folder);
        }
        for (String part : List.of("cur", "new", "tmp")) {
            Files.createDirectories(maildir.resolve(part));
        }
        if (!name.inbox()) {
            Files.createFile(maildir.resolve("maildirfolder"));
        }
        return maildir;
    }

    private void export(MailboxView view, Path maildir) throws IOException {
        Set<Keyword> used = new LinkedHashSet<>();
        for (int i = 0; i < view.size(); i++) {
            used.addAll(view.state().keywords().keywords(view.keywords(i)));
        }
        MaildirFlags flags = MaildirFlags.of(used);
        flags.write(maildir);
        if (!flags.holds(used)) {
            notes.add(maildir.getFileName() + " has more keywords than a Maildir can keep");
        }
        for (int i = 0; i < view.size(); i++) {
            Letter letter = box.findLetter(view.letter(i)).orElse(null);
            if (letter != null) {
                write(view, i, letter, maildir, flags);
            }
        }
    }

    private void write(MailboxView view, int at, Letter letter, Path maildir, MaildirFlags flags)
            throws IOException {
        Set<Keyword> keywords = view.state().keywords().keywords(view.keywords(at));
        String name =
                "%d.%d_%d.facteur,S=%d%s"
                        .formatted(
                                view.receivedSecond(at),
                                letter.id().number(),
                                view.uid(at),
                                letter.sizeBytes(),
                                flags.info(keywords));
        Path file = maildir.resolve("cur").resolve(name);
        try (LetterContent content = box.content(letter);
                InputStream in = content.open(0, content.size());
                OutputStream out =
                        new BufferedOutputStream(
                                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), STEP)) {
            in.transferTo(out);
        }
        Files.setLastModifiedTime(
                file, FileTime.from(java.time.Instant.ofEpochSecond(view.receivedSecond(at))));
        letters++;
        bytes += letter.sizeBytes();
        listener.progressed(new ProgressListener.Progress(letters, 0, bytes, totalBytes));
    }
}
