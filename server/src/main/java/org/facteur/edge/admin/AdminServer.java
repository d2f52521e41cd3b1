package org.facteur.edge.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.facteur.base.word.Language;
import org.facteur.net.http.HttpAnswer;
import org.facteur.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers requests of administrators' programs. Any thread.
public final class AdminServer implements Function<HttpRequest, HttpAnswer> {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNSUPPORTED = 415;
    private static final int NESTING = 4;

    private final AdminToken token;
    private final Map<String, AdminVerb> verbs = new LinkedHashMap<>();
    private final AdminWork work;
    private final String document;
    private final JsonMapper json =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(NESTING)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .build();

    /// @param version of the program, for the document
    public AdminServer(AdminToken token, List<AdminVerb> verbs, AdminWork work, String version) {
        this.token = Objects.requireNonNull(token);
        this.work = Objects.requireNonNull(work);
        verbs.forEach(verb -> this.verbs.put(verb.path(), verb));
        this.document = json.writeValueAsString(OpenApiDocument.of(verbs, version));
    }

    @Override
    public HttpAnswer apply(HttpRequest request) {
        if (!request.header("authorization").filter(token::opens).isPresent()) {
            return fault(UNAUTHORIZED, "UNAUTHORIZED", "The token is missing or wrong.");
        }
        if (request.path().equals("/v1/openapi.json") && request.method().equals("GET")) {
            return HttpAnswer.json(OK, document);
        }
        AdminVerb verb = verbs.get(request.path());
        if (verb == null) {
            return fault(NOT_FOUND, "NOT_FOUND", "There is no such verb.");
        }
        if (!request.method().equals("POST")) {
            return fault(METHOD_NOT_ALLOWED, "INVALID", "Verbs are asked for by POST.");
        }
        // A form of a page could not send this type without asking first.
        if (!request.header("content-type").orElse("").startsWith("application/json")) {
            return fault(UNSUPPORTED, "INVALID", "A request is application/json.");
        }
        HttpAnswer answer = perform(verb, request);
        LOG.info("administration {} {} {}", verb.area(), verb.name(), answer.status());
        return answer;
    }

    private HttpAnswer perform(AdminVerb verb, HttpRequest request) {
        Asked asked;
        try {
            asked = asked(verb, request.body());
        } catch (JacksonException _) {
            return fault(AdminWork.Failure.INVALID.status(), "INVALID", "This is no JSON object.");
        } catch (Misfit misfit) {
            return fault(AdminWork.Failure.INVALID.status(), "INVALID", misfit.text);
        }
        AdminWork.Outcome outcome =
                work.perform(
                        asked.arguments(),
                        asked.input(),
                        Language.of(request.header("accept-language").orElse("en")));
        AdminWork.Failure failure = outcome.failure();
        return failure == null
                ? HttpAnswer.json(OK, outcome.json().isBlank() ? "{}" : outcome.json())
                : fault(failure.status(), failure.name(), outcome.sentence());
    }

    private HttpAnswer fault(int status, String reason, String text) {
        Map<String, String> fault = new LinkedHashMap<>();
        fault.put("reason", reason);
        fault.put("text", text);
        return HttpAnswer.json(status, json.writeValueAsString(fault));
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

    private Asked asked(AdminVerb verb, byte[] body) throws Misfit {
        JsonNode root = body.length == 0 ? json.createObjectNode() : json.readTree(body);
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
