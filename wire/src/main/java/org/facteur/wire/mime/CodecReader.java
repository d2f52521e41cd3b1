package org.facteur.wire.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.ParameterValue.Parameter;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Reads what [CodecWriter] wrote; every length is checked against what is left.
final class CodecReader {
    private final byte[] in;
    private int at;

    CodecReader(byte[] in, int version) {
        this.in = in;
        if (number() != version) {
            throw fault("a known format version");
        }
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            if (at >= in.length) {
                throw fault("more octets");
            }
            byte b = in[at++];
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw fault("a number");
    }

    /// A number below 2³¹.
    int small() {
        long value = number();
        if (value > Integer.MAX_VALUE) {
            throw fault("a smaller number");
        }
        return (int) value;
    }

    /// How many items follow; each takes at least one octet.
    int count() {
        long value = number();
        if (value > in.length - at) {
            throw fault("as many items as there are octets");
        }
        return (int) value;
    }

    @Nullable String text() {
        long length = number() - 1;
        if (length < 0) {
            return null;
        }
        int size = checked(length);
        String text = new String(in, at, size, StandardCharsets.UTF_8);
        at += size;
        return text;
    }

    String givenText() {
        String text = text();
        if (text == null) {
            throw fault("a text");
        }
        return text;
    }

    Octets octets() {
        int size = checked(number());
        at += size;
        return Octets.copyOf(in, at - size, at);
    }

    /// Where the next octet lies.
    int position() {
        return at;
    }

    void skipText() {
        long length = number() - 1;
        if (length > 0) {
            at += checked(length);
        }
    }

    void skipTexts() {
        for (int left = count(); left > 0; left--) {
            skipText();
        }
    }

    void skipAddresses() {
        for (int left = count(); left > 0; left--) {
            skipText();
            skipText();
            skipText();
        }
    }

    /// @return how many octets were passed over
    int skipOctets() {
        int size = checked(number());
        at += size;
        return size;
    }

    List<String> texts() {
        int count = count();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(givenText());
        }
        return texts;
    }

    List<Parameter> parameters() {
        int count = count();
        List<Parameter> parameters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parameters.add(new Parameter(givenText(), octets()));
        }
        return parameters;
    }

    List<HeaderAddress> addresses() {
        int count = count();
        List<HeaderAddress> addresses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            addresses.add(new HeaderAddress(text(), givenText(), text()));
        }
        return addresses;
    }

    <T> T one(T[] choices) {
        int index = small();
        if (index >= choices.length) {
            throw fault("a known choice");
        }
        return choices[index];
    }

    void end() {
        if (at != in.length) {
            throw fault("the end");
        }
    }

    SyntaxFault fault(String expected) {
        return new SyntaxFault(at, expected, null);
    }

    private int checked(long length) {
        if (length > in.length - at) {
            throw fault("more octets");
        }
        return (int) length;
    }
}
