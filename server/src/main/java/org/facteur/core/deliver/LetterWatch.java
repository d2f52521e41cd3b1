package org.facteur.core.deliver;

/// Looks at letters that were just accepted. Any thread; must not keep what it is given, and
/// whatever it does changes nothing for the letter.
@FunctionalInterface
public interface LetterWatch {
    void accepted(Consignment consignment);
}
