package org.facteur.core.search;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.core.mailbox.TextForms;
import org.facteur.wire.address.HeaderAddress;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.HeaderBlock;
import org.facteur.wire.mime.HeaderField;
import org.facteur.wire.mime.Part;
import org.facteur.wire.mime.PartText;
import org.facteur.wire.text.EncodedWords;

/// The texts of a letter in which is searched. The index and a search that reads the letter both
/// take them from here, so that they find the same.
public final class LetterTexts {
    /// Decoded text of one part that is looked at, in octets.
    public static final int PART_OCTETS = 1 << 20;

    /// Text parts of one letter that are looked at.
    public static final int PARTS = 32;

    /// How many correspondents a summary holds at most; past that the header must be read.
    public static final int SUMMARY_ADDRESSES = 100;

    private static final int FIELDS = 1000;

    private LetterTexts() {}

    /// Looks at one text.
    @FunctionalInterface
    public interface Visitor {
        /// @return whether to go on
        boolean visit(String text);
    }

    /// What is compared: composed characters (NFC) without case.
    public static String folded(String text) {
        return TextForms.searched(text);
    }

    /// A correspondent as it is searched: `name <address>`, or the address alone.
    public static String shown(HeaderAddress address) {
        return TextForms.shown(address);
    }

    /// The fields of a header: `name: value`, unfolded and decoded.
    ///
    /// @param header all its octets
    public static void fields(byte[] header, FieldVisitor visitor) {
        HeaderBlock block = HeaderBlock.parse(header, FIELDS);
        for (HeaderField field : block.fields()) {
            if (!visitor.visit(field.name(), EncodedWords.decode(block.unfolded(field)))) {
                return;
            }
        }
    }

    /// Looks at one header field.
    @FunctionalInterface
    public interface FieldVisitor {
        /// @return whether to go on
        boolean visit(String name, String value);
    }

    /// The texts of the body: its text parts in order, without transfer encoding and charset.
    public static void bodies(Anatomy anatomy, LetterContent content, Visitor visitor)
            throws IOException {
        int looked = 0;
        int prefix = content.prefixLength();
        for (Part part : anatomy.parts()) {
            if (part.isLeaf() && part.type().isText() && looked++ < PARTS) {
                try (InputStream in =
                        content.open(
                                part.range().bodyStart() + prefix, part.range().end() + prefix)) {
                    if (!visitor.visit(PartText.read(part, in::read, PART_OCTETS))) {
                        return;
                    }
                }
            }
        }
    }

    /// Whether one of these correspondents contains a text.
    ///
    /// @param wanted folded
    public static boolean contains(List<HeaderAddress> list, String wanted) {
        for (HeaderAddress address : list) {
            if (folded(shown(address)).contains(wanted)) {
                return true;
            }
        }
        return false;
    }
}
