package org.facteur.wire.sieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Flags of letters in a run (RFC 5232): the internal variable, and lists in texts. Used by one
/// thread.
final class Flags {
    private static final int MOST = 64;
    private static final int LONGEST = 100;
    private static final Set<String> SYSTEM =
            Set.of("\\answered", "\\flagged", "\\deleted", "\\seen", "\\draft");

    private final Variables variables;
    private List<String> internal = List.of();

    Flags(Variables variables) {
        this.variables = variables;
    }

    List<String> internal() {
        return internal;
    }

    /// Those that texts name, each once, without those that no letter can have.
    List<String> listed(List<Template> texts) {
        List<String> flags = new ArrayList<>();
        for (Template text : texts) {
            add(flags, split(variables.expand(text)));
        }
        return List.copyOf(flags);
    }

    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            int from = at;
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at > from) {
                words.add(text.substring(from, at));
            }
        }
        return words;
    }

    private static void add(List<String> flags, List<String> more) {
        for (String flag : more) {
            if (flags.size() < MOST
                    && valid(flag)
                    && flags.stream().noneMatch(flag::equalsIgnoreCase)) {
                flags.add(flag);
            }
        }
    }

    // flag = "\Answered" / "\Flagged" / "\Deleted" / "\Seen" / "\Draft" / flag-keyword
    private static boolean valid(String flag) {
        if (flag.startsWith("\\")) {
            return SYSTEM.contains(flag.toLowerCase(Locale.ROOT));
        }
        return flag.length() <= LONGEST
                && flag.chars().allMatch(c -> c > ' ' && c < 0x7F && "(){%*\"\\]".indexOf(c) < 0);
    }

    void run(Step.FlagDeed deed) {
        List<String> named = listed(deed.flags());
        Template variable = deed.variable();
        List<String> before =
                variable == null ? internal : split(variables.get(name(variable), false));
        List<String> after = new ArrayList<>();
        switch (deed.kind()) {
            case SET -> add(after, named);
            case ADD -> {
                add(after, before);
                add(after, named);
            }
            case REMOVE ->
                    before.stream()
                            .filter(flag -> named.stream().noneMatch(flag::equalsIgnoreCase))
                            .forEach(after::add);
        }
        if (variable == null) {
            internal = List.copyOf(after);
        } else {
            variables.set(name(variable), false, String.join(" ", after));
        }
    }

    private static String name(Template variable) {
        return variable.text().toLowerCase(Locale.ROOT);
    }

    /// The flags of variables; of the internal one when none is named.
    List<String> of(List<Template> names) {
        if (names.isEmpty()) {
            return internal;
        }
        List<String> flags = new ArrayList<>();
        for (Template name : names) {
            add(
                    flags,
                    split(variables.get(variables.expand(name).toLowerCase(Locale.ROOT), false)));
        }
        return List.copyOf(flags);
    }
}
