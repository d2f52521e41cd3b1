package org.facteur.wire.mime;

import java.util.List;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// A part of a letter to be written.
public sealed interface BodyPart {
    /// Text in UTF-8; any line ends, written as CRLF; 7bit where it can be, else quoted-printable.
    ///
    /// @param subtype `plain`, `html`, …
    record Text(String subtype, String text) implements BodyPart {
        public Text {
            Tokens.check(subtype);
        }
    }

    /// Data in base64.
    ///
    /// @param type for example `image/png`
    /// @param inline whether it is to be shown in its place and not offered for download
    record Data(String type, @Nullable HeaderText fileName, Octets data, boolean inline)
            implements BodyPart {
        public Data {
            Tokens.checkType(type);
        }
    }

    /// Octets written as they are: reports, headers, whole letters. Lines must already end with
    /// CRLF.
    ///
    /// @param type for example `message/delivery-status`
    record Verbatim(String type, Octets octets) implements BodyPart {
        public Verbatim {
            Tokens.checkType(type);
        }
    }

    /// Parts together.
    ///
    /// @param subtype `mixed`, `alternative`, `related`, `report`
    /// @param reportType the report-type parameter (RFC 6522 §3), null for others
    record Multiple(String subtype, @Nullable String reportType, List<BodyPart> parts)
            implements BodyPart {
        public Multiple {
            Tokens.check(subtype);
            if (reportType != null) {
                Tokens.check(reportType);
            }
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw SyntaxFault.at(0, "at least one part", "RFC 2046 §5.1.1");
            }
        }
    }

    /// The tokens of media types (RFC 2045 §5.1).
    final class Tokens {
        private Tokens() {}

        static void check(String token) {
            for (int i = 0; i < token.length(); i++) {
                char c = token.charAt(i);
                if (c <= ' ' || c >= 0x7F || "()<>@,;:\\\"/[]?=".indexOf(c) >= 0) {
                    throw SyntaxFault.at(i, "a token", "RFC 2045 §5.1");
                }
            }
            if (token.isEmpty()) {
                throw SyntaxFault.at(0, "a token", "RFC 2045 §5.1");
            }
        }

        static void checkType(String type) {
            int slash = type.indexOf('/');
            if (slash < 0) {
                throw SyntaxFault.at(0, "type/subtype", "RFC 2045 §5.1");
            }
            check(type.substring(0, slash));
            check(type.substring(slash + 1));
        }
    }
}
