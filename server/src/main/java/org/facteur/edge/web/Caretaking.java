package org.facteur.edge.web;

import java.util.List;
import java.util.Objects;
import org.facteur.base.word.Language;
import org.facteur.base.word.Sentence;
import org.facteur.core.queue.Timelines;
import org.facteur.net.http.HttpAnswer;

/// What those who look after the post office do by the pages.
///
/// @param timelines where letters are
public record Caretaking(
        Verbs verbs, DnsTable dns, Health health, Timelines timelines, FirstRun firstRun) {
    public Caretaking {
        Objects.requireNonNull(verbs);
        Objects.requireNonNull(dns);
        Objects.requireNonNull(health);
        Objects.requireNonNull(timelines);
        Objects.requireNonNull(firstRun);
    }

    /// Performs what the commands do.
    @FunctionalInterface
    public interface Verbs {
        /// @param path `/v1/account/add`
        /// @param body a JSON object of parameters
        HttpAnswer perform(String path, byte[] body, Language language);
    }

    /// Looks at what could keep letters from travelling.
    @FunctionalInterface
    public interface Health {
        List<Finding> check();
    }

    /// Something that was looked at.
    public record Finding(Sentence what, boolean good, Sentence state) {
        public Finding {
            Objects.requireNonNull(what);
            Objects.requireNonNull(state);
        }
    }
}
