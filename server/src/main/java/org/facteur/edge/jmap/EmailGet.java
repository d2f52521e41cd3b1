package org.facteur.edge.jmap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterCatalog;
import org.facteur.core.mailbox.LetterId;
import org.facteur.core.mailbox.WholeLetter;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.MethodFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Email/get (RFC 8621 §4.2).
final class EmailGet {
    private EmailGet() {}

    static ObjectNode run(Call call) throws IOException {
        LetterBox box = call.box();
        ObjectGet get = new ObjectGet(call, EmailProperties::known);
        EmailJson form = form(call.arguments(), get.properties(), EmailProperties.STANDARD);
        call.arguments().end();
        Set<String> asked = get.ids();
        if (asked == null) {
            throw MethodFault.requestTooLarge("say which emails");
        }
        List<String> names = new ArrayList<>();
        List<LetterId> ids = new ArrayList<>();
        for (String name : asked) {
            ObjectIds.letter(name)
                    .ifPresentOrElse(
                            id -> {
                                names.add(name);
                                ids.add(id);
                            },
                            () -> get.missing(name));
        }
        LetterCatalog.Found found = box.catalog().find(ids);
        for (int i = 0; i < ids.size(); i++) {
            WholeLetter letter = found.letters().get(i);
            if (letter == null) {
                get.missing(names.get(i));
            } else {
                try (OpenLetter open = new OpenLetter(box, letter.letter())) {
                    get.found(form.of(open, letter));
                }
            }
        }
        return get.answer(ObjectIds.of(box.owner()), States.of(found.version()));
    }

    /// Takes what says how emails are shown.
    ///
    /// @param properties that are asked for; null for the standard ones
    static EmailJson form(
            Arguments arguments, @Nullable Set<String> properties, Set<String> standard) {
        List<String> named = arguments.findTexts("bodyProperties");
        if (named != null) {
            for (String each : named) {
                if (!BodyJson.known(each)) {
                    throw MethodFault.invalidArguments("there is no body property " + each);
                }
            }
        }
        return new EmailJson(
                properties == null ? standard : properties,
                named == null ? BodyJson.STANDARD : new LinkedHashSet<>(named),
                BodyValues.take(arguments));
    }
}
