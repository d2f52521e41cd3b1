package org.facteur.main;

import org.facteur.move.file.ProgressListener;

/// Shows on standard error how far something is. One thread.
final class ProgressBar implements ProgressListener {
    private static final int WIDTH = 30;
    private static final int HUNDRED = 100;

    private final Terminal terminal;
    private final boolean shown;
    private int lastPercent = -1;

    ProgressBar(Terminal terminal, boolean shown) {
        this.terminal = terminal;
        this.shown = shown;
    }

    @Override
    public void progressed(Progress progress) {
        int percent =
                progress.totalBytes() <= 0
                        ? 0
                        : (int) (HUNDRED * progress.bytes() / progress.totalBytes());
        if (!shown || percent == lastPercent) {
            return;
        }
        lastPercent = percent;
        int full = Math.clamp((long) WIDTH * percent / HUNDRED, 0, WIDTH);
        terminal.err()
                .printf(
                        "\r[%s%s] %3d %%  %d",
                        "#".repeat(full), " ".repeat(WIDTH - full), percent, progress.letters());
        terminal.err().flush();
    }

    /// Leaves the line of the bar.
    void end() {
        if (lastPercent >= 0) {
            lastPercent = -1;
            terminal.err().println();
        }
    }
}
