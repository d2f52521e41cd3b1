package org.facteur.edge.jmap;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import org.facteur.wire.jmap.Arguments;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.mime.Part;
import org.facteur.wire.mime.PartDecoder;
import org.facteur.wire.text.MailCharsets;
import org.facteur.wire.text.OctetBuffer;
import tools.jackson.databind.node.ObjectNode;

/// The text of parts, as far as it is asked for (RFC 8621 §4.1.4).
///
/// @param text of textBody
/// @param html of htmlBody
/// @param all of every text part
/// @param mostBytes of UTF-8 in each; 0 for as much as there is
record BodyValues(boolean text, boolean html, boolean all, int mostBytes) {
    /// More text of one part than this is never given.
    private static final int MOST_OCTETS = 5 << 20;

    private static final int STEP = 8192;

    static BodyValues take(Arguments arguments) {
        boolean text = arguments.flag("fetchTextBodyValues", false);
        boolean html = arguments.flag("fetchHTMLBodyValues", false);
        boolean all = arguments.flag("fetchAllBodyValues", false);
        Long most = arguments.findUnsigned("maxBodyValueBytes");
        return new BodyValues(
                text, html, all, most == null ? 0 : (int) Math.min(most, MOST_OCTETS));
    }

    ObjectNode of(MessageSource message, BodyLists lists) throws IOException {
        Set<Part> parts = new LinkedHashSet<>();
        if (all) {
            message.anatomy().parts().stream()
                    .filter(part -> part.type().isText())
                    .filter(part -> !insideMessage(message, part))
                    .forEach(parts::add);
        }
        if (text) {
            lists.text().stream().filter(part -> part.type().isText()).forEach(parts::add);
        }
        if (html) {
            lists.html().stream().filter(part -> part.type().isText()).forEach(parts::add);
        }
        ObjectNode values = JmapText.object();
        for (Part part : parts) {
            values.set(BodyJson.partId(part), value(message, part));
        }
        return values;
    }

    private static boolean insideMessage(MessageSource message, Part part) {
        int parent = part.parent();
        while (parent >= 0) {
            Part around = message.anatomy().parts().get(parent);
            if (around.type().isMessage()) {
                return true;
            }
            parent = around.parent();
        }
        return false;
    }

    private ObjectNode value(MessageSource message, Part part) throws IOException {
        OctetBuffer plain = new OctetBuffer(MOST_OCTETS);
        boolean damaged;
        try (InputStream in = message.body(part)) {
            PartDecoder decoder = new PartDecoder(in::read, part.details().encoding());
            byte[] piece = new byte[STEP];
            int count = decoder.read(piece, 0, STEP);
            while (count > 0 && !plain.overflowed()) {
                plain.accept(piece, 0, count);
                count = decoder.read(piece, 0, STEP);
            }
            damaged = decoder.damaged();
        }
        byte[] octets = plain.toArray();
        String charset = part.type().find("charset").orElse(null);
        boolean isHtml = part.type().subtype().equals("html");
        String decoded =
                isHtml
                        ? MailCharsets.decodeHtml(octets, 0, octets.length, charset)
                        : MailCharsets.decode(octets, 0, octets.length, charset);
        boolean unknown = charset != null && MailCharsets.find(charset).isEmpty();
        String lines = decoded.replace("\r\n", "\n");
        String cut = mostBytes == 0 ? lines : cut(lines, isHtml);
        return JmapText.object()
                .put("value", cut)
                .put("isEncodingProblem", damaged || unknown || decoded.indexOf('\uFFFD') >= 0)
                .put("isTruncated", plain.overflowed() || cut.length() < lines.length());
    }

    /// At most so many octets of UTF-8, no character halved, and no tag of HTML.
    private String cut(String value, boolean isHtml) {
        int bytes = 0;
        int at = 0;
        while (at < value.length()) {
            int point = value.codePointAt(at);
            int width = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes + width > mostBytes) {
                break;
            }
            bytes += width;
            at += Character.charCount(point);
        }
        if (at == value.length()) {
            return value;
        }
        String cut = value.substring(0, at);
        int open = cut.lastIndexOf('<');
        return isHtml && open > cut.lastIndexOf('>') ? cut.substring(0, open) : cut;
    }
}
