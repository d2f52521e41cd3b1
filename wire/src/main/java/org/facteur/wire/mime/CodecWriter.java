package org.facteur.wire.mime;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.text.OctetBuffer;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.ParameterValue.Parameter;
import org.jspecify.annotations.Nullable;

/// Writes numbers as 7-bit groups, low first, and texts with their length plus one, 0 for null.
final class CodecWriter {
    private final OctetBuffer out = new OctetBuffer(Integer.MAX_VALUE - 16);

    void number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.append((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.append((int) rest);
    }

    void text(@Nullable String text) {
        if (text == null) {
            number(0);
            return;
        }
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        number(octets.length + 1L);
        out.accept(octets, 0, octets.length);
    }

    void octets(Octets octets) {
        number(octets.length());
        out.append(octets);
    }

    void texts(List<String> texts) {
        number(texts.size());
        texts.forEach(this::text);
    }

    void parameters(List<Parameter> parameters) {
        number(parameters.size());
        for (Parameter parameter : parameters) {
            text(parameter.name());
            octets(parameter.value());
        }
    }

    void addresses(List<HeaderAddress> addresses) {
        number(addresses.size());
        for (HeaderAddress address : addresses) {
            text(address.displayName());
            text(address.address());
            text(address.group());
        }
    }

    Octets done() {
        return out.toOctets();
    }
}
