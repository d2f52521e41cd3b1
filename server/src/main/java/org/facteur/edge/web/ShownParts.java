package org.facteur.edge.web;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.Part;

/// Which parts of a letter are its text: of alternatives the richest that is understood, of related
/// parts the first, of mixed ones all that are shown in their place (RFC 2046 §5.1, RFC 2387).
final class ShownParts {
    /// What a browser decodes and nothing else.
    private static final Set<String> PICTURES = Set.of("png", "jpeg", "gif", "webp");

    private static final int MOST = 40;

    private ShownParts() {}

    static List<Part> of(Anatomy anatomy) {
        List<Part> shown = new ArrayList<>();
        Deque<Part> open = new ArrayDeque<>();
        open.push(anatomy.root());
        while (!open.isEmpty() && shown.size() < MOST) {
            Part part = open.pop();
            if (part.type().isMultipart()) {
                List<Part> children = anatomy.childrenOf(part);
                switch (part.type().subtype()) {
                    case "alternative" -> best(anatomy, children).ifPresent(open::push);
                    case "related" -> first(children).ifPresent(open::push);
                    default -> children.reversed().forEach(open::push);
                }
            } else if (isText(part) || (picture(part) && inPlace(part))) {
                shown.add(part);
            }
        }
        return shown;
    }

    private static Optional<Part> first(List<Part> parts) {
        return parts.isEmpty() ? Optional.empty() : Optional.of(parts.getFirst());
    }

    /// The last that is HTML or holds some; else the last that is text.
    private static Optional<Part> best(Anatomy anatomy, List<Part> alternatives) {
        Part text = null;
        for (Part each : alternatives.reversed()) {
            if (each.type().is("text", "html")
                    || (each.type().isMultipart() && rich(anatomy, each))) {
                return Optional.of(each);
            }
            if (text == null && (isText(each) || each.type().isMultipart())) {
                text = each;
            }
        }
        return text == null ? first(alternatives) : Optional.of(text);
    }

    private static boolean rich(Anatomy anatomy, Part around) {
        Deque<Part> open = new ArrayDeque<>(anatomy.childrenOf(around));
        while (!open.isEmpty()) {
            Part part = open.pop();
            if (part.type().is("text", "html")) {
                return true;
            }
            if (part.type().isMultipart()) {
                anatomy.childrenOf(part).forEach(open::push);
            }
        }
        return false;
    }

    private static boolean isText(Part part) {
        return inPlace(part)
                && (part.type().is("text", "html")
                        || part.type().is("text", "plain")
                        || part.type().is("text", "enriched"));
    }

    /// Whether a part is a picture that is shown.
    static boolean picture(Part part) {
        return part.type().type().equals("image") && PICTURES.contains(part.type().subtype());
    }

    private static boolean inPlace(Part part) {
        var disposition = part.details().disposition();
        return disposition == null || disposition.isInline();
    }
}
