package org.facteur.core.mailbox;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.facteur.wire.address.HeaderAddress;

/// The forms in which texts of letters are compared.
public final class TextForms {
    private TextForms() {}

    /// For searching: composed characters (NFC) without case.
    public static String searched(String text) {
        return (ascii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC))
                .toLowerCase(Locale.ROOT);
    }

    /// For sorting: letters without case, as `i;unicode-casemap` compares them (RFC 5051 §2).
    public static String sorted(String text) {
        return (ascii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKD))
                .toUpperCase(Locale.ROOT);
    }

    /// A correspondent as it is searched: `name <address>`, or the address alone.
    public static String shown(HeaderAddress address) {
        String name = address.displayName();
        return name == null ? address.address() : name + " <" + address.address() + ">";
    }

    /// What FROM, TO and CC sort by (RFC 5256 §3).
    public static String localPart(List<HeaderAddress> addresses) {
        if (addresses.isEmpty()) {
            return "";
        }
        String address = addresses.getFirst().address();
        int at = address.lastIndexOf('@');
        return sorted(at < 0 ? address : address.substring(0, at));
    }

    /// What DISPLAYFROM and DISPLAYTO sort by (RFC 5957 §3).
    public static String displayed(List<HeaderAddress> addresses) {
        return addresses.isEmpty() ? "" : sorted(addresses.getFirst().display());
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
