package org.facteur.wire.mime;

import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.EncodedWords;
import org.jspecify.annotations.Nullable;

/// An address with the name shown beside it, to be written into a letter.
public record NamedAddress(@Nullable HeaderText name, EmailAddress address) {
    public static NamedAddress of(EmailAddress address) {
        return new NamedAddress(null, address);
    }

    // name-addr = [display-name] angle-addr
    /// As a header field has it: the name as atoms, quoted or in encoded words, each on lines that
    /// fold.
    public String field() {
        if (name == null || name.value().isBlank()) {
            return address.toString();
        }
        String text = name.value().strip();
        if (EncodedWords.needsEncoding(text)) {
            return EncodedWords.encode(text, 10) + " <" + address + ">";
        }
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\" <" + address + ">";
    }
}
