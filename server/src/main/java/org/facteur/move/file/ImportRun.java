package org.facteur.move.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facteur.base.fault.Refusal;
import org.facteur.core.intake.LetterWriter;
import org.facteur.core.mailbox.Arrival;
import org.facteur.core.mailbox.Keyword;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.Mailbox;
import org.facteur.core.mailbox.MailboxName;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.core.mailbox.Placed;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// One import, from its first file to its report. One thread; used once.
final class ImportRun {
    private static final int REFUSALS_KEPT = 1000;
    private static final int STEP = 64 * 1024;

    private final LetterBoxes boxes;
    private final LetterBox box;
    private final InstantSource clock;
    private final Path source;
    private final ImportOptions options;
    private final Map<MailboxName, Target> targets = new HashMap<>();
    private final Map<Copy, Integer> copies = new HashMap<>();
    private final List<ImportReport.Refused> refusals = new ArrayList<>();
    private long imported;
    private long alreadyThere;
    private long refused;

    /// A mailbox that letters go into.
    ///
    /// @param firstUid what the run finds there already has smaller UIDs
    private record Target(Mailbox mailbox, long firstUid) {}

    /// A letter in a mailbox, by half of its hash: enough to count copies.
    private record Copy(long mailbox, long hash, long moreHash) {
        static Copy of(long mailbox, String fingerprint) {
            return new Copy(
                    mailbox,
                    Long.parseUnsignedLong(fingerprint, 0, 16, 16),
                    Long.parseUnsignedLong(fingerprint, 16, 32, 16));
        }
    }

    /// What a file says of a letter beside its octets.
    ///
    /// @param received null when it says nothing
    private record Told(String where, Set<Keyword> keywords, @Nullable Instant received) {}

    ImportRun(
            LetterBoxes boxes,
            LetterBox box,
            InstantSource clock,
            Path source,
            ImportOptions options) {
        this.boxes = boxes;
        this.box = box;
        this.clock = clock;
        this.source = source;
        this.options = options;
    }

    ImportReport report() {
        return new ImportReport(imported, alreadyThere, refused, refusals);
    }

    /// What imports each file that is found.
    SourceWalk.Visitor visitor(ProgressListener listener, long totalBytes) {
        return new SourceWalk.Visitor() {
            private long before;

            @Override
            public void file(FoundFile found) {
                importFile(found, inFile -> tell(before + inFile));
                before += found.sizeBytes();
                tell(before);
            }

            @Override
            public void refused(Path path, String why) {
                refuse(where(path), why);
            }

            private void tell(long bytes) {
                listener.progressed(
                        new ProgressListener.Progress(
                                imported + alreadyThere, refused, bytes, totalBytes));
            }
        };
    }

    /// Hears how many octets of a file were read.
    @FunctionalInterface
    private interface FileProgress {
        void read(long bytes);
    }

    private void importFile(FoundFile found, FileProgress progress) {
        String where = where(found.file());
        try {
            Target target = target(found.folder());
            switch (found.kind()) {
                case FoundFile.Kind.Mbox _ -> importMbox(found, target, progress);
                case FoundFile.Kind.Single _ ->
                        importOne(found, target, new Told(where, Set.of(), null));
                case FoundFile.Kind.Maildir(MaildirFlags flags) -> {
                    String name = String.valueOf(found.file().getFileName());
                    Instant received = MaildirFlags.received(name);
                    importOne(found, target, new Told(where, flags.keywords(name), received));
                }
            }
        } catch (Refusal refusal) {
            refuse(where, refusal.sentence().english());
        } catch (IOException unreadable) {
            refuse(where, "cannot be read to its end");
        }
    }

    private void importOne(FoundFile found, Target target, Told told) throws IOException {
        try (InputStream in = Files.newInputStream(found.file());
                IncomingLetter letter = letter()) {
            byte[] buffer = new byte[STEP];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                letter.write(buffer, 0, count);
            }
            place(letter, target, told);
        }
    }

    private void importMbox(FoundFile found, Target target, FileProgress progress)
            throws IOException {
        String where = where(found.file());
        MboxReceiver receiver = new MboxReceiver(where, target, progress);
        try (InputStream in = Files.newInputStream(found.file())) {
            new MboxReader(receiver).read(in);
        } finally {
            receiver.abandon();
        }
    }

    /// Takes the letters of an mbox one after another.
    private final class MboxReceiver implements MboxReader.Receiver {
        private final String where;
        private final Target target;
        private final FileProgress progress;
        private @Nullable IncomingLetter letter;
        private @Nullable Instant received;
        private long number;
        private long bytes;

        MboxReceiver(String where, Target target, FileProgress progress) {
            this.where = where;
            this.target = target;
            this.progress = progress;
        }

        @Override
        public void begin(@Nullable Instant date) {
            letter = letter();
            received = date;
            number++;
        }

        @Override
        public void octets(byte[] octets, int offset, int length) {
            IncomingLetter open = letter;
            if (open != null) {
                open.write(octets, offset, length);
            }
            bytes += length;
        }

        @Override
        public void end() {
            IncomingLetter open = letter;
            if (open == null) {
                return;
            }
            try (open) {
                letter = null;
                HeaderHints hints = open.hints();
                String which = where + " letter " + number;
                if (hints.expunged()) {
                    refuse(which, "its owner had deleted it");
                } else {
                    place(open, target, new Told(which, hints.keywords(), received));
                }
            }
            progress.read(bytes);
        }

        void abandon() {
            IncomingLetter open = letter;
            if (open != null) {
                open.close();
            }
        }
    }

    private IncomingLetter letter() {
        return new IncomingLetter(new LetterWriter(boxes.blobs(), options.limitBytes()));
    }

    /// Puts a letter into its mailbox, or says why not.
    private void place(IncomingLetter incoming, Target target, Told told) {
        if (incoming.empty()) {
            refuse(told.where(), "is empty");
            return;
        }
        try {
            NewLetter letter = incoming.finish();
            try (var _ = letter.octets()) {
                append(incoming, letter, target, told);
            }
        } catch (Refusal refusal) {
            refuse(told.where(), refusal.sentence().english());
        } catch (SyntaxFault fault) {
            refuse(told.where(), String.valueOf(fault.getMessage()));
        }
    }

    private void append(IncomingLetter incoming, NewLetter letter, Target target, Told told) {
        Instant received = told.received() == null ? incoming.hints().date() : told.received();
        String fingerprint = incoming.fingerprint();
        long mailbox = target.mailbox().id().number();
        int copy = copies.merge(Copy.of(mailbox, fingerprint), 1, Integer::sum);
        String key = "file:" + fingerprint + ":" + mailbox + ":" + copy;
        while (true) {
            Arrival arrival =
                    new Arrival(
                            letter,
                            new byte[0],
                            target.mailbox().id(),
                            told.keywords(),
                            received == null ? clock.instant() : received,
                            key);
            Placed placed = append(arrival);
            if (placed.uid() >= target.firstUid()) {
                imported++;
                return;
            }
            if (box.findLetter(placed.letter()).isPresent()) {
                alreadyThere++;
                return;
            }
            // It came once and was removed since: this is another time.
            key = "file:" + fingerprint + ":" + mailbox + ":after-" + placed.letter() + ":" + copy;
        }
    }

    /// Where a mailbox has no room for new keywords, those that every mailbox knows must do.
    private Placed append(Arrival arrival) {
        try {
            return box.append(arrival);
        } catch (Refusal refusal) {
            if (refusal.reason() != Refusal.Reason.LIMIT) {
                throw refusal;
            }
            Set<Keyword> common = new LinkedHashSet<>(arrival.keywords());
            common.removeIf(keyword -> !keyword.name().startsWith("$"));
            return box.append(
                    new Arrival(
                            arrival.letter(),
                            arrival.prefix(),
                            arrival.mailbox(),
                            common,
                            arrival.received(),
                            arrival.handover()));
        }
    }

    /// The mailbox of a folder of the source, made where it is missing.
    private Target target(List<String> folder) {
        List<String> segments = new ArrayList<>();
        MailboxName into = options.into();
        if (into != null) {
            segments.addAll(into.segments());
        } else if (folder.isEmpty()) {
            segments.add("INBOX");
        }
        segments.addAll(folder);
        MailboxName name = new MailboxName(segments);
        return targets.computeIfAbsent(
                name,
                wanted -> {
                    Mailbox mailbox =
                            box.mailboxes().find(wanted).orElseGet(() -> box.create(wanted, null));
                    return new Target(mailbox, mailbox.state().uidNext());
                });
    }

    private String where(Path file) {
        Path relative = file.equals(source) ? file.getFileName() : source.relativize(file);
        return String.valueOf(relative);
    }

    private void refuse(String where, String why) {
        refused++;
        if (refusals.size() < REFUSALS_KEPT) {
            refusals.add(new ImportReport.Refused(where, why));
        }
    }
}
