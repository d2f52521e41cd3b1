package org.facteur.wire.milter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.facteur.wire.mime.HeaderBlock;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.text.SyntaxFault;

/// A header as a filter wants it.
public final class HeaderEdit {
    private static final int MOST_FIELDS = 2000;
    private static final int LONGEST_VALUE = 64 * 1024;

    private record Field(String name, byte[] octets) {}

    private HeaderEdit() {}

    /// Applies changes in their order.
    ///
    /// @param header whole, its blank line included where it has one
    /// @return the same with the changes; lines that belong to no field are left out
    /// @throws SyntaxFault for a name or value that a header cannot hold
    public static byte[] apply(byte[] header, List<MilterReply.Change> changes) {
        List<Field> fields = new ArrayList<>();
        for (HeaderField field : HeaderBlock.parse(header, MOST_FIELDS).fields()) {
            fields.add(
                    new Field(
                            field.name(),
                            Arrays.copyOfRange(
                                    header, field.offset(), field.offset() + field.length())));
        }
        for (MilterReply.Change change : changes) {
            if (fields.size() > MOST_FIELDS) {
                throw new SyntaxFault(0, "fewer fields", null);
            }
            switch (change) {
                case MilterReply.Add add -> fields.add(field(add));
                case MilterReply.Insert insert ->
                        fields.add((int) Math.min(insert.index(), fields.size()), field(insert));
                case MilterReply.Replace replace -> replace(fields, replace);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(header.length + 256);
        for (Field field : fields) {
            out.writeBytes(field.octets());
        }
        out.write('\r');
        out.write('\n');
        return out.toByteArray();
    }

    private static void replace(List<Field> fields, MilterReply.Replace change) {
        long which = Math.max(1, change.index());
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equalsIgnoreCase(change.name()) && --which == 0) {
                if (change.value().isEmpty()) {
                    fields.remove(i);
                } else {
                    fields.set(i, field(change));
                }
                return;
            }
        }
        if (!change.value().isEmpty()) {
            fields.add(field(change));
        }
    }

    // field = field-name ":" unstructured CRLF    field-name = 1*ftext    ftext = %d33-57 /
    // %d59-126
    private static Field field(MilterReply.Change change) {
        String name = change.name();
        boolean named =
                !name.isEmpty()
                        && name.length() <= 80
                        && name.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ':');
        if (!named || change.value().length() > LONGEST_VALUE) {
            throw SyntaxFault.at(0, "a field", "RFC 5322 §2.2");
        }
        StringBuilder text = new StringBuilder(name).append(": ");
        String value = change.value().replace("\r\n", "\n");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\n') {
                if ((c < ' ' && c != '\t') || c == 0x7F) {
                    throw SyntaxFault.at(i, "a value without controls", "RFC 5322 §2.2");
                }
                text.append(c);
                continue;
            }
            boolean folded =
                    i + 1 < value.length()
                            && (value.charAt(i + 1) == ' ' || value.charAt(i + 1) == '\t');
            if (!folded) {
                throw SyntaxFault.at(i, "a folded line", "RFC 5322 §2.2.3");
            }
            text.append("\r\n");
        }
        return new Field(name, text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }
}
