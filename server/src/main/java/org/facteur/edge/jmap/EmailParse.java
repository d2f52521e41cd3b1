package org.facteur.edge.jmap;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.MethodFault;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Email/parse (RFC 8621 §4.9).
final class EmailParse {
    /// The most blobs of one call; each may be read as a whole.
    private static final int MOST = 50;

    private EmailParse() {}

    static ObjectNode run(Call call) throws IOException {
        LetterBox box = call.box();
        List<String> ids = call.arguments().findIds("blobIds");
        List<String> named = call.arguments().findTexts("properties");
        if (ids == null) {
            throw MethodFault.invalidArguments("blobIds are missing");
        }
        if (ids.size() > MOST) {
            throw MethodFault.requestTooLarge("at most " + MOST + " blobs");
        }
        if (named != null) {
            for (String each : named) {
                if (!EmailProperties.known(each)) {
                    throw MethodFault.invalidArguments("there is no property " + each);
                }
            }
        }
        Set<String> properties = named == null ? null : new LinkedHashSet<>(named);
        EmailJson form = EmailGet.form(call.arguments(), properties, EmailProperties.PARSED);
        call.arguments().end();
        ObjectNode parsed = JmapText.object();
        ArrayNode notParsable = JmapText.array();
        ArrayNode notFound = JmapText.array();
        for (String id : new LinkedHashSet<>(ids)) {
            String real = call.resolve(id);
            try (OpenBlob blob = call.blobs().find(box, real == null ? "" : real).orElse(null)) {
                if (blob == null) {
                    notFound.add(id);
                    continue;
                }
                Optional<MessageSource> message =
                        ParsedMessage.read(blob, real == null ? "" : real);
                if (message.isEmpty()) {
                    notParsable.add(id);
                } else {
                    parsed.set(id, form.of(message.get(), null));
                }
            }
        }
        ObjectNode answer = JmapText.object().put("accountId", ObjectIds.of(box.owner()));
        answer.set("parsed", parsed.isEmpty() ? null : parsed);
        answer.set("notParsable", notParsable.isEmpty() ? null : notParsable);
        answer.set("notFound", notFound.isEmpty() ? null : notFound);
        return answer;
    }
}
