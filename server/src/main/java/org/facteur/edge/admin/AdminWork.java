package org.facteur.edge.admin;

import java.util.List;
import java.util.Objects;
import org.facteur.base.word.Language;
import org.jspecify.annotations.Nullable;

/// Does what is asked. Any thread.
@FunctionalInterface
public interface AdminWork {
    /// @param arguments of the command line, area and name first
    /// @param input what the command reads
    Outcome perform(List<String> arguments, String input, Language language);

    /// What came of it.
    ///
    /// @param json what the command printed; empty for nothing
    /// @param failure null when it was done
    /// @param sentence for people, when it was not done
    record Outcome(String json, @Nullable Failure failure, String sentence) {
        public Outcome {
            Objects.requireNonNull(json);
            Objects.requireNonNull(sentence);
        }
    }

    /// Why it was not done, with the status that says so.
    enum Failure {
        INVALID(400),
        NOT_ALLOWED(403),
        NOT_FOUND(404),
        CONFLICT(409),
        FULL(507),
        BUSY(503),
        BROKEN(500);

        private final int status;

        Failure(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
