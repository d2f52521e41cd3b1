package org.facteur.main;

import java.util.ResourceBundle;
import org.facteur.base.word.Language;

/// The words of the command line's help.
final class Words {
    private Words() {}

    static ResourceBundle bundle(Language language) {
        return ResourceBundle.getBundle(
                "org.facteur.main.Words",
                language.locale(),
                ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
