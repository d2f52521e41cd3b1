package org.facteur.wire.report;

import java.util.Locale;
import java.util.Objects;
import org.facteur.wire.text.SyntaxFault;

/// What became of a letter in somebody's hands (RFC 8098 §3.2.6).
///
/// @param manualAction whether a person did it, not a rule
/// @param manualSending whether a person agreed to this notice
public record Disposition(boolean manualAction, boolean manualSending, Type type) {
    /// What was done.
    public enum Type {
        DELETED("deleted"),
        DISPATCHED("dispatched"),
        DISPLAYED("displayed"),
        PROCESSED("processed");

        private final String keyword;

        Type(String keyword) {
            this.keyword = keyword;
        }

        public String keyword() {
            return keyword;
        }

        /// @throws SyntaxFault for another word
        public static Type parse(String word) {
            for (Type each : values()) {
                if (each.keyword.equals(word.toLowerCase(Locale.ROOT))) {
                    return each;
                }
            }
            throw SyntaxFault.at(0, "a disposition type", "RFC 8098 §3.2.6.2");
        }
    }

    public Disposition {
        Objects.requireNonNull(type);
    }

    // disposition-mode = action-mode OWS "/" OWS sending-mode
    // disposition-field = "Disposition" ":" OWS disposition-mode OWS ";" OWS disposition-type
    //                     [ OWS "/" OWS disposition-modifier *( OWS "," OWS disposition-modifier )
    // ]
    /// Reads the value of the field; modifiers are not looked at.
    ///
    /// @throws SyntaxFault for anything else
    public static Disposition parse(String value) {
        int semicolon = value.indexOf(';');
        int slash = value.indexOf('/');
        if (semicolon < 0 || slash < 0 || slash > semicolon) {
            throw SyntaxFault.at(0, "action-mode/sending-mode; type", "RFC 8098 §3.2.6");
        }
        String action = value.substring(0, slash).strip().toLowerCase(Locale.ROOT);
        String sending = value.substring(slash + 1, semicolon).strip().toLowerCase(Locale.ROOT);
        String rest = value.substring(semicolon + 1).strip();
        int modifier = rest.indexOf('/');
        Type type = Type.parse((modifier < 0 ? rest : rest.substring(0, modifier)).strip());
        return new Disposition(
                action.equals("manual-action"), sending.equals("mdn-sent-manually"), type);
    }

    @Override
    public String toString() {
        return (manualAction ? "manual-action" : "automatic-action")
                + "/"
                + (manualSending ? "MDN-sent-manually" : "MDN-sent-automatically")
                + "; "
                + type.keyword();
    }
}
