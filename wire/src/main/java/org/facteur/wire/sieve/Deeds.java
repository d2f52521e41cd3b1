package org.facteur.wire.sieve;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.NamedAddress;
import org.facteur.wire.mime.Part;
import org.facteur.wire.sieve.SieveLetter.Field;
import org.facteur.wire.text.EncodedWords;
import org.facteur.wire.text.HeaderFolding;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Plans what commands ask for, and keeps what may not go together apart. Used by one thread.
final class Deeds {
    private static final long LONGEST_MEMORY_SECONDS = 90L * 86_400;
    private static final int MOST_ENCLOSURES = 3;
    private static final Position NOWHERE = new Position(0, 0);

    private final Tools tools;
    private final LetterState state;
    private final Flags flags;
    private final List<SieveAction> actions = new ArrayList<>();
    private final Map<String, Long> remembered = new LinkedHashMap<>();
    private boolean keptImplicitly = true;
    private boolean explicit;
    private @Nullable String rejected;
    private boolean answered;
    private int redirects;
    private int notices;

    /// What plans are made with.
    record Tools(
            SieveFacts facts, SieveLimits limits, Variables variables, Comparison comparison) {}

    Deeds(Tools tools, LetterState state, Flags flags) {
        this.tools = tools;
        this.state = state;
        this.flags = flags;
    }

    LetterState state() {
        return state;
    }

    void run(Step.Deed deed) {
        switch (deed) {
            case Step.KeepDeed(List<Template> given) -> {
                place("keep");
                add(new SieveAction.Keep(flags(given), state.snapshot(), false));
                keptImplicitly = false;
            }
            case Step.FileIntoDeed(Step.Target target, boolean copy) -> {
                place("fileinto");
                add(new SieveAction.FileInto(target(target), state.snapshot()));
                keptImplicitly &= copy;
            }
            case Step.RedirectDeed redirect -> redirect(redirect);
            case Step.DiscardDeed _ -> {
                add(new SieveAction.Discard());
                keptImplicitly = false;
            }
            case Step.RejectDeed(Template reason, boolean inProtocol) -> {
                String name = inProtocol ? "ereject" : "reject";
                if (explicit || rejected != null || answered) {
                    throw conflict(name);
                }
                rejected = name;
                add(new SieveAction.Reject(text(reason), inProtocol));
                keptImplicitly = false;
            }
            case Step.VacationDeed vacation -> vacation(vacation);
            case Step.NotifyDeed notify -> notify(notify);
            case Step.SetDeed(String name, boolean global, var modifiers, Template value) ->
                    tools.variables().set(name, global, modified(text(value), modifiers));
            case Step.FlagDeed flag -> flags.run(flag);
            case Step.ErrorDeed(Template message) ->
                    throw new ScriptFault(NOWHERE, SieveComplaint.TOLD, text(message));
            case Step.AddHeaderDeed add -> addHeader(add);
            case Step.DeleteHeaderDeed delete -> deleteHeader(delete);
            case Step.ReplaceDeed replace -> replace(replace);
            case Step.EncloseDeed enclose -> enclose(enclose);
            case Step.ExtractDeed extract -> extract(extract);
        }
    }

    /// Everything that was planned, and keeping the letter where nothing else did.
    List<SieveAction> finish() {
        if (keptImplicitly) {
            actions.add(new SieveAction.Keep(flags.internal(), state.snapshot(), true));
        }
        remembered.forEach(
                (key, seconds) ->
                        actions.add(new SieveAction.Remember(key, Duration.ofSeconds(seconds))));
        return actions;
    }

    void remember(String key, long seconds) {
        if (remembered.size() >= tools.limits().run().actions()) {
            throw tooMany();
        }
        remembered.put(key, Math.min(LONGEST_MEMORY_SECONDS, seconds));
    }

    private String text(Template template) {
        return tools.variables().expand(template);
    }

    private @Nullable String optional(@Nullable Template template) {
        return template == null ? null : text(template);
    }

    private void add(SieveAction action) {
        if (actions.contains(action)) {
            return;
        }
        if (actions.size() >= tools.limits().run().actions()) {
            throw tooMany();
        }
        actions.add(action);
    }

    private ScriptFault tooMany() {
        return new ScriptFault(
                NOWHERE,
                SieveComplaint.TOO_MANY_ACTIONS,
                Integer.toString(tools.limits().run().actions()));
    }

    private static ScriptFault conflict(String name) {
        return new ScriptFault(NOWHERE, SieveComplaint.CONFLICT, name);
    }

    /// A letter that goes back goes nowhere else (RFC 5429 §2.2).
    private void place(String name) {
        if (rejected != null) {
            throw conflict(name);
        }
        explicit = true;
    }

    private List<String> flags(@Nullable List<Template> given) {
        return given == null ? flags.internal() : flags.listed(given);
    }

    private SieveAction.Target target(Step.Target target) {
        Template mailbox = target.mailbox();
        return new SieveAction.Target(
                mailbox == null ? "INBOX" : text(mailbox),
                flags(target.flags()),
                target.create(),
                optional(target.specialUse()),
                optional(target.mailboxId()));
    }

    private void redirect(Step.RedirectDeed deed) {
        place("redirect");
        String to = text(deed.address()).strip();
        List<EmailAddress> receivers;
        if (deed.list()) {
            receivers =
                    tools.facts()
                            .surroundings()
                            .list(to)
                            .orElseThrow(
                                    () -> new ScriptFault(NOWHERE, SieveComplaint.BAD_VALUE, to));
        } else {
            try {
                receivers = List.of(EmailAddress.parse(to));
            } catch (SyntaxFault _) {
                throw new ScriptFault(NOWHERE, SieveComplaint.BAD_ADDRESS, to);
            }
        }
        for (EmailAddress receiver : receivers) {
            SieveAction action = new SieveAction.Redirect(receiver, state.snapshot());
            if (!actions.contains(action)) {
                redirects++;
                if (redirects > tools.limits().run().redirects()) {
                    throw new ScriptFault(
                            NOWHERE,
                            SieveComplaint.TOO_MANY_REDIRECTS,
                            Integer.toString(tools.limits().run().redirects()));
                }
                add(action);
            }
        }
        keptImplicitly &= deed.copy();
    }

    private void vacation(Step.VacationDeed deed) {
        if (answered || rejected != null) {
            throw conflict("vacation");
        }
        answered = true;
        String reason = text(deed.words().reason());
        String subject = optional(deed.words().subject());
        NamedAddress from = sender(optional(deed.words().from()));
        String handle =
                deed.handle() == null
                        ? "\n" + subject + "\n" + from + "\n" + deed.words().mime() + "\n" + reason
                        : text(deed.handle());
        Step.Target copy = deed.copy();
        add(
                new SieveAction.Vacation(
                        new SieveAction.VacationText(reason, deed.words().mime(), subject, from),
                        handle,
                        Duration.ofSeconds(deed.seconds()),
                        addresses(deed.addresses()),
                        copy == null ? null : target(copy)));
    }

    private static @Nullable NamedAddress sender(@Nullable String from) {
        return from == null ? null : Senders.parse(from);
    }

    /// What is no address is left out: it names nobody.
    private List<EmailAddress> addresses(List<Template> texts) {
        List<EmailAddress> found = new ArrayList<>();
        for (String text : tools.variables().expand(texts)) {
            NamedAddress address = Senders.parse(text);
            if (address != null && found.size() < 100) {
                found.add(address.address());
            }
        }
        return found;
    }

    private void notify(Step.NotifyDeed deed) {
        String method = text(deed.method());
        MailtoUri uri = MailtoUri.parse(method);
        if (uri == null) {
            throw new ScriptFault(NOWHERE, SieveComplaint.BAD_VALUE, method);
        }
        notices++;
        if (notices > tools.limits().run().notices()) {
            throw new ScriptFault(
                    NOWHERE,
                    SieveComplaint.TOO_MANY_NOTICES,
                    Integer.toString(tools.limits().run().notices()));
        }
        String importance = Objects.requireNonNullElse(optional(deed.importance()), "2");
        Step.Target copy = deed.copy();
        add(
                new SieveAction.Notify(
                        uri,
                        sender(optional(deed.from())),
                        importance.equals("1") ? 1 : importance.equals("3") ? 3 : 2,
                        optional(deed.message()),
                        copy == null ? null : target(copy)));
    }

    private String modified(String value, List<Step.Modifier> modifiers) {
        String result = value;
        for (Step.Modifier modifier : modifiers) {
            result =
                    switch (modifier) {
                        case LOWER -> result.toLowerCase(Locale.ROOT);
                        case UPPER -> result.toUpperCase(Locale.ROOT);
                        case LOWERFIRST -> first(result, false);
                        case UPPERFIRST -> first(result, true);
                        case QUOTEWILDCARD -> quoted(result);
                        case ENCODEURL -> encoded(result);
                        case LENGTH -> Integer.toString(result.codePointCount(0, result.length()));
                    };
        }
        return result;
    }

    private static String first(String text, boolean upper) {
        if (text.isEmpty()) {
            return text;
        }
        int end = text.offsetByCodePoints(0, 1);
        String head = text.substring(0, end);
        return (upper ? head.toUpperCase(Locale.ROOT) : head.toLowerCase(Locale.ROOT))
                + text.substring(end);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*' || c == '?' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }

    // unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"
    private static String encoded(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "-._~".indexOf(c) >= 0;
            if (plain) {
                out.append(c);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }

    /// What may not be edited is left as it is, without a word (RFC 5293 §6).
    private void addHeader(Step.AddHeaderDeed deed) {
        String name = text(deed.name());
        if (!HeaderNames.valid(name)) {
            throw new ScriptFault(NOWHERE, SieveComplaint.BAD_HEADER, name);
        }
        if (ActionCompiler.editable(name)) {
            state.add(name, text(deed.value()), deed.last());
        }
    }

    private void deleteHeader(Step.DeleteHeaderDeed deed) {
        String name = text(deed.field().names().getFirst());
        if (!HeaderNames.valid(name) || !ActionCompiler.editable(name)) {
            return;
        }
        List<Field> named =
                state.ownFields().stream()
                        .filter(field -> field.name().equalsIgnoreCase(name))
                        .toList();
        Step.Keys keys = deed.keys();
        Set<Field> gone = new HashSet<>();
        for (Field field : Checks.picked(deed.field(), named)) {
            if (keys == null || tools.comparison().any(keys, List.of(field.text()), false)) {
                gone.add(field);
            }
        }
        if (!gone.isEmpty()) {
            state.delete(gone);
        }
    }

    private void replace(Step.ReplaceDeed deed) {
        String text = text(deed.replacement());
        state.replace(deed.mime() ? MimeEntity.written(text) : MimeEntity.plain(text));
        Part at = state.part();
        if (at == null || at.number() == 0) {
            replaceField("Subject", optional(deed.subject()));
            replaceField("From", optional(deed.from()));
        }
    }

    private void replaceField(String name, @Nullable String value) {
        if (value != null) {
            Set<Field> gone = new HashSet<>();
            state.ownFields().stream()
                    .filter(field -> field.name().equalsIgnoreCase(name))
                    .forEach(
                            field -> {
                                gone.add(field);
                                state.add("Original-" + name, field.text(), false);
                            });
            state.delete(gone);
            state.add(name, value, false);
        }
    }

    private void enclose(Step.EncloseDeed deed) {
        if (state.enclosures() >= MOST_ENCLOSURES) {
            throw new ScriptFault(
                    NOWHERE, SieveComplaint.TOO_MANY, Integer.toString(MOST_ENCLOSURES));
        }
        List<byte[]> header = new ArrayList<>();
        Set<String> copied = new HashSet<>(Set.of("from", "to", "cc", "date", "message-id"));
        String subject = optional(deed.subject());
        if (subject == null) {
            copied.add("subject");
        }
        for (Template name : deed.headers()) {
            String given = text(name);
            if (HeaderNames.valid(given) && ActionCompiler.editable(given)) {
                copied.add(given.toLowerCase(Locale.ROOT));
            }
        }
        for (Field field : state.ownFields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (copied.contains(name) && !name.startsWith("content-")) {
                header.add(field.raw());
            }
        }
        if (subject != null) {
            header.add(field("Subject", subject));
        }
        state.enclose(header, text(deed.text()));
    }

    private static byte[] field(String name, String value) {
        String line = EncodedWords.clean(value).strip();
        String text = new HeaderText(Variables.cut(line, 4_000)).value();
        return HeaderFolding.fold(name, EncodedWords.encode(text, name.length() + 2))
                .getBytes(StandardCharsets.UTF_8);
    }

    /// A text part's text; nothing for another (RFC 5703 §7).
    private void extract(Step.ExtractDeed deed) {
        Part at = state.part();
        String text = "";
        if (at != null && at.type().isText()) {
            text = state.letter().text(at, tools.limits().run().bodyOctets());
        }
        int most = (int) Math.min(deed.first(), text.codePointCount(0, text.length()));
        String first = text.substring(0, text.offsetByCodePoints(0, most));
        tools.variables().set(deed.name(), deed.global(), modified(first, deed.modifiers()));
    }
}
