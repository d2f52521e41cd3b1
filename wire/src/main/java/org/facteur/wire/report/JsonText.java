package org.facteur.wire.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Reads the JSON of reports into maps, lists, texts, numbers and truth values; null stays null.
///
/// Iterative; at most 16 deep and 200,000 values. Of a name that comes twice the last counts.
final class JsonText {
    private static final String RULE = "RFC 8259 §2";
    private static final int DEEPEST = 16;
    private static final int MOST_VALUES = 200_000;

    private final String in;
    private final Deque<Open> open = new ArrayDeque<>();
    private int at;
    private int values;

    /// An object or array that is being read.
    private static final class Open {
        private final @Nullable Map<String, @Nullable Object> members;
        private final @Nullable List<@Nullable Object> elements;
        private String name = "";

        Open(boolean object) {
            members = object ? new LinkedHashMap<>() : null;
            elements = object ? null : new ArrayList<>();
        }

        Object value() {
            return members != null ? members : java.util.Objects.requireNonNull(elements);
        }

        void add(@Nullable Object value) {
            if (members != null) {
                members.put(name, value);
            } else if (elements != null) {
                elements.add(value);
            }
        }

        boolean object() {
            return members != null;
        }
    }

    private JsonText(String in) {
        this.in = in;
    }

    /// @throws SyntaxFault for what is no JSON or more of it than is read
    static @Nullable Object parse(String text) {
        JsonText reader = new JsonText(text);
        Object value = reader.whole();
        reader.blanks();
        if (reader.at < text.length()) {
            throw reader.fault("the end");
        }
        return value;
    }

    // value = false / null / true / object / array / number / string
    private @Nullable Object whole() {
        while (true) {
            blanks();
            if (++values > MOST_VALUES) {
                throw fault("fewer values");
            }
            char c = peek();
            Object value;
            if (c == '{' || c == '[') {
                at++;
                begin(c == '{');
                blanks();
                if (peek() != (c == '{' ? '}' : ']')) {
                    name();
                    continue;
                }
                at++;
                value = open.pop().value();
            } else {
                value = scalar(c);
            }
            while (true) {
                Open around = open.peek();
                if (around == null) {
                    return value;
                }
                around.add(value);
                blanks();
                char next = take();
                if (next == ',') {
                    name();
                    break;
                }
                if (next != (around.object() ? '}' : ']')) {
                    throw fault("a comma or the end");
                }
                value = open.pop().value();
            }
        }
    }

    private void begin(boolean object) {
        if (open.size() == DEEPEST) {
            throw fault("no more than 16 levels");
        }
        open.push(new Open(object));
    }

    // member = string name-separator value
    private void name() {
        Open around = java.util.Objects.requireNonNull(open.peek());
        if (around.object()) {
            blanks();
            if (peek() != '"') {
                throw fault("a name");
            }
            around.name = string();
            blanks();
            if (take() != ':') {
                throw fault("a colon");
            }
        }
    }

    private @Nullable Object scalar(char c) {
        if (c == '"') {
            return string();
        }
        int from = at;
        while ((at < in.length() && "+-.eE".indexOf(in.charAt(at)) >= 0) || isWord()) {
            at++;
        }
        String word = in.substring(from, at);
        return switch (word) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            case "null" -> null;
            default -> number(word, from);
        };
    }

    private boolean isWord() {
        return at < in.length() && in.charAt(at) < 0x80 && Character.isLetterOrDigit(in.charAt(at));
    }

    // number = [ minus ] int [ frac ] [ exp ]
    private static Object number(String word, int from) {
        char first =
                word.isEmpty() ? 'x' : word.charAt(word.charAt(0) == '-' ? 1 % word.length() : 0);
        if (first >= '0' && first <= '9' && word.length() <= 40) {
            try {
                return (long) Double.parseDouble(word);
            } catch (NumberFormatException _) {
                throw SyntaxFault.at(from, "a number", RULE);
            }
        }
        throw SyntaxFault.at(from, "a value", RULE);
    }

    // string = quotation-mark *char quotation-mark
    private String string() {
        at++;
        StringBuilder text = new StringBuilder();
        while (true) {
            char c = take();
            if (c == '"') {
                return text.toString();
            }
            if (c < ' ') {
                throw fault("no control character");
            }
            text.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = take();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int value = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(take(), 16);
                    if (digit < 0) {
                        throw fault("four digits");
                    }
                    value = value * 16 + digit;
                }
                yield (char) value;
            }
            default -> throw fault("an escape");
        };
    }

    private void blanks() {
        while (at < in.length() && " \t\r\n".indexOf(in.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= in.length()) {
            throw fault("a value");
        }
        return in.charAt(at);
    }

    private char take() {
        char c = peek();
        at++;
        return c;
    }

    private SyntaxFault fault(String expected) {
        return SyntaxFault.at(at, expected, RULE);
    }

    /// A text as JSON writes it, quotes included.
    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
                out.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
