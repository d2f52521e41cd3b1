package org.facteur.wire.sieve;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.facteur.wire.address.AddressList;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.mime.MailDate;
import org.facteur.wire.mime.Part;
import org.facteur.wire.sieve.SieveLetter.Field;
import org.facteur.wire.text.ParameterValue;
import org.jspecify.annotations.Nullable;

/// Answers tests. Used by one thread.
final class Checks {
    private static final int MOST_ADDRESSES = 2_000;

    /// How long a letter is remembered when the script does not say (RFC 7352 §3.3).
    private static final long REMEMBERED_SECONDS = 7L * 86_400;

    private final Tools tools;
    private final LetterState state;
    private final Flags flags;
    private final Deeds deeds;
    private final Bodies bodies;
    private boolean answer;

    /// What answers are made with.
    record Tools(
            SieveFacts facts,
            SieveLimits limits,
            Variables variables,
            Comparison comparison,
            Budget budget) {}

    Checks(Tools tools, LetterState state, Flags flags, Deeds deeds) {
        this.tools = tools;
        this.state = state;
        this.flags = flags;
        this.deeds = deeds;
        this.bodies =
                new Bodies(
                        tools.facts().letter(), tools.limits().run().bodyOctets(), tools.budget());
    }

    boolean answer() {
        return answer;
    }

    void answer(boolean value) {
        answer = value;
    }

    void run(Step.Check check) {
        SieveSurroundings around = tools.facts().surroundings();
        answer =
                switch (check) {
                    case Step.AddressCheck address -> address(address);
                    case Step.EnvelopeCheck envelope -> envelope(envelope);
                    case Step.ExistsCheck(Step.Fields fields) -> exists(fields);
                    case Step.HeaderCheck(Step.Fields fields, Step.Keys keys) ->
                            any(keys, texts(fields));
                    case Step.SizeCheck(boolean over, long octets) ->
                            over
                                    ? tools.facts().letter().size() > octets
                                    : tools.facts().letter().size() < octets;
                    case Step.BodyCheck body -> body(body);
                    case Step.EnvironmentCheck(Template name, Step.Keys keys) -> {
                        String item =
                                around.environment()
                                        .get(
                                                tools.variables()
                                                        .expand(name)
                                                        .toLowerCase(Locale.ROOT));
                        yield item != null && any(keys, List.of(item));
                    }
                    case Step.StringCheck(List<Template> sources, Step.Keys keys) ->
                            strings(sources, keys);
                    case Step.HasFlagCheck(List<Template> variables, Step.Keys keys) ->
                            hasFlag(variables, keys);
                    case Step.DateCheck date -> date(date);
                    case Step.MailboxExistsCheck(List<Template> names) ->
                            names.stream()
                                    .map(tools.variables()::expand)
                                    .allMatch(around::mailboxExists);
                    case Step.MetadataCheck(Template mailbox, Template name, Step.Keys keys) ->
                            metadata(mailbox, name)
                                    .filter(value -> any(keys, List.of(value)))
                                    .isPresent();
                    case Step.MetadataExistsCheck(Template mailbox, List<Template> names) ->
                            names.stream().allMatch(name -> metadata(mailbox, name).isPresent());
                    case Step.MailboxIdExistsCheck(List<Template> ids) ->
                            ids.stream()
                                    .map(tools.variables()::expand)
                                    .allMatch(around::mailboxIdExists);
                    case Step.SpecialUseExistsCheck(Template mailbox, List<Template> uses) ->
                            around.specialUseExists(
                                    mailbox == null ? null : tools.variables().expand(mailbox),
                                    tools.variables().expand(uses));
                    case Step.DuplicateCheck duplicate -> duplicate(duplicate);
                    case Step.ScoreCheck score -> score(score);
                    case Step.ValidNotifyCheck(List<Template> methods) ->
                            methods.stream()
                                    .map(tools.variables()::expand)
                                    .allMatch(method -> MailtoUri.parse(method) != null);
                    case Step.NotifyCapabilityCheck capability -> capability(capability);
                    case Step.ValidListCheck(List<Template> lists) ->
                            lists.stream()
                                    .map(tools.variables()::expand)
                                    .allMatch(name -> around.list(name).isPresent());
                };
    }

    private Optional<String> metadata(@Nullable Template mailbox, Template name) {
        return tools.facts()
                .surroundings()
                .metadata(
                        mailbox == null ? null : tools.variables().expand(mailbox),
                        tools.variables().expand(name));
    }

    private boolean any(Step.Keys keys, List<String> values) {
        return tools.comparison().any(keys, values);
    }

    /// The fields a test names: those of the header, or of the part and parts below it.
    private List<Field> fields(Step.Fields wanted, String name) {
        Step.MimeFields mime = wanted.mime();
        if (mime == null) {
            return picked(wanted, named(state.fields(), name));
        }
        Part at = state.part();
        Part root = at == null ? tools.facts().letter().anatomy().root() : at;
        List<Field> found =
                new ArrayList<>(
                        picked(
                                wanted,
                                named(
                                        root.number() == 0
                                                ? state.fields()
                                                : tools.facts().letter().fields(root),
                                        name)));
        if (mime.anyChild()) {
            for (Part part : below(root)) {
                found.addAll(picked(wanted, named(tools.facts().letter().fields(part), name)));
            }
        }
        return found;
    }

    private List<Part> below(Part root) {
        List<Part> all = tools.facts().letter().anatomy().parts();
        tools.budget().characters(100L * all.size());
        boolean[] inside = new boolean[all.size()];
        inside[root.number()] = true;
        List<Part> found = new ArrayList<>();
        for (Part part : all) {
            if (part.parent() >= 0 && inside[part.parent()] && part.number() != root.number()) {
                inside[part.number()] = true;
                found.add(part);
            }
        }
        return found;
    }

    private List<Field> named(List<Field> fields, String name) {
        tools.budget().characters(fields.size());
        return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).toList();
    }

    static List<Field> picked(Step.Fields wanted, List<Field> fields) {
        if (wanted.index() == 0) {
            return fields;
        }
        int place = wanted.last() ? fields.size() - wanted.index() : wanted.index() - 1;
        return place >= 0 && place < fields.size() ? List.of(fields.get(place)) : List.of();
    }

    private List<String> texts(Step.Fields wanted) {
        List<String> values = new ArrayList<>();
        for (Template template : wanted.names()) {
            for (Field field : fields(wanted, tools.variables().expand(template))) {
                tools.budget().characters(field.raw().length);
                values.addAll(shown(wanted.mime(), field));
            }
        }
        return values;
    }

    /// What a MIME test looks at in a field (RFC 5703 §4.1).
    private List<String> shown(Step.@Nullable MimeFields mime, Field field) {
        if (mime == null || mime.piece() == Step.MimeFields.Piece.WHOLE) {
            return List.of(field.text());
        }
        ParameterValue value = ParameterValue.parse(field.body());
        String kind = value.value().strip().toLowerCase(Locale.ROOT);
        int slash = kind.indexOf('/');
        return switch (mime.piece()) {
            case WHOLE -> List.of(field.text());
            case TYPE -> List.of(slash < 0 ? kind : kind.substring(0, slash));
            case SUBTYPE -> List.of(slash < 0 ? "" : kind.substring(slash + 1));
            case CONTENT_TYPE -> List.of(kind);
            case PARAMETER ->
                    mime.parameters().stream()
                            .map(tools.variables()::expand)
                            .flatMap(name -> value.find(name.toLowerCase(Locale.ROOT)).stream())
                            .toList();
        };
    }

    private boolean exists(Step.Fields wanted) {
        return wanted.names().stream()
                .allMatch(name -> !fields(wanted, tools.variables().expand(name)).isEmpty());
    }

    private boolean address(Step.AddressCheck check) {
        List<String> values = new ArrayList<>();
        for (Template template : check.fields().names()) {
            for (Field field : fields(check.fields(), tools.variables().expand(template))) {
                tools.budget().characters(2L * field.raw().length);
                for (HeaderAddress found : AddressList.decode(field.body(), MOST_ADDRESSES)) {
                    add(values, check.part(), found.address());
                }
            }
        }
        return any(check.keys(), values);
    }

    private boolean envelope(Step.EnvelopeCheck check) {
        List<String> values = new ArrayList<>();
        SieveFacts.Envelope envelope = tools.facts().envelope();
        for (Template template : check.parts()) {
            switch (tools.variables().expand(template).toLowerCase(Locale.ROOT)) {
                case "from" -> {
                    EmailAddress from = envelope.from();
                    add(values, check.part(), from == null ? "" : from.toString());
                }
                case "to" -> add(values, check.part(), envelope.to().toString());
                default -> {
                    // Another name has no address (RFC 5228 §5.4).
                }
            }
        }
        return any(check.keys(), values);
    }

    /// Adds what counts of an address, where it has that (RFC 5233 §4).
    private void add(List<String> values, Step.AddressPart part, String address) {
        int at = address.lastIndexOf('@');
        String local = at < 0 ? address : address.substring(0, at);
        int tag = local.indexOf(tools.facts().envelope().tagSeparator());
        switch (part) {
            case ALL -> values.add(address);
            case LOCALPART -> values.add(local);
            case DOMAIN -> values.add(at < 0 ? "" : address.substring(at + 1));
            case USER -> values.add(tag < 0 ? local : local.substring(0, tag));
            case DETAIL -> {
                if (tag >= 0) {
                    values.add(local.substring(tag + 1));
                }
            }
        }
    }

    /// Leaves what wildcards stood for alone (RFC 5173 §6).
    private boolean body(Step.BodyCheck check) {
        List<String> values =
                switch (check.kind()) {
                    case RAW -> bodies.raw();
                    case CONTENT -> bodies.content(tools.variables().expand(check.types()));
                    case TEXT -> bodies.texts();
                };
        return tools.comparison().any(check.keys(), values, false);
    }

    /// Empty texts do not count (RFC 5229 §5).
    private boolean strings(List<Template> sources, Step.Keys keys) {
        List<String> values = tools.variables().expand(sources);
        return any(
                keys,
                keys.match().kind() == Match.Kind.COUNT
                        ? values.stream().filter(value -> !value.isEmpty()).toList()
                        : values);
    }

    private boolean hasFlag(List<Template> variables, Step.Keys keys) {
        List<String> present = flags.of(variables);
        if (keys.match().kind() == Match.Kind.COUNT || keys.match().kind() == Match.Kind.VALUE) {
            return any(keys, present);
        }
        List<Template> each =
                keys.texts().stream()
                        .flatMap(text -> Flags.split(tools.variables().expand(text)).stream())
                        .map(Template::of)
                        .toList();
        return any(new Step.Keys(keys.match(), each), present);
    }

    private boolean date(Step.DateCheck check) {
        Step.Fields wanted = check.field();
        List<String> values = new ArrayList<>();
        String part = tools.variables().expand(check.part());
        if (wanted == null) {
            OffsetDateTime now = tools.facts().now().toOffsetDateTime();
            add(values, zoned(now, check.zone()), part);
        } else {
            String name = tools.variables().expand(wanted.names().getFirst());
            List<Field> all = named(state.fields(), name);
            // Without an index the first counts, as for any other test of one value.
            List<Field> found =
                    wanted.index() == 0 && !all.isEmpty()
                            ? List.of(all.getFirst())
                            : picked(wanted, all);
            for (Field field : found) {
                String text = field.text();
                // In trace fields the date stands behind the last semicolon.
                OffsetDateTime time = MailDate.parse(text.substring(text.lastIndexOf(';') + 1));
                if (time != null) {
                    add(values, zoned(time, check.zone()), part);
                }
            }
        }
        return any(check.keys(), values);
    }

    private static void add(List<String> values, OffsetDateTime time, String part) {
        String value = DateParts.part(time, part);
        if (value != null) {
            values.add(value);
        }
    }

    private OffsetDateTime zoned(OffsetDateTime time, @Nullable String zone) {
        if (zone == null) {
            return time.atZoneSameInstant(tools.facts().now().getZone()).toOffsetDateTime();
        }
        ZoneOffset offset = zone.isEmpty() ? null : DateParts.offset(zone);
        return offset == null ? time : time.withOffsetSameInstant(offset);
    }

    private boolean duplicate(Step.DuplicateCheck check) {
        Template header = check.header();
        Template unique = check.unique();
        Template named = check.handle();
        String handle = named == null ? "" : tools.variables().expand(named);
        String value;
        if (unique != null) {
            value = tools.variables().expand(unique);
        } else {
            String name = header == null ? "Message-ID" : tools.variables().expand(header);
            List<Field> found = named(state.fields(), name);
            if (found.isEmpty()) {
                return false;
            }
            value = found.getFirst().text();
        }
        long seconds = check.seconds() == 0 ? REMEMBERED_SECONDS : check.seconds();
        String key = (unique != null ? "u" : "h") + handle + "\n" + value;
        boolean seen = tools.facts().surroundings().seen(key);
        if (!seen || check.last()) {
            deeds.remember(key, seconds);
        }
        return seen;
    }

    /// RFC 5235 §2.1: 0 where nobody looked; 1 to 10, or 1 to 100 as `:percent`.
    private boolean score(Step.ScoreCheck check) {
        SieveSurroundings around = tools.facts().surroundings();
        OptionalInt found = check.virus() ? around.virusLevel() : around.spamPercent();
        if (check.keys().match().kind() == Match.Kind.COUNT) {
            return any(check.keys(), found.isPresent() ? List.of("1") : List.of());
        }
        int value = 0;
        if (found.isPresent()) {
            int level = found.getAsInt();
            value =
                    check.virus()
                            ? Math.clamp(level, 1, 5)
                            : check.percent()
                                    ? Math.clamp(level, 0, 100)
                                    : 1 + (Math.clamp(level, 0, 100) * 9 + 50) / 100;
        }
        return any(check.keys(), List.of(Integer.toString(value)));
    }

    /// RFC 5435 §5: whether somebody is there cannot be told of a letter box.
    private boolean capability(Step.NotifyCapabilityCheck check) {
        boolean known = MailtoUri.parse(tools.variables().expand(check.method())) != null;
        String name = tools.variables().expand(check.capability());
        return known && name.equalsIgnoreCase("online") && any(check.keys(), List.of("maybe"));
    }
}
