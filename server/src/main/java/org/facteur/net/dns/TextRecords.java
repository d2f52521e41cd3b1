package org.facteur.net.dns;

import java.util.List;
import java.util.Objects;

/// Finds TXT records. Any thread; may wait for the network.
@FunctionalInterface
public interface TextRecords {
    /// Nothing anywhere.
    TextRecords NONE = name -> new Found(List.of());

    /// @param name without a dot at its end; may have labels no host has, as `_mta-sts`
    Answer find(String name);

    /// What is known.
    sealed interface Answer {}

    /// @param texts each record's strings joined; empty when there are none
    record Found(List<String> texts) implements Answer {
        public Found {
            texts = List.copyOf(texts);
        }
    }

    /// Nobody could say.
    record Failed(String why) implements Answer {
        public Failed {
            Objects.requireNonNull(why);
        }
    }
}
