package org.facteur.edge.admin;

import java.util.List;
import java.util.Objects;

/// One thing an administrator can do.
///
/// @param area what it is about, as in `account`
/// @param name as in `add`
/// @param summary one sentence
/// @param readsInput whether `input` means something to it
public record AdminVerb(
        String area, String name, String summary, List<Parameter> parameters, boolean readsInput) {
    /// What a value looks like.
    public enum Kind {
        TEXT,
        NUMBER,
        SWITCH,
        LIST
    }

    /// One name of the request.
    ///
    /// @param option as the command line has it, with its hyphens; empty for a parameter without
    /// @param summary one sentence
    public record Parameter(
            String name, String option, Kind kind, boolean required, String summary) {
        public Parameter {
            Objects.requireNonNull(name);
            Objects.requireNonNull(option);
            Objects.requireNonNull(kind);
            Objects.requireNonNull(summary);
        }
    }

    public AdminVerb {
        Objects.requireNonNull(area);
        Objects.requireNonNull(name);
        Objects.requireNonNull(summary);
        parameters = List.copyOf(parameters);
    }

    /// Where it is asked for.
    public String path() {
        return "/v1/" + area + "/" + name;
    }
}
