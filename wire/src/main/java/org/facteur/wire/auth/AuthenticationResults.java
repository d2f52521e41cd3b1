package org.facteur.wire.auth;

import java.util.List;
import java.util.Objects;
import org.facteur.wire.text.SyntaxFault;

/// What a server found out about a letter (RFC 8601 §2.2). Written and read here.
///
/// Values of others are quoted, and cut to what one line holds; what is no visible ASCII in them
/// becomes a question mark: nothing a sender typed can look like a finding.
///
/// @param server who found it out
/// @param findings empty for `none`
public record AuthenticationResults(String server, List<Finding> findings) {
    private static final int LONGEST_VALUE = 320;
    private static final int LINE = 78;

    /// One proof that was looked at.
    ///
    /// @param method as `dkim`
    /// @param result as `pass`
    /// @param reason in plain words; empty for none
    public record Finding(String method, String result, String reason, List<Property> properties) {
        public Finding {
            Objects.requireNonNull(method);
            Objects.requireNonNull(result);
            Objects.requireNonNull(reason);
            properties = List.copyOf(properties);
        }

        /// A property's value; empty when it is not there.
        ///
        /// @param name with its kind, as `header.d`
        public String value(String name) {
            for (Property each : properties) {
                if (each.name().equals(name)) {
                    return each.value();
                }
            }
            return "";
        }
    }

    /// What was looked at.
    ///
    /// @param name with its kind, as `smtp.mailfrom`
    public record Property(String name, String value) {
        public Property {
            Objects.requireNonNull(name);
            Objects.requireNonNull(value);
        }
    }

    public AuthenticationResults {
        Objects.requireNonNull(server);
        findings = List.copyOf(findings);
    }

    // authres-header-field = "Authentication-Results:" authres-payload
    /// The whole field with its CRLF.
    public String toField() {
        return "Authentication-Results:" + toValue();
    }

    // authres-payload = [CFWS] authserv-id [ CFWS authres-version ] ( no-result / 1*resinfo )
    // resinfo = [CFWS] ";" methodspec [ CFWS reasonspec ] [ CFWS 1*propspec ]
    private String toValue() {
        StringBuilder field = new StringBuilder(300).append(' ').append(quoted(server));
        if (findings.isEmpty()) {
            return field.append("; none\r\n").toString();
        }
        for (Finding each : findings) {
            StringBuilder line = new StringBuilder("\r\n\t").append(each.method()).append('=');
            line.append(each.result());
            if (!each.reason().isEmpty()) {
                append(line, "reason=" + inQuotes(each.reason()));
            }
            for (Property property : each.properties()) {
                append(line, property.name() + "=" + quoted(property.value()));
            }
            field.append(';').append(line);
        }
        return field.append("\r\n").toString();
    }

    private static void append(StringBuilder line, String word) {
        int column = line.length() - line.lastIndexOf("\n") + 7;
        line.append(column + word.length() > LINE ? "\r\n\t " : " ").append(word);
    }

    // value = token / quoted-string    pvalue = [CFWS] ( ( value / [ [ local-part ] "@" ]
    // domain-name ) ) [CFWS]
    private static String quoted(String value) {
        int at = value.lastIndexOf('@');
        String local = at < 0 ? "" : value.substring(0, at);
        boolean plain = !value.isEmpty() && value.length() <= LONGEST_VALUE;
        boolean address = at > 0 && isPlain(local) && isPlain(value.substring(at + 1));
        return plain && (address || isPlain(value)) ? value : inQuotes(value);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "-._+!#$&*^`{|}~%".indexOf(c) >= 0;
            if (!plain) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static String inQuotes(String text) {
        StringBuilder out = new StringBuilder().append('"');
        for (int i = 0; i < Math.min(LONGEST_VALUE, text.length()); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c < ' ' || c > '~' ? '?' : c);
        }
        return out.append('"').toString();
    }

    /// Reads the value of a field.
    ///
    /// @param value folds may still be in it
    /// @throws SyntaxFault for anything that is not one
    public static AuthenticationResults parse(String value) {
        return new AuthenticationResultsReader(value).read();
    }
}
