package org.facteur.trial.talk;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.facteur.trial.server.ServerProcess;
import org.jspecify.annotations.Nullable;

/// Runs one transcript against a running server. One thread.
public final class Talk {
    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static final String PASSWORD = "lanterne sous la treille";

    private final ServerProcess server;
    private final Path file;
    private final List<String> script;
    private final Map<String, TalkLine> lines = new HashMap<>();
    private Map<String, String> names = new HashMap<>();
    private @Nullable HttpAsk asking;
    private int at;

    private Talk(ServerProcess server, Path file) throws IOException {
        this.server = server;
        this.file = file;
        this.script = Files.readAllLines(file);
        names.put("password", PASSWORD);
        names.put("passwordBase64", base64(PASSWORD));
    }

    /// Runs a file to its end.
    ///
    /// @throws AssertionError where the server says something else, naming file and line
    public static void run(ServerProcess server, Path file) throws IOException {
        Talk talk = new Talk(server, file);
        try {
            while (talk.at < talk.script.size()) {
                talk.step();
            }
        } catch (SocketTimeoutException silent) {
            AssertionError failure = talk.fail("the server says nothing");
            failure.initCause(silent);
            throw failure;
        } finally {
            for (TalkLine line : talk.lines.values()) {
                line.close();
            }
        }
    }

    private void step() throws IOException {
        String text = script.get(at++);
        if (text.isBlank() || text.startsWith("#")) {
            return;
        }
        String[] words = text.strip().split(" ", 3);
        switch (words[0]) {
            case "account" -> account(words[1]);
            case "device" -> device(words[1], words[2]);
            case "connect" -> connect(words[1], words[2]);
            case "deliver" -> deliver(words[1]);
            case "http", "jmap" -> ask(text.strip());
            case "=" -> answered(text.strip().substring(2));
            case "command" -> command(text.strip().substring("command".length()));
            default -> speak(text, words);
        }
    }

    /// `http alice POST /path body` or `jmap alice Method/name {…}`.
    private void ask(String text) throws IOException {
        boolean jmap = text.startsWith("jmap");
        String[] words = LinePattern.expand(text, names).split(" ", jmap ? 4 : 5);
        String address = names.get(words[1]);
        String who = address == null ? "" : address + ":" + PASSWORD;
        HttpAsk known = asking;
        if (known == null) {
            known = new HttpAsk(server.port("http"));
            asking = known;
        }
        if (jmap) {
            known.call(who, words[2], words.length > 3 ? words[3] : "{}");
        } else {
            known.ask(who, words[2], words[3], words.length > 4 ? words[4] : "");
        }
    }

    private void answered(String pattern) {
        HttpAsk known = asking;
        String line = known == null ? "" : known.answer();
        names =
                new LinePattern(pattern)
                        .match(line, names)
                        .orElseThrow(() -> fail("expected " + pattern + "\n     got " + line));
    }

    private void speak(String text, String[] words) throws IOException {
        String name = words[0].substring(0, 1);
        if (text.startsWith(name + "> ") || text.equals(name + ">")) {
            line(name).send(expanded(text) + "\r\n");
        } else if (text.startsWith(name + "+ ") || text.equals(name + "+")) {
            line(name).hold(expanded(text) + "\r\n");
        } else if (text.startsWith(name + ">> ")) {
            line(name).send(unescaped(LinePattern.expand(text.substring(4), names)));
        } else if (words.length == 3 && words[1].equals("fill")) {
            fill(name, words[2]);
        } else if (text.startsWith(name + "<~ ")) {
            skipTo(name, text.substring(4));
        } else if (text.startsWith(name + "<? ")) {
            at--;
            anyOrder(name);
        } else if (text.startsWith(name + "< ") || text.equals(name + "<")) {
            expect(name, text.substring(Math.min(3, text.length())));
        } else if (words.length > 1 && words[1].equals("starttls")) {
            line(name).startTls();
        } else if (words.length > 1 && words[1].equals("closed")) {
            expectEnd(name);
        } else if (words.length > 1 && words[1].equals("close")) {
            line(name).close();
        } else {
            throw fail("this is no line of a transcript: " + text);
        }
    }

    /// What follows the mark, with its names replaced.
    private String expanded(String text) {
        return LinePattern.expand(text.substring(Math.min(3, text.length())), names);
    }

    /// `\r`, `\n`, `\0` and `\\` stand for what they do in Java.
    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char next = text.charAt(++i);
            out.append(
                    switch (next) {
                        case 'r' -> '\r';
                        case 'n' -> '\n';
                        case '0' -> '\0';
                        default -> next;
                    });
        }
        return out.toString();
    }

    /// Sends octets, or lines, for what is about sizes.
    private void fill(String name, String amount) throws IOException {
        String[] words = amount.split(" ", 2);
        int count = Integer.parseInt(words[0]);
        switch (words.length == 2 ? words[1] : "") {
            case "octets" -> line(name).send("x".repeat(count));
            case "lines" -> line(name).send(("x".repeat(998) + "\r\n").repeat(count));
            default -> throw fail("octets or lines to fill with: " + amount);
        }
    }

    /// Runs a command that must be done.
    private void command(String words) throws IOException {
        String[] arguments = LinePattern.expand(words.strip(), names).split(" +", -1);
        ServerProcess.Ran ran = server.command("", arguments);
        if (ran.status() != 0) {
            throw fail("command " + words + ": " + ran.err());
        }
    }

    private void account(String name) throws IOException {
        String address = name + PEOPLE.incrementAndGet() + "@example.org";
        ServerProcess.Ran ran =
                server.command(
                        PASSWORD + "\n",
                        "account",
                        "add",
                        address,
                        "--name",
                        name,
                        "--password-stdin");
        if (ran.status() != 0) {
            throw fail("account " + address + ": " + ran.err());
        }
        names.put(name, address);
        names.put(name + "Local", address.substring(0, address.indexOf('@')));
        names.put(name + "User", base64(address));
        names.put(name + "Plain", base64("\0" + address + "\0" + PASSWORD));
    }

    /// Makes a device password and keeps it under a name.
    private void device(String name, String words) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("device", "add"));
        arguments.addAll(List.of(LinePattern.expand(words.strip(), names).split(" +", -1)));
        arguments.addAll(List.of("--name", name));
        ServerProcess.Ran ran = server.command("", arguments.toArray(String[]::new));
        if (ran.status() != 0) {
            throw fail("device " + name + ": " + ran.err());
        }
        names.put(name, ran.out().strip());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void connect(String name, String service) throws IOException {
        boolean encrypted =
                service.equals("imaps") || service.equals("pop3s") || service.equals("submissions");
        TalkLine line = new TalkLine(server.port(service), encrypted);
        if (service.startsWith("imap")) {
            line.readStrictly();
        }
        lines.put(name, line);
    }

    /// Brings a letter by LMTP; its lines follow, indented.
    private void deliver(String who) throws IOException {
        List<String> letter = new ArrayList<>();
        while (at < script.size()
                && (script.get(at).startsWith("  ") || script.get(at).isEmpty())) {
            String text = script.get(at++);
            letter.add(text.isEmpty() ? "" : text.substring(2));
        }
        while (!letter.isEmpty() && letter.getLast().isEmpty()) {
            letter.removeLast();
        }
        try (TalkLine lmtp = new TalkLine(server.port("lmtp"), false)) {
            answer(lmtp, "220");
            for (String command :
                    List.of(
                            "LHLO trial.example",
                            "MAIL FROM:<sender@elsewhere.example>",
                            "RCPT TO:<" + names.get(who) + ">")) {
                lmtp.send(command + "\r\n");
                answer(lmtp, "250");
            }
            lmtp.send("DATA\r\n");
            answer(lmtp, "354");
            for (String text : letter) {
                String line = LinePattern.expand(text, names);
                lmtp.hold((line.startsWith(".") ? "." + line : line) + "\r\n");
            }
            lmtp.send(".\r\n");
            answer(lmtp, "250");
        }
    }

    private void answer(TalkLine line, String code) throws IOException {
        String text = line.read();
        while (text != null && text.startsWith(code + "-")) {
            text = line.read();
        }
        if (text == null || !text.startsWith(code)) {
            throw fail("delivery: expected " + code + ", got " + text);
        }
    }

    private void expect(String name, String pattern) throws IOException {
        String line = line(name).read();
        Optional<Map<String, String>> match =
                line == null ? Optional.empty() : new LinePattern(pattern).match(line, names);
        names = match.orElseThrow(() -> fail("expected " + pattern + "\n     got " + line));
    }

    private void skipTo(String name, String pattern) throws IOException {
        List<String> passed = new ArrayList<>();
        while (true) {
            String line = line(name).read();
            if (line == null) {
                throw fail("expected " + pattern + ", the server ended; passed over " + passed);
            }
            Optional<Map<String, String>> match = new LinePattern(pattern).match(line, names);
            if (match.isPresent()) {
                names = match.get();
                return;
            }
            passed.add(line);
        }
    }

    private void anyOrder(String name) throws IOException {
        List<String> patterns = new ArrayList<>();
        while (at < script.size() && script.get(at).startsWith(name + "<? ")) {
            patterns.add(script.get(at++).substring(4));
        }
        while (!patterns.isEmpty()) {
            String line = line(name).read();
            String fitting = null;
            for (String pattern : patterns) {
                Optional<Map<String, String>> match =
                        line == null
                                ? Optional.empty()
                                : new LinePattern(pattern).match(line, names);
                if (match.isPresent()) {
                    names = match.get();
                    fitting = pattern;
                    break;
                }
            }
            if (fitting == null) {
                throw fail("expected one of " + patterns + "\n     got " + line);
            }
            patterns.remove(fitting);
        }
    }

    private void expectEnd(String name) throws IOException {
        String line = line(name).read();
        if (line != null) {
            throw fail("expected the end, got " + line);
        }
    }

    private TalkLine line(String name) {
        TalkLine line = lines.get(name);
        if (line == null) {
            throw fail("no connection " + name);
        }
        return line;
    }

    private AssertionError fail(String why) {
        return new AssertionError(file.getFileName() + ":" + at + ": " + why);
    }
}
