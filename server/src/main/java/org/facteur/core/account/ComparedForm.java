package org.facteur.core.account;

import java.text.Normalizer;
import java.util.Locale;
import org.facteur.wire.address.LocalPart;

/// The form of a local part that decides whether two spellings are one box (RFC 8265 §3.3, widened
/// by NFKC so that no two boxes look alike by width or ligature).
final class ComparedForm {
    private ComparedForm() {}

    /// @param separators characters left out; what would be left empty keeps them
    static String of(LocalPart local, String separators) {
        String folded =
                Normalizer.normalize(local.value(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String form = Normalizer.normalize(folded, Normalizer.Form.NFC);
        if (separators.isEmpty()) {
            return form;
        }
        StringBuilder kept = new StringBuilder(form.length());
        for (int i = 0; i < form.length(); i++) {
            if (separators.indexOf(form.charAt(i)) < 0) {
                kept.append(form.charAt(i));
            }
        }
        return kept.isEmpty() ? form : kept.toString();
    }
}
