package org.facteur.wire.sieve;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks and lays out tests that look at something.
final class TestCompiler {
    private static final Set<String> ENVELOPE_PARTS = Set.of("from", "to");
    private static final Set<String> DATE_PARTS =
            Set.of(
                    "year", "month", "day", "date", "julian", "hour", "minute", "second", "time",
                    "iso8601", "std11", "zone", "weekday");

    private TestCompiler() {}

    static void compile(Node test, Script script) {
        Arguments arguments = new Arguments(test, script);
        Step step = step(test, arguments, script);
        arguments.end();
        script.emit(step, test.at());
    }

    private static Step step(Node test, Arguments arguments, Script script) {
        return switch (test.name()) {
            case "address" -> address(test, arguments);
            case "envelope" -> envelope(test, arguments);
            case "exists" -> exists(test, arguments);
            case "header" -> header(test, arguments);
            case "size" -> size(test, arguments);
            case "body" -> body(test, arguments);
            case "environment" -> environment(test, arguments);
            case "string" -> string(test, arguments);
            case "hasflag" -> hasFlag(test, arguments);
            case "date" -> date(test, arguments);
            case "currentdate" -> currentDate(test, arguments);
            case "mailboxexists" -> {
                script.need(SieveExtension.MAILBOX, test.at());
                yield new Step.MailboxExistsCheck(arguments.nextTexts("mailbox names"));
            }
            case "metadata", "servermetadata" -> metadata(test, arguments);
            case "metadataexists", "servermetadataexists" -> {
                Template mailbox = annotated(test, arguments);
                yield new Step.MetadataExistsCheck(
                        mailbox, arguments.nextTexts("annotation names"));
            }
            case "mailboxidexists" -> {
                script.need(SieveExtension.MAILBOXID, test.at());
                yield new Step.MailboxIdExistsCheck(arguments.nextTexts("mailbox ids"));
            }
            case "specialuse_exists" -> {
                script.need(SieveExtension.SPECIAL_USE, test.at());
                Template mailbox = arguments.left() > 1 ? arguments.nextText("mailbox") : null;
                yield new Step.SpecialUseExistsCheck(
                        mailbox, arguments.nextTexts("special-use attributes"));
            }
            case "duplicate" -> duplicate(test, arguments);
            case "spamtest", "virustest" -> score(test, arguments);
            case "valid_notify_method" -> {
                script.need(SieveExtension.ENOTIFY, test.at());
                yield new Step.ValidNotifyCheck(arguments.nextTexts("notification methods"));
            }
            case "notify_method_capability" -> notifyCapability(test, arguments);
            case "valid_ext_list" -> {
                script.need(SieveExtension.EXTLISTS, test.at());
                yield new Step.ValidListCheck(arguments.nextTexts("list names"));
            }
            default -> throw test.fault(SieveComplaint.UNKNOWN_TEST, test.name());
        };
    }

    private static Step.Fields named(Step.Fields fields, List<Template> names) {
        return new Step.Fields(names, fields.index(), fields.last(), fields.mime());
    }

    // header-name = 1*ftext
    private static List<Template> headerNames(Node node, Arguments arguments) {
        List<Template> names = arguments.nextTexts("header names");
        for (Template name : names) {
            if (name.constant() && !HeaderNames.valid(name.text())) {
                throw node.fault(SieveComplaint.BAD_HEADER, name.text());
            }
        }
        return names;
    }

    private static Step.Keys keys(Match match, Arguments arguments) {
        return new Step.Keys(match, arguments.nextTexts("keys"));
    }

    // address = "address" [ADDRESS-PART] [COMPARATOR] [MATCH-TYPE] <header-list> <key-list>
    private static Step address(Node test, Arguments arguments) {
        Step.Fields fields = arguments.fields(true);
        Step.AddressPart part = arguments.addressPart();
        Match match = arguments.match();
        List<Template> names = headerNames(test, arguments);
        return new Step.AddressCheck(named(fields, names), part, keys(match, arguments));
    }

    // envelope = "envelope" [COMPARATOR] [ADDRESS-PART] [MATCH-TYPE] <envelope-part> <key-list>
    private static Step envelope(Node test, Arguments arguments) {
        arguments.script().need(SieveExtension.ENVELOPE, test.at());
        Step.AddressPart part = arguments.addressPart();
        Match match = arguments.match();
        List<Template> parts = arguments.nextTexts("envelope parts");
        for (Template each : parts) {
            if (each.constant() && !ENVELOPE_PARTS.contains(each.text().toLowerCase(Locale.ROOT))) {
                throw test.fault(SieveComplaint.BAD_VALUE, each.text());
            }
        }
        return new Step.EnvelopeCheck(parts, part, keys(match, arguments));
    }

    // exists = "exists" <header-names: string-list>
    private static Step exists(Node test, Arguments arguments) {
        Step.Fields fields = arguments.fields(true);
        return new Step.ExistsCheck(named(fields, headerNames(test, arguments)));
    }

    // header = "header" [COMPARATOR] [MATCH-TYPE] <header-names> <key-list>
    private static Step header(Node test, Arguments arguments) {
        Step.Fields fields = arguments.fields(true);
        Match match = arguments.match();
        List<Template> names = headerNames(test, arguments);
        return new Step.HeaderCheck(named(fields, names), keys(match, arguments));
    }

    // size = "size" <":over" / ":under"> <limit: number>
    private static Step size(Node test, Arguments arguments) {
        boolean over = arguments.flag("over", null);
        boolean under = arguments.flag("under", null);
        if (over == under) {
            throw test.fault(SieveComplaint.MISSING, "“:over” / “:under”");
        }
        return new Step.SizeCheck(over, arguments.nextNumber("number"));
    }

    // body = "body" [COMPARATOR] [MATCH-TYPE] [BODY-TRANSFORM] <key-list>
    private static Step body(Node test, Arguments arguments) {
        arguments.script().need(SieveExtension.BODY, test.at());
        boolean raw = arguments.flag("raw", null);
        boolean text = arguments.flag("text", null);
        List<Template> types = arguments.texts("content", null);
        if ((raw && text) || (types != null && (raw || text))) {
            throw test.fault(SieveComplaint.TOGETHER, ":raw, :content, :text");
        }
        Match match = arguments.match();
        Step.BodyCheck.Kind kind =
                raw
                        ? Step.BodyCheck.Kind.RAW
                        : types != null ? Step.BodyCheck.Kind.CONTENT : Step.BodyCheck.Kind.TEXT;
        return new Step.BodyCheck(kind, types == null ? List.of() : types, keys(match, arguments));
    }

    // environment = "environment" [COMPARATOR] [MATCH-TYPE] <name: string> <key-list>
    private static Step environment(Node test, Arguments arguments) {
        arguments.script().need(SieveExtension.ENVIRONMENT, test.at());
        Match match = arguments.match();
        return new Step.EnvironmentCheck(arguments.nextText("item name"), keys(match, arguments));
    }

    // string = "string" [MATCH-TYPE] [COMPARATOR] <source: string-list> <key-list>
    private static Step string(Node test, Arguments arguments) {
        arguments.script().need(SieveExtension.VARIABLES, test.at());
        Match match = arguments.match();
        return new Step.StringCheck(arguments.nextTexts("source"), keys(match, arguments));
    }

    // hasflag = "hasflag" [MATCH-TYPE] [COMPARATOR] [<variable-list>] <list-of-flags>
    private static Step hasFlag(Node test, Arguments arguments) {
        arguments.script().need(SieveExtension.IMAP4FLAGS, test.at());
        Match match = arguments.match();
        List<Template> variables = List.of();
        if (arguments.left() > 1) {
            arguments.script().need(SieveExtension.VARIABLES, test.at());
            variables = arguments.nextTexts("variables");
        }
        return new Step.HasFlagCheck(variables, keys(match, arguments));
    }

    // date = "date" [<":zone" string> / ":originalzone"] [COMPARATOR] [MATCH-TYPE]
    //        <header-name> <date-part> <key-list>
    private static Step date(Node test, Arguments arguments) {
        arguments.script().need(SieveExtension.DATE, test.at());
        boolean original = arguments.flag("originalzone", null);
        String zone = zone(test, arguments);
        if (original && zone != null) {
            throw test.fault(SieveComplaint.TOGETHER, ":zone, :originalzone");
        }
        Step.Fields fields = arguments.fields(false);
        Match match = arguments.match();
        Template name = arguments.nextText("header name");
        if (name.constant() && !HeaderNames.valid(name.text())) {
            throw test.fault(SieveComplaint.BAD_HEADER, name.text());
        }
        Template part = datePart(test, arguments);
        return new Step.DateCheck(
                named(fields, List.of(name)), original ? "" : zone, part, keys(match, arguments));
    }

    // currentdate = "currentdate" [":zone" string] [COMPARATOR] [MATCH-TYPE] <date-part> <keys>
    private static Step currentDate(Node test, Arguments arguments) {
        arguments.script().need(SieveExtension.DATE, test.at());
        String zone = zone(test, arguments);
        Match match = arguments.match();
        Template part = datePart(test, arguments);
        return new Step.DateCheck(null, zone, part, keys(match, arguments));
    }

    // time-zone = ( "+" / "-" ) 4DIGIT
    private static @Nullable String zone(Node test, Arguments arguments) {
        String zone = arguments.constant("zone", null);
        if (zone != null && DateParts.offset(zone) == null) {
            throw test.fault(SieveComplaint.BAD_VALUE, zone);
        }
        return zone;
    }

    private static Template datePart(Node test, Arguments arguments) {
        Template part = arguments.nextText("date part");
        if (part.constant() && !DATE_PARTS.contains(part.text().toLowerCase(Locale.ROOT))) {
            throw test.fault(SieveComplaint.BAD_VALUE, part.text());
        }
        return part;
    }

    // duplicate = "duplicate" [":handle" string] [":header" string / ":uniqueid" string]
    //             [":seconds" number] [":last"]
    private static Step duplicate(Node test, Arguments arguments) {
        arguments.script().need(SieveExtension.DUPLICATE, test.at());
        Template handle = arguments.text("handle", null);
        Template header = arguments.text("header", null);
        Template unique = arguments.text("uniqueid", null);
        Long seconds = arguments.number("seconds", null);
        if (header != null && unique != null) {
            throw test.fault(SieveComplaint.TOGETHER, ":header, :uniqueid");
        }
        if (header != null && header.constant() && !HeaderNames.valid(header.text())) {
            throw test.fault(SieveComplaint.BAD_HEADER, header.text());
        }
        return new Step.DuplicateCheck(
                handle,
                header,
                unique,
                seconds == null ? 0 : Math.max(1, seconds),
                arguments.flag("last", null));
    }

    // spamtest = "spamtest" [":percent"] [COMPARATOR] [MATCH-TYPE] <value: string>
    private static Step score(Node test, Arguments arguments) {
        boolean virus = test.name().equals("virustest");
        Script script = arguments.script();
        if (virus) {
            script.need(SieveExtension.VIRUSTEST, test.at());
        } else {
            script.need(SieveExtension.SPAMTEST, SieveExtension.SPAMTESTPLUS, test.at());
        }
        boolean percent = !virus && arguments.flag("percent", SieveExtension.SPAMTESTPLUS);
        Match match = arguments.match();
        return new Step.ScoreCheck(
                virus, percent, new Step.Keys(match, List.of(arguments.nextText("value"))));
    }

    // metadata = "metadata" [MATCH-TYPE] [COMPARATOR] <mailbox: string>
    //            <annotation-name: string> <key-list: string-list>
    private static Step metadata(Node test, Arguments arguments) {
        Match match = arguments.match();
        Template mailbox = annotated(test, arguments);
        Template name = arguments.nextText("annotation name");
        return new Step.MetadataCheck(mailbox, name, keys(match, arguments));
    }

    /// The mailbox whose notes are meant; null for those of the account (RFC 5490 §3.3, §5).
    private static @Nullable Template annotated(Node test, Arguments arguments) {
        boolean server = test.name().startsWith("server");
        arguments
                .script()
                .need(
                        server ? SieveExtension.SERVERMETADATA : SieveExtension.MBOXMETADATA,
                        test.at());
        return server ? null : arguments.nextText("mailbox");
    }

    // notify_method_capability = "notify_method_capability" [COMPARATOR] [MATCH-TYPE]
    //                            <notification-uri> <capability> <key-list>
    private static Step notifyCapability(Node test, Arguments arguments) {
        arguments.script().need(SieveExtension.ENOTIFY, test.at());
        Match match = arguments.match();
        Template method = arguments.nextText("notification method");
        Template capability = arguments.nextText("notification capability");
        return new Step.NotifyCapabilityCheck(method, capability, keys(match, arguments));
    }
}
