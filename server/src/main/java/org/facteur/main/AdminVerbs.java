package org.facteur.main;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.facteur.base.config.ConfigFault;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Language;
import org.facteur.edge.admin.AdminDesk;
import org.facteur.edge.admin.AdminVerb;
import org.facteur.edge.admin.AdminWork;
import org.facteur.edge.admin.AdminWork.Failure;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The commands of an office as verbs for other doors: one declaration gives both.
final class AdminVerbs {
    private static final List<String> AREAS =
            List.of(
                    "domain", "account", "alias", "group", "device", "mailbox", "recover", "queue",
                    "report", "sieve", "source");

    private static final Set<String> LEFT_OUT = Set.of("--json", "--help", "--version", "--data");

    private AdminVerbs() {}

    static List<AdminVerb> all() {
        List<AdminVerb> verbs = new ArrayList<>();
        Terminal nowhere = terminal(new ByteArrayOutputStream(), "", Language.ENGLISH);
        for (String area : AREAS) {
            CommandLine group =
                    TypedLine.commandLine(List.of(area), nowhere, null).getSubcommands().get(area);
            if (group == null) {
                continue;
            }
            group.getSubcommands()
                    .forEach(
                            (name, line) -> {
                                // What needs no office works where its files are, not here.
                                if (line.getCommand() instanceof OfficeCommand
                                        || !line.getSubcommands().isEmpty()) {
                                    verbs.add(verb(area, name, line.getCommandSpec()));
                                }
                            });
        }
        return List.copyOf(verbs);
    }

    private static AdminVerb verb(String area, String name, CommandSpec spec) {
        List<AdminVerb.Parameter> parameters = new ArrayList<>();
        boolean readsInput = false;
        for (PositionalParamSpec each : spec.positionalParameters()) {
            parameters.add(parameter(each.paramLabel().toLowerCase(Locale.ROOT), "", each));
            readsInput |= each.paramLabel().equals("FILE");
        }
        for (OptionSpec each : spec.options()) {
            String longest = each.longestName();
            if (!LEFT_OUT.contains(longest)) {
                parameters.add(parameter(longest.substring(2), longest, each));
                readsInput |= longest.equals("--password-stdin");
            }
        }
        String[] header = spec.usageMessage().header();
        return new AdminVerb(
                area, name, header.length == 0 ? "" : header[0], parameters, readsInput);
    }

    private static AdminVerb.Parameter parameter(String name, String option, ArgSpec spec) {
        Class<?> type = spec.type();
        AdminVerb.Kind kind;
        if (Collection.class.isAssignableFrom(type)) {
            kind = AdminVerb.Kind.LIST;
        } else if (type == boolean.class || type == Boolean.class) {
            kind = AdminVerb.Kind.SWITCH;
        } else if (type == int.class
                || type == long.class
                || type == Integer.class
                || type == Long.class) {
            kind = AdminVerb.Kind.NUMBER;
        } else {
            kind = AdminVerb.Kind.TEXT;
        }
        String[] description = spec.description();
        return new AdminVerb.Parameter(
                name,
                option,
                kind,
                spec.required(),
                description.length == 0 ? "" : String.join(" ", description));
    }

    /// Who performs them on an office.
    static AdminDesk desk(PostOffice office) {
        return new AdminDesk(all(), on(office));
    }

    private static AdminWork on(PostOffice office) {
        return (arguments, input, language) -> perform(office, arguments, input, language);
    }

    private static AdminWork.Outcome perform(
            PostOffice office, List<String> arguments, String input, Language language) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        stream(out),
                        stream(err),
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        language,
                        Path.of("").toAbsolutePath());
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        CommandLine line = TypedLine.commandLine(arguments, terminal, office);
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                    failed.set(failure);
                    return Outcomes.status(failure, terminal);
                });
        int status = line.execute(arguments.toArray(String[]::new));
        terminal.out().flush();
        terminal.err().flush();
        String sentence = err.toString(StandardCharsets.UTF_8).strip();
        Failure failure = status == Outcomes.DONE ? null : failure(status, failed.get());
        return new AdminWork.Outcome(
                out.toString(StandardCharsets.UTF_8).strip(), failure, sentence);
    }

    private static Failure failure(int status, @Nullable Throwable cause) {
        if (status == Outcomes.USAGE) {
            return Failure.INVALID;
        }
        return switch (cause) {
            case Refusal refusal ->
                    switch (refusal.reason()) {
                        case NOT_FOUND -> Failure.NOT_FOUND;
                        case NOT_ALLOWED -> Failure.NOT_ALLOWED;
                        case INVALID, TOO_LARGE, LOOP -> Failure.INVALID;
                        case ALREADY_EXISTS, CANNOT -> Failure.CONFLICT;
                        case OVER_QUOTA, LIMIT -> Failure.FULL;
                    };
            case SyntaxFault _ -> Failure.INVALID;
            case ConfigFault _ -> Failure.INVALID;
            case Busy _ -> Failure.BUSY;
            case null, default -> Failure.BROKEN;
        };
    }

    private static Terminal terminal(ByteArrayOutputStream out, String input, Language language) {
        return new Terminal(
                stream(out),
                stream(out),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                language,
                Path.of("").toAbsolutePath());
    }

    private static PrintStream stream(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
