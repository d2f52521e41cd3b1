package org.facteur.edge.admin;

import java.util.Objects;
import java.util.function.Function;
import org.facteur.base.word.Language;
import org.facteur.net.http.HttpAnswer;
import org.facteur.net.http.HttpRequest;
import tools.jackson.databind.json.JsonMapper;

/// Answers requests of administrators' programs. Any thread.
public final class AdminServer implements Function<HttpRequest, HttpAnswer> {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNSUPPORTED = 415;

    private final AdminToken token;
    private final AdminDesk desk;
    private final String document;

    /// @param version of the program, for the document
    public AdminServer(AdminToken token, AdminDesk desk, String version) {
        this.token = Objects.requireNonNull(token);
        this.desk = Objects.requireNonNull(desk);
        this.document =
                JsonMapper.builder()
                        .build()
                        .writeValueAsString(OpenApiDocument.of(desk.verbs(), version));
    }

    @Override
    public HttpAnswer apply(HttpRequest request) {
        if (!request.header("authorization").filter(token::opens).isPresent()) {
            return AdminDesk.fault(UNAUTHORIZED, "UNAUTHORIZED", "The token is missing or wrong.");
        }
        if (request.path().equals("/v1/openapi.json") && request.method().equals("GET")) {
            return HttpAnswer.json(OK, document);
        }
        if (desk.find(request.path()).isEmpty()) {
            return AdminDesk.fault(NOT_FOUND, "NOT_FOUND", "There is no such verb.");
        }
        if (!request.method().equals("POST")) {
            return AdminDesk.fault(METHOD_NOT_ALLOWED, "INVALID", "Verbs are asked for by POST.");
        }
        // A form of a page could not send this type without asking first.
        if (!request.header("content-type").orElse("").startsWith("application/json")) {
            return AdminDesk.fault(UNSUPPORTED, "INVALID", "A request is application/json.");
        }
        return desk.perform(
                request.path(),
                request.body(),
                Language.of(request.header("accept-language").orElse("en")));
    }
}
