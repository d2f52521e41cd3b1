package org.facteur.move.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;

/// Takes letters from files into a letter box. Any thread; one run at a time per letter box.
public final class FileImport {
    private final LetterBoxes boxes;
    private final LetterBox box;
    private final InstantSource clock;

    /// @param boxes where octets are written
    /// @param box whose letters they become
    /// @param clock dates letters that say nothing of when they came
    public FileImport(LetterBoxes boxes, LetterBox box, InstantSource clock) {
        this.boxes = Objects.requireNonNull(boxes);
        this.box = Objects.requireNonNull(box);
        this.clock = Objects.requireNonNull(clock);
    }

    /// Imports a file or directory. What was imported before is not imported again, so that a run
    /// that ended early is simply run again.
    ///
    /// @throws IOException when the source is not there or cannot be read at all
    /// @throws org.facteur.base.fault.Busy when the store cannot write now; what was imported stays
    public ImportReport run(Path source, ImportOptions options, ProgressListener listener)
            throws IOException {
        SizeOfAll sizes = new SizeOfAll();
        new SourceWalk(source, sizes).run();
        ImportRun run = new ImportRun(boxes, box, clock, source, options);
        new SourceWalk(source, run.visitor(listener, sizes.bytes)).run();
        return run.report();
    }

    /// How much there is to read.
    private static final class SizeOfAll implements SourceWalk.Visitor {
        private long bytes;

        @Override
        public void file(FoundFile file) {
            bytes += file.sizeBytes();
        }

        @Override
        public void refused(Path path, String why) {
            // The second walk tells.
        }
    }
}
