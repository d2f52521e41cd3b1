package org.facteur.trial.load;

import java.util.List;
import java.util.stream.IntStream;

/// Whom letters are for: `box0@domain` and so on, all with one password.
///
/// @param count at least 1
public record Boxes(String domain, int count, String password) {
    public Boxes {
        if (count < 1) {
            throw new IllegalArgumentException("at least one box");
        }
    }

    /// @param number taken modulo the count
    public String address(long number) {
        return "box" + Math.floorMod(number, count) + "@" + domain;
    }

    public List<String> addresses() {
        return IntStream.range(0, count).mapToObj(this::address).toList();
    }
}
