package org.facteur.wire.sieve;

import java.util.List;

/// A command or a test as it stands in a script, before anything is known of its meaning.
///
/// @param name lower case
/// @param bracketed whether tests stood in brackets
/// @param block what stood in braces; empty and `hasBlock` false for none
record Node(
        String name,
        Position at,
        List<Argument> arguments,
        List<Node> tests,
        boolean bracketed,
        List<Node> block,
        boolean hasBlock) {
    /// What follows a name.
    sealed interface Argument {
        Position at();

        record Tag(String name, Position at) implements Argument {}

        record Number(long value, Position at) implements Argument {}

        /// @param list whether it stood in square brackets
        record Strings(List<String> values, boolean list, Position at) implements Argument {}
    }

    ScriptFault fault(SieveComplaint complaint, String detail) {
        return new ScriptFault(at, complaint, detail);
    }
}
