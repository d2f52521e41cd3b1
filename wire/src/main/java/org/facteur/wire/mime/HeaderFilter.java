package org.facteur.wire.mime;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;

/// IMAP's HEADER.FIELDS and HEADER.FIELDS.NOT (RFC 9051 §6.4.5.1): some fields of a header as they
/// lie.
public final class HeaderFilter {
    private HeaderFilter() {}

    /// Picks fields by name.
    ///
    /// @param header a whole header section, blank line included
    /// @param names in any case
    /// @param without whether these fields are left out and all others taken
    /// @return the fields' octets in their order, and CRLF behind them
    public static Octets fields(byte[] header, Set<String> names, boolean without) {
        Set<String> wanted =
                names.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        OctetBuffer out = new OctetBuffer(header.length + 4);
        for (HeaderField field : HeaderBlock.parse(header, Integer.MAX_VALUE).fields()) {
            if (wanted.contains(field.name().toLowerCase(Locale.ROOT)) != without) {
                out.accept(header, field.offset(), field.length());
                if (out.at(out.size() - 1) != '\n') {
                    out.append('\r');
                    out.append('\n');
                }
            }
        }
        out.append('\r');
        out.append('\n');
        return out.toOctets();
    }
}
