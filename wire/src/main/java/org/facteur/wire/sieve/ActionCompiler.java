package org.facteur.wire.sieve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Checks and lays out commands that do something.
final class ActionCompiler {
    /// Fields that scripts may not touch: what the trace says, and what programs rely on (RFC 5293
    /// §6).
    private static final Set<String> PROTECTED =
            Set.of("received", "auto-submitted", "return-path", "delivered-to");

    private static final long LONGEST_SECONDS = 365L * 86_400;
    private static final long DAY_SECONDS = 86_400;

    /// RFC 5230 §4.1: the standard period.
    private static final long STANDARD_DAYS = 7;

    private ActionCompiler() {}

    static void compile(Node node, Script script) {
        Arguments arguments = new Arguments(node, script);
        Step step = step(node, arguments, script);
        arguments.end();
        if (step != null) {
            script.emit(step, node.at());
        }
    }

    /// @return null for a command that only tells the compiler something
    private static @Nullable Step step(Node node, Arguments arguments, Script script) {
        return switch (node.name()) {
            case "keep" -> new Step.KeepDeed(arguments.texts("flags", SieveExtension.IMAP4FLAGS));
            case "discard" -> new Step.DiscardDeed();
            case "fileinto" -> fileInto(node, arguments);
            case "redirect" -> redirect(node, arguments);
            case "reject", "ereject" -> reject(node, arguments);
            case "vacation" -> vacation(node, arguments);
            case "notify" -> notify(node, arguments);
            case "set" -> set(node, arguments);
            case "setflag" -> flags(node, arguments, Step.FlagDeed.Kind.SET);
            case "addflag" -> flags(node, arguments, Step.FlagDeed.Kind.ADD);
            case "removeflag" -> flags(node, arguments, Step.FlagDeed.Kind.REMOVE);
            case "error" -> {
                script.need(SieveExtension.IHAVE, node.at());
                yield new Step.ErrorDeed(arguments.nextText("message"));
            }
            case "include" -> include(node, arguments);
            case "return" -> {
                script.need(SieveExtension.INCLUDE, node.at());
                yield new Step.Return();
            }
            case "global" -> {
                script.need(SieveExtension.INCLUDE, node.at());
                script.need(SieveExtension.VARIABLES, node.at());
                arguments
                        .nextTexts("variable names")
                        .forEach(
                                name ->
                                        script.global(
                                                Arguments.constant(name, node.at()), node.at()));
                yield null;
            }
            case "addheader" -> addHeader(node, arguments);
            case "deleteheader" -> deleteHeader(node, arguments);
            case "replace" -> replace(node, arguments);
            case "enclose" -> enclose(node, arguments);
            case "extracttext" -> extract(node, arguments);
            default -> throw node.fault(SieveComplaint.UNKNOWN_COMMAND, node.name());
        };
    }

    // fileinto = "fileinto" [":copy"] [":create"] [":flags" list] [":specialuse" string]
    //            [":mailboxid" string] <mailbox: string>
    private static Step fileInto(Node node, Arguments arguments) {
        arguments.script().need(SieveExtension.FILEINTO, node.at());
        boolean copy = arguments.flag("copy", SieveExtension.COPY);
        boolean create = arguments.flag("create", SieveExtension.MAILBOX);
        List<Template> flags = arguments.texts("flags", SieveExtension.IMAP4FLAGS);
        Template specialUse = arguments.text("specialuse", SieveExtension.SPECIAL_USE);
        Template mailboxId = arguments.text("mailboxid", SieveExtension.MAILBOXID);
        if (specialUse != null && mailboxId != null) {
            throw node.fault(SieveComplaint.TOGETHER, ":specialuse, :mailboxid");
        }
        Template mailbox = arguments.nextText("mailbox");
        if (mailbox.constant() && mailbox.text().isEmpty()) {
            throw node.fault(SieveComplaint.BAD_VALUE, "");
        }
        return new Step.FileIntoDeed(
                new Step.Target(mailbox, flags, create, specialUse, mailboxId), copy);
    }

    // redirect = "redirect" [":copy"] [":list"] <address: string>
    private static Step redirect(Node node, Arguments arguments) {
        boolean copy = arguments.flag("copy", SieveExtension.COPY);
        boolean list = arguments.flag("list", SieveExtension.EXTLISTS);
        Template address = arguments.nextText("address");
        if (!list) {
            checkAddress(node, address);
        }
        return new Step.RedirectDeed(address, copy, list);
    }

    private static void checkAddress(Node node, Template address) {
        if (address.constant()) {
            try {
                EmailAddress.parse(address.text().strip());
            } catch (SyntaxFault _) {
                throw node.fault(SieveComplaint.BAD_ADDRESS, address.text());
            }
        }
    }

    // reject = "reject" <reason: string>    ereject = "ereject" <reason: string>
    private static Step reject(Node node, Arguments arguments) {
        boolean inProtocol = node.name().equals("ereject");
        arguments
                .script()
                .need(inProtocol ? SieveExtension.EREJECT : SieveExtension.REJECT, node.at());
        return new Step.RejectDeed(arguments.nextText("reason"), inProtocol);
    }

    // fcc = ":fcc" string [":create"] [":flags" list] [":specialuse" string] [":mailboxid" string]
    private static Step.@Nullable Target copy(Arguments arguments) {
        Template mailbox = arguments.text("fcc", SieveExtension.FCC);
        if (mailbox == null) {
            return null;
        }
        boolean create = arguments.flag("create", SieveExtension.MAILBOX);
        List<Template> flags = arguments.texts("flags", SieveExtension.IMAP4FLAGS);
        Template specialUse = arguments.text("specialuse", SieveExtension.SPECIAL_USE);
        Template mailboxId = arguments.text("mailboxid", SieveExtension.MAILBOXID);
        return new Step.Target(
                mailbox, flags == null ? List.of() : flags, create, specialUse, mailboxId);
    }

    // vacation = "vacation" [":days" number / ":seconds" number] [":subject" string]
    //            [":from" string] [":addresses" list] [":mime"] [":handle" string] <reason>
    private static Step vacation(Node node, Arguments arguments) {
        arguments.script().need(SieveExtension.VACATION, node.at());
        Long days = arguments.number("days", null);
        Long seconds = arguments.number("seconds", SieveExtension.VACATION_SECONDS);
        if (days != null && seconds != null) {
            throw node.fault(SieveComplaint.TOGETHER, ":days, :seconds");
        }
        Template subject = arguments.text("subject", null);
        Template from = arguments.text("from", null);
        List<Template> addresses = arguments.texts("addresses", null);
        boolean mime = arguments.flag("mime", null);
        Template handle = arguments.text("handle", null);
        Step.Target copy = copy(arguments);
        if (from != null) {
            checkSender(node, from);
        }
        long period =
                seconds != null
                        ? Math.min(LONGEST_SECONDS, seconds)
                        : DAY_SECONDS * Math.clamp(days == null ? STANDARD_DAYS : days, 1L, 365L);
        return new Step.VacationDeed(
                new Step.VacationWords(arguments.nextText("reason"), mime, subject, from),
                period,
                handle,
                addresses == null ? List.of() : addresses,
                copy);
    }

    private static void checkSender(Node node, Template from) {
        if (from.constant() && Senders.parse(from.text()) == null) {
            throw node.fault(SieveComplaint.BAD_ADDRESS, from.text());
        }
    }

    // notify = "notify" [":from" string] [":importance" <"1" / "2" / "3">] [":options" list]
    //          [":message" string] <method: string>
    private static Step notify(Node node, Arguments arguments) {
        arguments.script().need(SieveExtension.ENOTIFY, node.at());
        Template from = arguments.text("from", null);
        Template importance = arguments.text("importance", null);
        List<Template> options = arguments.texts("options", null);
        Template message = arguments.text("message", null);
        Step.Target copy = copy(arguments);
        if (importance != null
                && importance.constant()
                && !Set.of("1", "2", "3").contains(importance.text())) {
            throw node.fault(SieveComplaint.BAD_VALUE, importance.text());
        }
        Template method = arguments.nextText("method");
        if (method.constant() && MailtoUri.parse(method.text()) == null) {
            throw node.fault(SieveComplaint.BAD_VALUE, method.text());
        }
        return new Step.NotifyDeed(
                method, from, importance, options == null ? List.of() : options, message, copy);
    }

    // set = "set" [MODIFIER] <name: string> <value: string>
    private static Step set(Node node, Arguments arguments) {
        arguments.script().need(SieveExtension.VARIABLES, node.at());
        List<Step.Modifier> modifiers = modifiers(node, arguments);
        Template.Piece.Variable name =
                arguments.script().variable(arguments.nextConstant("name"), node.at());
        return new Step.SetDeed(name.name(), name.global(), modifiers, arguments.nextText("value"));
    }

    /// Those of one precedence exclude each other; the highest is applied first.
    private static List<Step.Modifier> modifiers(Node node, Arguments arguments) {
        List<Step.Modifier> found = new ArrayList<>();
        for (Step.Modifier modifier : Step.Modifier.values()) {
            String tag = modifier.name().toLowerCase(Locale.ROOT);
            SieveExtension extension =
                    modifier == Step.Modifier.ENCODEURL ? SieveExtension.ENOTIFY : null;
            if (arguments.flag(tag, extension)) {
                if (found.stream().anyMatch(each -> each.precedence() == modifier.precedence())) {
                    throw node.fault(SieveComplaint.TAG_TWICE, ":" + tag);
                }
                found.add(modifier);
            }
        }
        found.sort(Comparator.comparingInt(Step.Modifier::precedence).reversed());
        return List.copyOf(found);
    }

    // setflag = "setflag" [<variablename: string>] <list-of-flags: string-list>
    private static Step flags(Node node, Arguments arguments, Step.FlagDeed.Kind kind) {
        Script script = arguments.script();
        script.need(SieveExtension.IMAP4FLAGS, node.at());
        Template variable = null;
        if (arguments.left() > 1) {
            script.need(SieveExtension.VARIABLES, node.at());
            variable = arguments.nextText("variable");
            script.variable(Arguments.constant(variable, node.at()), node.at());
        }
        return new Step.FlagDeed(kind, variable, arguments.nextTexts("flags"));
    }

    // include = "include" [":personal" / ":global"] [":once"] [":optional"] <value: string>
    private static Step include(Node node, Arguments arguments) {
        arguments.script().need(SieveExtension.INCLUDE, node.at());
        boolean personal = arguments.flag("personal", null);
        boolean global = arguments.flag("global", null);
        if (personal && global) {
            throw node.fault(SieveComplaint.TOGETHER, ":personal, :global");
        }
        boolean once = arguments.flag("once", null);
        boolean optional = arguments.flag("optional", null);
        Template name = arguments.nextText("script name");
        Arguments.constant(name, node.at());
        return new Step.Include(global, name, once, optional);
    }

    private static void checkEditable(Node node, Template name) {
        if (name.constant() && !HeaderNames.valid(name.text())) {
            throw node.fault(SieveComplaint.BAD_HEADER, name.text());
        }
    }

    /// Whether scripts may add or remove fields of a name.
    static boolean editable(String name) {
        return !PROTECTED.contains(name.toLowerCase(Locale.ROOT));
    }

    // addheader = "addheader" [":last"] <field-name: string> <value: string>
    private static Step addHeader(Node node, Arguments arguments) {
        arguments.script().need(SieveExtension.EDITHEADER, node.at());
        boolean last = arguments.flag("last", null);
        Template name = arguments.nextText("field name");
        checkEditable(node, name);
        return new Step.AddHeaderDeed(last, name, arguments.nextText("value"));
    }

    // deleteheader = "deleteheader" [":index" number [":last"]] [COMPARATOR] [MATCH-TYPE]
    //                <field-name: string> [<value-patterns: string-list>]
    private static Step deleteHeader(Node node, Arguments arguments) {
        arguments.script().need(SieveExtension.EDITHEADER, node.at());
        Long index = arguments.number("index", null);
        boolean last = arguments.flag("last", null);
        if ((last && index == null) || (index != null && (index < 1 || index > 1_000_000))) {
            throw node.fault(SieveComplaint.MISSING, "“:index”");
        }
        Match match = arguments.match();
        Template name = arguments.nextText("field name");
        checkEditable(node, name);
        Step.Keys keys =
                arguments.left() > 0
                        ? new Step.Keys(match, arguments.nextTexts("value patterns"))
                        : null;
        return new Step.DeleteHeaderDeed(
                new Step.Fields(List.of(name), index == null ? 0 : index.intValue(), last, null),
                keys);
    }

    // replace = "replace" [":mime"] [":subject" string] [":from" string] <replacement: string>
    private static Step replace(Node node, Arguments arguments) {
        arguments.script().need(SieveExtension.REPLACE, node.at());
        boolean mime = arguments.flag("mime", null);
        Template subject = arguments.text("subject", null);
        Template from = arguments.text("from", null);
        return new Step.ReplaceDeed(arguments.nextText("replacement"), mime, subject, from);
    }

    // enclose = "enclose" [":subject" string] [":headers" string-list] <text: string>
    private static Step enclose(Node node, Arguments arguments) {
        arguments.script().need(SieveExtension.ENCLOSE, node.at());
        Template subject = arguments.text("subject", null);
        List<Template> headers = arguments.texts("headers", null);
        return new Step.EncloseDeed(
                subject, headers == null ? List.of() : headers, arguments.nextText("text"));
    }

    // extracttext = "extracttext" [MODIFIER] [":first" number] <varname: string>
    private static Step extract(Node node, Arguments arguments) {
        Script script = arguments.script();
        script.need(SieveExtension.EXTRACTTEXT, node.at());
        script.need(SieveExtension.VARIABLES, node.at());
        if (script.loops().isEmpty()) {
            throw node.fault(SieveComplaint.OUTSIDE_LOOP, node.name());
        }
        List<Step.Modifier> modifiers = modifiers(node, arguments);
        Long first = arguments.number("first", null);
        Template.Piece.Variable name =
                script.variable(arguments.nextConstant("variable name"), node.at());
        return new Step.ExtractDeed(
                name.name(), name.global(), modifiers, first == null ? Long.MAX_VALUE : first);
    }
}
