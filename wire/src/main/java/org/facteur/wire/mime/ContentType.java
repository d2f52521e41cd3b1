package org.facteur.wire.mime;

import java.util.List;
import java.util.Optional;
import org.facteur.wire.text.ParameterValue;
import org.facteur.wire.text.ParameterValue.Parameter;

/// A media type with its parameters.
///
/// @param type lower case, for example `text`
/// @param subtype lower case, for example `plain`
/// @param parameters as written, in order
public record ContentType(String type, String subtype, List<Parameter> parameters) {
    /// What a part without Content-Type is (RFC 2045 §5.2).
    public static final ContentType TEXT_PLAIN = new ContentType("text", "plain", List.of());

    static final ContentType MESSAGE = new ContentType("message", "rfc822", List.of());

    public ContentType {
        parameters = List.copyOf(parameters);
    }

    /// A parameter decoded to text (RFC 2231).
    ///
    /// @param name lower case
    public Optional<String> find(String name) {
        return new ParameterValue("", parameters).find(name);
    }

    public boolean is(String wantedType, String wantedSubtype) {
        return type.equals(wantedType) && subtype.equals(wantedSubtype);
    }

    public boolean isMultipart() {
        return type.equals("multipart");
    }

    /// A whole letter inside: message/rfc822 or, with UTF-8 headers, message/global (RFC 6532
    /// §3.7).
    public boolean isMessage() {
        return type.equals("message") && (subtype.equals("rfc822") || subtype.equals("global"));
    }

    public boolean isText() {
        return type.equals("text");
    }

    /// `type/subtype`.
    @Override
    public String toString() {
        return type + "/" + subtype;
    }
}
