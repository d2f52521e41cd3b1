package org.facteur.wire.managesieve;

import java.nio.charset.StandardCharsets;
import org.facteur.wire.text.Base64Text;
import org.facteur.wire.text.OctetSink;
import org.facteur.wire.text.Octets;

/// Writes replies. Texts go in quotes where they can, else as literals, so that no text can end its
/// line.
public final class ManageSieveWriter {
    private static final int QUOTED_OCTETS = 1024;

    private final OctetSink out;

    public ManageSieveWriter(OctetSink out) {
        this.out = out;
    }

    public void write(ManageSieveReply reply) {
        switch (reply) {
            case ManageSieveReply.Ended ended -> ended(ended);
            case ManageSieveReply.Announced(String name, String value) -> {
                string(name);
                if (value != null) {
                    raw(" ");
                    string(value);
                }
                raw("\r\n");
            }
            case ManageSieveReply.Listed(String name, boolean active) -> {
                string(name);
                raw(active ? " ACTIVE\r\n" : "\r\n");
            }
            case ManageSieveReply.Script(Octets octets) -> {
                raw("{" + octets.length() + "}\r\n");
                octets.writeTo(out);
                raw("\r\n");
            }
            case ManageSieveReply.Challenge(Octets octets) -> {
                string(Base64Text.encode(octets.toArray()));
                raw("\r\n");
            }
        }
    }

    // response = ("OK" / "NO" / "BYE") [SP "(" resp-code ")"] [SP string] CRLF
    private void ended(ManageSieveReply.Ended ended) {
        raw(ended.outcome().name());
        if (ended.code() != ManageSieveReply.Code.NONE) {
            raw(" (" + ended.code().word());
            String argument = ended.argument();
            if (argument != null) {
                raw(" ");
                string(argument);
            }
            raw(")");
        }
        if (!ended.text().isEmpty()) {
            raw(" ");
            string(ended.text());
        }
        raw("\r\n");
    }

    // string = quoted / literal-s2c
    private void string(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        boolean plain = octets.length <= QUOTED_OCTETS;
        int escapes = 0;
        for (byte octet : octets) {
            plain &= octet != '\r' && octet != '\n' && octet != 0;
            escapes += octet == '"' || octet == '\\' ? 1 : 0;
        }
        if (!plain) {
            raw("{" + octets.length + "}\r\n");
            out.accept(octets, 0, octets.length);
            return;
        }
        byte[] quoted = new byte[octets.length + escapes + 2];
        int at = 0;
        quoted[at++] = '"';
        for (byte octet : octets) {
            if (octet == '"' || octet == '\\') {
                quoted[at++] = '\\';
            }
            quoted[at++] = octet;
        }
        quoted[at++] = '"';
        out.accept(quoted, 0, at);
    }

    private void raw(String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        out.accept(octets, 0, octets.length);
    }
}
