package org.facteur.wire.sts;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.facteur.wire.address.Domain;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// A domain's policy (RFC 8461 §3.2).
///
/// @param patterns of the mail servers: names, or `*.` and the rest of a name; lower case
/// @param life how long the policy may be used, at most a year
public record StsPolicy(Mode mode, List<String> patterns, Duration life) {
    private static final String RULE = "RFC 8461 §3.2";
    private static final int LONGEST = 64 * 1024;
    private static final int MOST_LINES = 100;
    private static final int MOST_PATTERNS = 50;
    private static final long YEAR_SECONDS = 31_557_600;

    /// What senders do with it (RFC 8461 §5).
    public enum Mode {
        /// A server that does not comply gets no letter.
        ENFORCE,
        /// It gets the letter, and the domain a report.
        TESTING,
        /// As without a policy.
        NONE
    }

    public StsPolicy {
        Objects.requireNonNull(mode);
        patterns = List.copyOf(patterns);
        Objects.requireNonNull(life);
    }

    // sts-policy-record = sts-policy-field *WSP *(sts-policy-term sts-policy-field *WSP)
    /// Reads a policy file, lines ended by LF or CRLF.
    ///
    /// @throws SyntaxFault for a wrong version, no mode or age, or no server where one is needed
    public static StsPolicy parse(byte[] file) {
        if (file.length > LONGEST) {
            throw SyntaxFault.at(LONGEST, "a policy of at most 64 kB", RULE);
        }
        String text = new String(file, StandardCharsets.UTF_8);
        String version = null;
        Mode mode = null;
        long age = -1;
        List<String> patterns = new ArrayList<>();
        int lines = 0;
        int from = 0;
        while (from < text.length() && lines++ < MOST_LINES) {
            int end = text.indexOf('\n', from);
            int stop = end < 0 ? text.length() : end;
            String line = text.substring(from, stop).strip();
            from = stop + 1;
            int colon = line.indexOf(':');
            if (colon > 0) {
                String value = line.substring(colon + 1).strip();
                switch (line.substring(0, colon).strip()) {
                    case "version" -> version = version == null ? value : version;
                    case "mode" -> mode = mode == null ? mode(value) : mode;
                    case "max_age" -> age = age < 0 ? age(value) : age;
                    case "mx" -> addPattern(value, patterns);
                    case String _ -> {
                        // Fields of later versions.
                    }
                }
            }
        }
        return of(version, mode, age, patterns);
    }

    private static StsPolicy of(
            @Nullable String version, @Nullable Mode mode, long age, List<String> patterns) {
        if (version == null || !version.equals("STSv1") || mode == null || age < 0) {
            throw SyntaxFault.at(0, "version STSv1, a mode and max_age", RULE);
        }
        if (mode != Mode.NONE && patterns.isEmpty()) {
            throw SyntaxFault.at(0, "at least one mx", RULE);
        }
        return new StsPolicy(mode, patterns, Duration.ofSeconds(age));
    }

    private static Mode mode(String value) {
        return switch (value) {
            case "enforce" -> Mode.ENFORCE;
            case "testing" -> Mode.TESTING;
            case "none" -> Mode.NONE;
            case String _ -> throw SyntaxFault.at(0, "enforce, testing or none", RULE);
        };
    }

    private static long age(String digits) {
        if (digits.isEmpty() || digits.length() > 10) {
            throw SyntaxFault.at(0, "seconds", RULE);
        }
        long age = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                throw SyntaxFault.at(0, "seconds", RULE);
            }
            age = age * 10 + c - '0';
        }
        return Math.min(age, YEAR_SECONDS);
    }

    private static void addPattern(String value, List<String> patterns) {
        if (patterns.size() == MOST_PATTERNS) {
            throw SyntaxFault.at(0, "at most 50 mx", RULE);
        }
        String name = value.toLowerCase(Locale.ROOT);
        patterns.add(
                name.startsWith("*.")
                        ? "*." + Domain.parse(name.substring(2)).name()
                        : Domain.parse(name).name());
    }

    /// The policy as the lines of its file.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("version: STSv1");
        lines.add("mode: " + mode.name().toLowerCase(Locale.ROOT));
        patterns.forEach(pattern -> lines.add("mx: " + pattern));
        lines.add("max_age: " + life.toSeconds());
        return lines;
    }

    /// Whether a mail server is one the policy names (RFC 8461 §4.1): a wildcard stands for one
    /// label.
    public boolean names(Domain host) {
        int dot = host.name().indexOf('.');
        for (String pattern : patterns) {
            boolean wild = pattern.startsWith("*.");
            if (wild
                    ? dot > 0 && pattern.substring(1).equals(host.name().substring(dot))
                    : pattern.equals(host.name())) {
                return true;
            }
        }
        return false;
    }
}
