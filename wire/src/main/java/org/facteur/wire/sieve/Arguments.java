package org.facteur.wire.sieve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.facteur.wire.sieve.Node.Argument;
import org.jspecify.annotations.Nullable;

/// The arguments of one command or test, taken one after the other: those with tags first, in any
/// order, then the others in theirs (RFC 5228 §2.6).
final class Arguments {
    private final Node node;
    private final Script script;
    private final List<Argument> rest;

    Arguments(Node node, Script script) {
        this.node = node;
        this.script = script;
        this.rest = new ArrayList<>(node.arguments());
    }

    Script script() {
        return script;
    }

    Position at() {
        return node.at();
    }

    /// Takes a tag.
    ///
    /// @param extension what it belongs to; null for the command itself
    /// @return where it stood, or null
    @Nullable Position tag(String name, @Nullable SieveExtension extension) {
        for (int i = 0; i < rest.size(); i++) {
            if (rest.get(i) instanceof Argument.Tag(String found, Position at)
                    && found.equals(name)) {
                if (extension != null) {
                    script.need(extension, at);
                }
                rest.remove(i);
                return at;
            }
        }
        return null;
    }

    boolean flag(String name, @Nullable SieveExtension extension) {
        return tag(name, extension) != null;
    }

    /// Takes a tag and what stands behind it.
    private <T> @Nullable T valued(
            String name, @Nullable SieveExtension extension, Function<Argument, @Nullable T> as) {
        for (int i = 0; i < rest.size(); i++) {
            if (rest.get(i) instanceof Argument.Tag(String found, Position at)
                    && found.equals(name)) {
                if (extension != null) {
                    script.need(extension, at);
                }
                T value = i + 1 < rest.size() ? as.apply(rest.get(i + 1)) : null;
                if (value == null) {
                    throw new ScriptFault(at, SieveComplaint.TAG_VALUE, ":" + name);
                }
                rest.remove(i + 1);
                rest.remove(i);
                return value;
            }
        }
        return null;
    }

    @Nullable Template text(String name, @Nullable SieveExtension extension) {
        return valued(name, extension, this::asText);
    }

    @Nullable String constant(String name, @Nullable SieveExtension extension) {
        Position at = at();
        Template text = text(name, extension);
        return text == null ? null : constant(text, at);
    }

    @Nullable List<Template> texts(String name, @Nullable SieveExtension extension) {
        return valued(name, extension, this::asTexts);
    }

    @Nullable Long number(String name, @Nullable SieveExtension extension) {
        return valued(
                name,
                extension,
                argument -> argument instanceof Argument.Number(long value, _) ? value : null);
    }

    private @Nullable Template asText(Argument argument) {
        return argument instanceof Argument.Strings(List<String> values, boolean list, Position at)
                        && !list
                ? script.template(values.getFirst(), at)
                : null;
    }

    private @Nullable List<Template> asTexts(Argument argument) {
        return argument instanceof Argument.Strings(List<String> values, _, Position at)
                ? values.stream().map(value -> script.template(value, at)).toList()
                : null;
    }

    static String constant(Template text, Position at) {
        if (!text.constant()) {
            throw new ScriptFault(at, SieveComplaint.NOT_CONSTANT, "");
        }
        return text.text();
    }

    /// How many are left that have no tag.
    int left() {
        return rest.size();
    }

    Template nextText(String what) {
        Template text = rest.isEmpty() ? null : asText(rest.getFirst());
        if (text == null) {
            throw missing(what);
        }
        rest.removeFirst();
        return text;
    }

    String nextConstant(String what) {
        Position at = rest.isEmpty() ? at() : rest.getFirst().at();
        return constant(nextText(what), at);
    }

    List<Template> nextTexts(String what) {
        List<Template> texts = rest.isEmpty() ? null : asTexts(rest.getFirst());
        if (texts == null) {
            throw missing(what);
        }
        rest.removeFirst();
        return texts;
    }

    long nextNumber(String what) {
        if (!rest.isEmpty() && rest.getFirst() instanceof Argument.Number(long value, _)) {
            rest.removeFirst();
            return value;
        }
        throw missing(what);
    }

    private ScriptFault missing(String what) {
        if (!rest.isEmpty() && rest.getFirst() instanceof Argument.Tag(String name, Position at)) {
            return new ScriptFault(at, SieveComplaint.UNKNOWN_TAG, ":" + name);
        }
        Position at = rest.isEmpty() ? at() : rest.getFirst().at();
        return new ScriptFault(at, SieveComplaint.MISSING, "“" + what + "”");
    }

    /// @throws ScriptFault when something is left
    void end() {
        if (!rest.isEmpty()) {
            throw rest.getFirst() instanceof Argument.Tag(String name, Position at)
                    ? new ScriptFault(at, SieveComplaint.UNKNOWN_TAG, ":" + name)
                    : new ScriptFault(rest.getFirst().at(), SieveComplaint.TOO_MUCH, "");
        }
    }

    // comparator = ":comparator" <comparator-name: string>
    // match-type = ":is" / ":contains" / ":matches" / ":count" / ":value" / ":list"
    Match match() {
        SieveComparator comparator = SieveComparator.ASCII_CASEMAP;
        Position where = at();
        String named = constant("comparator", null);
        if (named != null) {
            comparator =
                    SieveComparator.find(named)
                            .orElseThrow(
                                    () ->
                                            new ScriptFault(
                                                    where,
                                                    SieveComplaint.UNKNOWN_COMPARATOR,
                                                    named));
            switch (comparator) {
                case OCTET, ASCII_CASEMAP -> {
                    // Need no require (RFC 5228 §2.7.3).
                }
                case ASCII_NUMERIC -> script.need(SieveExtension.COMPARATOR_ASCII_NUMERIC, where);
                case UNICODE_CASEMAP ->
                        script.need(SieveExtension.COMPARATOR_UNICODE_CASEMAP, where);
            }
        }
        Match found = null;
        for (Match.Kind kind : Match.Kind.values()) {
            Match one = match(kind, comparator);
            if (one != null && found != null) {
                throw new ScriptFault(
                        where,
                        SieveComplaint.TAG_TWICE,
                        ":" + kind.name().toLowerCase(java.util.Locale.ROOT));
            }
            found = one == null ? found : one;
        }
        Match match = found == null ? new Match(Match.Kind.IS, null, comparator) : found;
        boolean parts = match.kind() == Match.Kind.CONTAINS || match.kind() == Match.Kind.MATCHES;
        if (parts && !comparator.findsParts()) {
            throw new ScriptFault(where, SieveComplaint.COMPARATOR_CANNOT, comparator.keyword());
        }
        return match;
    }

    private @Nullable Match match(Match.Kind kind, SieveComparator comparator) {
        String tag = kind.name().toLowerCase(java.util.Locale.ROOT);
        return switch (kind) {
            case IS, CONTAINS, MATCHES ->
                    flag(tag, null) ? new Match(kind, null, comparator) : null;
            case LIST ->
                    flag(tag, SieveExtension.EXTLISTS) ? new Match(kind, null, comparator) : null;
            case COUNT, VALUE -> {
                String relation = constant(tag, SieveExtension.RELATIONAL);
                yield relation == null
                        ? null
                        : new Match(
                                kind,
                                Match.Relation.find(relation)
                                        .orElseThrow(
                                                () ->
                                                        node.fault(
                                                                SieveComplaint.BAD_VALUE,
                                                                relation)),
                                comparator);
            }
        };
    }

    // address-part = ":localpart" / ":domain" / ":all" / ":user" / ":detail"
    Step.AddressPart addressPart() {
        Step.AddressPart found = null;
        for (Step.AddressPart part : Step.AddressPart.values()) {
            boolean detail = part == Step.AddressPart.USER || part == Step.AddressPart.DETAIL;
            String tag = part.name().toLowerCase(java.util.Locale.ROOT);
            Position at = tag(tag, detail ? SieveExtension.SUBADDRESS : null);
            if (at != null && found != null) {
                throw new ScriptFault(at, SieveComplaint.TAG_TWICE, ":" + tag);
            }
            found = at == null ? found : part;
        }
        return found == null ? Step.AddressPart.ALL : found;
    }

    // index = ":index" <fieldno: number> [":last"]
    /// Takes what says which fields count; the names themselves come later.
    Step.Fields fields(boolean mimeToo) {
        Long index = number("index", SieveExtension.INDEX);
        Position last = tag("last", SieveExtension.INDEX);
        if (last != null && index == null) {
            throw new ScriptFault(last, SieveComplaint.MISSING, "“:index”");
        }
        if (index != null && (index < 1 || index > Integer.MAX_VALUE)) {
            throw node.fault(SieveComplaint.BAD_VALUE, ":index " + index);
        }
        return new Step.Fields(
                List.of(),
                index == null ? 0 : index.intValue(),
                last != null,
                mimeToo ? mime() : null);
    }

    // ":mime" [":anychild"] [":type" / ":subtype" / ":contenttype" / ":param" <list>]
    private Step.@Nullable MimeFields mime() {
        boolean mime = flag("mime", SieveExtension.MIME);
        Position anyChild = tag("anychild", SieveExtension.MIME);
        List<Template> parameters = texts("param", SieveExtension.MIME);
        Step.MimeFields.Piece piece =
                parameters != null
                        ? Step.MimeFields.Piece.PARAMETER
                        : flag("type", SieveExtension.MIME)
                                ? Step.MimeFields.Piece.TYPE
                                : flag("subtype", SieveExtension.MIME)
                                        ? Step.MimeFields.Piece.SUBTYPE
                                        : flag("contenttype", SieveExtension.MIME)
                                                ? Step.MimeFields.Piece.CONTENT_TYPE
                                                : Step.MimeFields.Piece.WHOLE;
        if (!mime) {
            if (anyChild != null || piece != Step.MimeFields.Piece.WHOLE) {
                throw node.fault(SieveComplaint.MISSING, "“:mime”");
            }
            return null;
        }
        return new Step.MimeFields(
                anyChild != null, piece, parameters == null ? List.of() : parameters);
    }
}
