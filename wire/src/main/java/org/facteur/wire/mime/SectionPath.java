package org.facteur.wire.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// IMAP's name of a piece of a letter: `1.2`, `HEADER`, `3.TEXT`, `1.MIME` (RFC 9051 §6.4.5.1).
///
/// @param numbers from the outside in, each at least 1
/// @param piece which piece of what the numbers name
public record SectionPath(List<Integer> numbers, Piece piece) {
    private static final int DEEPEST = 100;
    private static final String RULE = "RFC 9051 §6.4.5.1";

    /// A piece of a part.
    public enum Piece {
        /// The body; without numbers the whole letter.
        CONTENT,
        /// The header of a letter, blank line included.
        HEADER,
        /// The body of a letter.
        TEXT,
        /// The header of a part, blank line included.
        MIME
    }

    public SectionPath {
        numbers = List.copyOf(numbers);
        if (numbers.size() > DEEPEST || numbers.stream().anyMatch(n -> n < 1)) {
            throw SyntaxFault.at(0, "at most 100 part numbers from 1", RULE);
        }
        if (numbers.isEmpty() && piece == Piece.MIME) {
            throw SyntaxFault.at(0, "a part number before MIME", RULE);
        }
    }

    // section-spec = section-msgtext / (section-part ["." section-text])
    /// Reads it in any case; the empty text names the whole letter.
    public static SectionPath parse(String text) {
        List<Integer> numbers = new ArrayList<>();
        int at = 0;
        while (at < text.length() && text.charAt(at) >= '1' && text.charAt(at) <= '9') {
            int number = 0;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                number = number * 10 + text.charAt(at++) - '0';
                if (number > 1_000_000 || numbers.size() >= DEEPEST) {
                    throw SyntaxFault.at(at, "a part number", RULE);
                }
            }
            numbers.add(number);
            if (at == text.length()) {
                return new SectionPath(numbers, Piece.CONTENT);
            }
            if (text.charAt(at++) != '.') {
                throw SyntaxFault.at(at - 1, "a dot", RULE);
            }
        }
        if (text.isEmpty()) {
            return new SectionPath(numbers, Piece.CONTENT);
        }
        Piece piece =
                switch (text.substring(at).toUpperCase(Locale.ROOT)) {
                    case "HEADER" -> Piece.HEADER;
                    case "TEXT" -> Piece.TEXT;
                    case "MIME" -> Piece.MIME;
                    default ->
                            throw SyntaxFault.at(at, "a part number, HEADER, TEXT or MIME", RULE);
                };
        return new SectionPath(numbers, piece);
    }

    /// The part the numbers name; empty when there is none. Without numbers the letter itself.
    public Optional<Part> findPart(Anatomy anatomy) {
        Part part = anatomy.root();
        boolean letter = true;
        for (int number : numbers) {
            if (part.type().isMessage() && !letter) {
                List<Part> inner = anatomy.childrenOf(part);
                if (inner.isEmpty()) {
                    return Optional.empty();
                }
                part = inner.getFirst();
                letter = true;
            }
            if (part.type().isMultipart()) {
                List<Part> children = anatomy.childrenOf(part);
                if (number > children.size()) {
                    return Optional.empty();
                }
                part = children.get(number - 1);
            } else if (number != 1 || !letter) {
                return Optional.empty();
            }
            letter = false;
        }
        return Optional.of(part);
    }

    /// Where the piece lies; empty when the letter has none.
    public Optional<SectionRange> in(Anatomy anatomy) {
        @Nullable Part part = findPart(anatomy).orElse(null);
        if (part == null) {
            return Optional.empty();
        }
        PartRange range = part.range();
        if (piece == Piece.MIME) {
            return Optional.of(new SectionRange(range.headerStart(), range.bodyStart()));
        }
        if (piece == Piece.CONTENT) {
            return Optional.of(
                    new SectionRange(
                            numbers.isEmpty() ? 0 : range.bodyStart(),
                            numbers.isEmpty() ? anatomy.size() : range.end()));
        }
        if (!numbers.isEmpty()) {
            if (!part.type().isMessage()) {
                return Optional.empty();
            }
            List<Part> inner = anatomy.childrenOf(part);
            if (inner.isEmpty()) {
                return Optional.empty();
            }
            range = inner.getFirst().range();
        }
        return Optional.of(
                piece == Piece.HEADER
                        ? new SectionRange(range.headerStart(), range.bodyStart())
                        : new SectionRange(range.bodyStart(), range.end()));
    }
}
