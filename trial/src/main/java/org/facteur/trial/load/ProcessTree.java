package org.facteur.trial.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A process and what it started, as Linux accounts for them. Any thread.
public record ProcessTree(long pid) {
    /// Ticks in a second in `/proc`; fixed for programs since Linux 2.6.
    private static final long TICKS = 100;

    private static final int PARENT = 1;
    private static final int USER = 11;

    /// Time used on processors by all of them, with those that have ended and were waited for.
    public Duration cpu() throws IOException {
        long ticks = 0;
        for (long member : members()) {
            List<String> fields = stat(member);
            for (int i = USER; i < USER + 4 && i < fields.size(); i++) {
                ticks += Long.parseLong(fields.get(i));
            }
        }
        return Duration.ofMillis(ticks * 1000 / TICKS);
    }

    /// Octets of memory resident, pages shared between processes counted once for each.
    public long residentOctets() throws IOException {
        return kilobytes("status", "VmRSS:") * 1024;
    }

    /// Octets of memory, shared pages shared out.
    public long proportionalOctets() throws IOException {
        return kilobytes("smaps_rollup", "Pss:") * 1024;
    }

    private long kilobytes(String file, String label) throws IOException {
        long sum = 0;
        for (long member : members()) {
            for (String line : lines(member, file)) {
                if (line.startsWith(label)) {
                    sum += Long.parseLong(line.substring(label.length()).replace("kB", "").strip());
                }
            }
        }
        return sum;
    }

    /// The ids of all of them.
    public Set<Long> members() throws IOException {
        Set<Long> all;
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            all =
                    entries.map(entry -> entry.getFileName().toString())
                            .filter(name -> name.chars().allMatch(Character::isDigit))
                            .map(Long::valueOf)
                            .collect(Collectors.toSet());
        }
        Set<Long> members = new HashSet<>(Set.of(pid));
        int before;
        do {
            before = members.size();
            for (long one : all) {
                List<String> fields = stat(one);
                if (fields.size() > PARENT && members.contains(Long.valueOf(fields.get(PARENT)))) {
                    members.add(one);
                }
            }
        } while (members.size() > before);
        return members;
    }

    /// The fields of `/proc/PID/stat` after the name; none when the process has ended.
    private static List<String> stat(long pid) {
        List<String> lines = lines(pid, "stat");
        if (lines.isEmpty()) {
            return List.of();
        }
        String line = lines.getFirst();
        return List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
    }

    private static List<String> lines(long pid, String file) {
        try {
            return Files.readAllLines(
                    Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return List.of();
        }
    }
}
