package org.facteur.wire.report;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.facteur.wire.mime.HeaderText;
import org.jspecify.annotations.Nullable;

/// What a recipient's program tells a letter's writer (RFC 8098 §3).
///
/// @param finalRecipient with its address type: `rfc822; anna@example.org`
/// @param originalRecipient the same, as the writer had it; null where that is not known
/// @param originalMessageId in angle brackets; null where that is not known
/// @param details what else is said
public record DispositionNotice(
        HeaderText finalRecipient,
        @Nullable HeaderText originalRecipient,
        @Nullable HeaderText originalMessageId,
        Disposition disposition,
        Details details) {
    /// What is seldom said.
    ///
    /// @param reportingUa which program
    /// @param gateway which translated the notice
    /// @param errors in words
    /// @param extensions other fields by name
    public record Details(
            @Nullable HeaderText reportingUa,
            @Nullable HeaderText gateway,
            List<HeaderText> errors,
            Map<String, HeaderText> extensions) {
        public static final Details NONE = new Details(null, null, List.of(), Map.of());

        public Details {
            errors = List.copyOf(errors);
            extensions = Map.copyOf(extensions);
            for (String name : extensions.keySet()) {
                boolean fits = !name.isEmpty() && name.length() <= 76;
                for (int i = 0; i < name.length(); i++) {
                    char c = name.charAt(i);
                    fits &= c > ' ' && c < 0x7f && c != ':';
                }
                if (!fits) {
                    throw org.facteur.wire.text.SyntaxFault.at(
                            0, "the name of a field", "RFC 8098 §3.3");
                }
            }
        }
    }

    public DispositionNotice {
        Objects.requireNonNull(finalRecipient);
        Objects.requireNonNull(disposition);
        Objects.requireNonNull(details);
    }
}
