package org.facteur.edge.jmap;

import java.util.Map;
import org.facteur.wire.jscontact.JsContact;

/// Cards as a module of TypeScript, from the types they are checked with.
final class CardShapes {
    private CardShapes() {}

    static String typescript() {
        StringBuilder out = new StringBuilder();
        out.append("// Written from the server's own shapes; a test holds both together.\n");
        out.append("import type { Id, UTCDate } from './types';\n\n");
        for (Map.Entry<String, Map<String, String>> type : JsContact.types().entrySet()) {
            boolean card = type.getKey().equals("Card");
            out.append("export interface ").append(card ? "ContactCard" : "Card" + type.getKey());
            out.append(" {\n");
            if (card) {
                out.append("  id: Id;\n  addressBookIds: Record<Id, true>;\n");
            }
            type.getValue()
                    .forEach(
                            (name, code) ->
                                    out.append("  ")
                                            .append(name)
                                            .append(code.endsWith("!") ? "" : "?")
                                            .append(": ")
                                            .append(type(code.replace("!", "")))
                                            .append(";\n"));
            out.append("}\n\n");
        }
        return out.deleteCharAt(out.length() - 1).toString();
    }

    private static String type(String code) {
        String inner = code.substring(1);
        return switch (code.charAt(0)) {
            case 'T' -> "string";
            case 'U', 'P' -> "number";
            case 'B' -> "boolean";
            case 'D' -> "UTCDate";
            case 'S' -> "Record<string, true>";
            case '?' -> "Card" + inner;
            case '[' -> "Card" + inner + "[]";
            default -> "Record<string, " + (inner.equals("T") ? "string" : "Card" + inner) + ">";
        };
    }
}
