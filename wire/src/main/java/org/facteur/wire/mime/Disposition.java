package org.facteur.wire.mime;

import java.util.List;
import java.util.Optional;
import org.facteur.wire.text.ParameterValue;
import org.facteur.wire.text.ParameterValue.Parameter;

/// What a sender wishes done with a part (RFC 2183).
///
/// @param kind lower case: `inline`, `attachment` or something else, to be taken as attachment
/// @param parameters as written, in order
public record Disposition(String kind, List<Parameter> parameters) {
    public Disposition {
        parameters = List.copyOf(parameters);
    }

    public boolean isInline() {
        return kind.equals("inline");
    }

    /// A parameter decoded to text (RFC 2231).
    ///
    /// @param name lower case
    public Optional<String> find(String name) {
        return new ParameterValue("", parameters).find(name);
    }
}
