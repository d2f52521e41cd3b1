package org.facteur.core.filter;

import java.util.Optional;
import org.facteur.base.word.Sentence;

/// What facts are called among people.
public final class FactWords {
    private FactWords() {}

    /// @param code as [Fact#code] has it
    /// @param about a domain or a file, where the fact is about one
    /// @return empty for a code that is not known
    public static Optional<Sentence> find(String code, double weight, String about) {
        return switch (code) {
            case "content" ->
                    Optional.of(
                            weight > 0
                                    ? new Sentence(
                                            "Its words sound like junk.",
                                            "Ses mots sonnent comme du courrier indésirable.")
                                    : new Sentence(
                                            "Its words sound like other letters.",
                                            "Ses mots sonnent comme d'autres lettres."));
            case "author-confirmed" ->
                    Optional.of(
                            new Sentence(
                                    about + " confirms that it sent this letter.",
                                    about + " confirme avoir envoyé cette lettre."));
            case "author-denies" ->
                    Optional.of(
                            new Sentence(
                                    about + " says that this letter is not theirs.",
                                    about + " dit que cette lettre n'est pas la sienne."));
            case "correspondent" ->
                    Optional.of(
                            new Sentence(
                                    "Somebody it is for writes to this sender.",
                                    "Quelqu'un à qui elle est destinée écrit à cet"
                                            + " expéditeur."));
            case "path-refused" ->
                    Optional.of(
                            new Sentence(
                                    "The sender's domain does not let this server write for it.",
                                    "Le domaine de l'expéditeur ne permet pas à ce serveur"
                                            + " d'écrire pour lui."));
            case "server-nameless" ->
                    Optional.of(
                            new Sentence(
                                    "The server that brought it has no name of its own.",
                                    "Le serveur qui l'a apportée n'a pas de nom à lui."));
            case "program", "program-in-disguise" ->
                    Optional.of(
                            about.isEmpty()
                                    ? new Sentence(
                                            "It carries a program.", "Elle porte un programme.")
                                    : new Sentence(
                                            "\"" + about + "\" is a program, not a document.",
                                            "« "
                                                    + about
                                                    + " » est un programme, pas un document."));
            case "score" -> Optional.of(new Sentence("All together.", "Le tout ensemble."));
            default -> Optional.empty();
        };
    }

    static Fact fact(String code, double weight, String about) {
        return new Fact(
                code,
                weight,
                find(code, weight, about)
                        .orElseThrow(() -> new IllegalArgumentException("no such fact: " + code)));
    }
}
