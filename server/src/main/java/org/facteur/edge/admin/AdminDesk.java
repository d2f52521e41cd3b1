package org.facteur.edge.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.facteur.base.word.Language;
import org.facteur.net.http.HttpAnswer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Performs verbs for whoever may ask for them: this class asks nobody who they are. Any thread.
public final class AdminDesk {
    private static final Logger LOG = LoggerFactory.getLogger(AdminDesk.class);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NESTING = 4;
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(NESTING)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .build();

    private final Map<String, AdminVerb> verbs = new LinkedHashMap<>();
    private final AdminWork work;

    public AdminDesk(List<AdminVerb> verbs, AdminWork work) {
        this.work = Objects.requireNonNull(work);
        verbs.forEach(verb -> this.verbs.put(verb.path(), verb));
    }

    List<AdminVerb> verbs() {
        return List.copyOf(verbs.values());
    }

    Optional<AdminVerb> find(String path) {
        return Optional.ofNullable(verbs.get(path));
    }

    /// Performs a verb.
    ///
    /// @param path `/v1/account/add`
    /// @param body a JSON object of the verb's parameters; empty for none
    public HttpAnswer perform(String path, byte[] body, Language language) {
        AdminVerb verb = verbs.get(path);
        if (verb == null) {
            return fault(NOT_FOUND, "NOT_FOUND", "There is no such verb.");
        }
        HttpAnswer answer = answer(verb, body, language);
        LOG.info("administration {} {} {}", verb.area(), verb.name(), answer.status());
        return answer;
    }

    private HttpAnswer answer(AdminVerb verb, byte[] body, Language language) {
        Asked asked;
        try {
            asked = asked(verb, body);
        } catch (JacksonException _) {
            return fault(AdminWork.Failure.INVALID.status(), "INVALID", "This is no JSON object.");
        } catch (Misfit misfit) {
            return fault(AdminWork.Failure.INVALID.status(), "INVALID", misfit.text);
        }
        AdminWork.Outcome outcome = work.perform(asked.arguments(), asked.input(), language);
        AdminWork.Failure failure = outcome.failure();
        return failure == null
                ? HttpAnswer.json(OK, outcome.json().isBlank() ? "{}" : outcome.json())
                : fault(failure.status(), failure.name(), outcome.sentence());
    }

    static HttpAnswer fault(int status, String reason, String text) {
        Map<String, String> fault = new LinkedHashMap<>();
        fault.put("reason", reason);
        fault.put("text", text);
        return HttpAnswer.json(status, JSON.writeValueAsString(fault));
    }

    /// A request as a command line.
    private record Asked(List<String> arguments, String input) {}

    /// A request that does not fit its verb.
    private static final class Misfit extends Exception {
        private static final long serialVersionUID = 1;

        private final String text;

        Misfit(String text) {
            super(text, null, false, false);
            this.text = text;
        }
    }

    private static Asked asked(AdminVerb verb, byte[] body) throws Misfit {
        JsonNode root = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        if (!root.isObject()) {
            throw new Misfit("A request is a JSON object.");
        }
        List<String> options = new ArrayList<>(List.of(verb.area(), verb.name(), "--json"));
        List<String> plain = new ArrayList<>();
        int known = 0;
        for (AdminVerb.Parameter parameter : verb.parameters()) {
            JsonNode value = root.get(parameter.name());
            if (value == null || value.isNull()) {
                if (parameter.required()) {
                    throw new Misfit("\"" + parameter.name() + "\" is missing.");
                }
                known += value == null ? 0 : 1;
                continue;
            }
            known++;
            List<String> words = words(parameter, value);
            if (parameter.option().isEmpty()) {
                plain.addAll(words);
            } else if (parameter.kind() == AdminVerb.Kind.SWITCH) {
                words.stream().filter("true"::equals).forEach(_ -> options.add(parameter.option()));
            } else {
                options.add(parameter.option() + "=" + String.join(",", words));
            }
        }
        JsonNode input = verb.readsInput() ? root.get("input") : null;
        if (known + (input == null ? 0 : 1) != root.size()) {
            throw new Misfit("There is a name that this verb does not have.");
        }
        options.add("--");
        options.addAll(plain);
        return new Asked(List.copyOf(options), text(input));
    }

    private static String text(@Nullable JsonNode input) throws Misfit {
        if (input == null || input.isNull()) {
            return "";
        }
        if (!input.isString()) {
            throw new Misfit("\"input\" is a string.");
        }
        return input.stringValue();
    }

    private static List<String> words(AdminVerb.Parameter parameter, JsonNode value) throws Misfit {
        boolean fits =
                switch (parameter.kind()) {
                    case TEXT -> value.isString();
                    case NUMBER -> value.isIntegralNumber();
                    case SWITCH -> value.isBoolean();
                    case LIST -> value.isArray();
                };
        if (!fits) {
            throw new Misfit("\"" + parameter.name() + "\" is of another type.");
        }
        if (parameter.kind() != AdminVerb.Kind.LIST) {
            return List.of(value.asString());
        }
        List<String> words = new ArrayList<>();
        for (JsonNode each : value) {
            if (!each.isString() && !each.isIntegralNumber()) {
                throw new Misfit("\"" + parameter.name() + "\" is a list of strings.");
            }
            words.add(each.asString());
        }
        return words;
    }
}
