package org.facteur.wire.mime;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.facteur.wire.text.ByteSource;
import org.jspecify.annotations.Nullable;

/// A part of a message that is written octet by octet: as a person composed it, attachments of any
/// size included.
public sealed interface ComposedPart {
    /// What stands in its header.
    Head head();

    /// The header of a part.
    ///
    /// @param type for example `text/plain`
    /// @param disposition `inline`, `attachment` or another token; null for none
    /// @param fileName null for none
    /// @param contentId without angle brackets; null for none
    /// @param languages tags; may be empty
    /// @param location null for none
    /// @param more whole fields, each ended by CRLF
    record Head(
            String type,
            @Nullable String disposition,
            @Nullable HeaderText fileName,
            @Nullable String contentId,
            List<String> languages,
            @Nullable HeaderText location,
            List<String> more) {
        public Head {
            BodyPart.Tokens.checkType(type);
            if (disposition != null) {
                BodyPart.Tokens.check(disposition);
            }
            languages = List.copyOf(languages);
            languages.forEach(BodyPart.Tokens::check);
            more = List.copyOf(more);
        }

        /// Of a type and nothing more.
        public static Head of(String type) {
            return new Head(type, null, null, null, List.of(), null, List.of());
        }
    }

    /// Text in UTF-8; any line ends, written as CRLF.
    record Text(Head head, String text) implements ComposedPart {
        public Text {
            Objects.requireNonNull(head);
            Objects.requireNonNull(text);
        }
    }

    /// Octets from elsewhere.
    ///
    /// @param charset of text; null for none
    record Data(Head head, @Nullable String charset, Supply supply) implements ComposedPart {
        public Data {
            Objects.requireNonNull(head);
            Objects.requireNonNull(supply);
        }
    }

    /// Parts together; the type of the head is a multipart.
    record Multiple(Head head, List<ComposedPart> parts) implements ComposedPart {
        public Multiple {
            Objects.requireNonNull(head);
            parts = List.copyOf(parts);
        }
    }

    /// Opens octets from their beginning, more than once.
    @FunctionalInterface
    interface Supply {
        Reading open() throws IOException;
    }

    /// Octets being read; closed by whoever opened them.
    interface Reading extends ByteSource, AutoCloseable {
        @Override
        void close() throws IOException;
    }
}
