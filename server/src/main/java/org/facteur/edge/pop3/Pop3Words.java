package org.facteur.edge.pop3;

import java.util.Locale;
import java.util.Optional;
import org.facteur.base.fault.Incident;
import org.facteur.base.word.Language;
import org.facteur.base.word.Sentence;

/// What is said to people behind programs, in their language where the program asked for it.
final class Pop3Words {
    static final Sentence NOTHING = new Sentence("", "");
    static final Sentence TRY_LATER =
            new Sentence("Not now; try again later.", "Pas maintenant ; réessayez plus tard.");
    static final Sentence UTF8 = new Sentence("UTF-8 it is.", "Va pour UTF-8.");
    static final Sentence SIGN_IN_FIRST =
            new Sentence("Sign in first.", "Identifiez-vous d'abord.");
    static final Sentence AFTER_STLS =
            new Sentence("Sign in after STLS only.", "Identifiez-vous après STLS seulement.");
    static final Sentence PASSWORD = new Sentence("And the password?", "Et le mot de passe ?");
    static final Sentence USER_FIRST = new Sentence("USER comes first.", "USER vient d'abord.");
    static final Sentence UNKNOWN_MECHANISM =
            new Sentence("That mechanism is not known here.", "Ce mécanisme n'est pas connu ici.");
    static final Sentence GIVEN_UP =
            new Sentence("Sign-in given up.", "Identification abandonnée.");
    static final Sentence MECHANISMS = new Sentence("Mechanisms follow.", "Voici les mécanismes.");
    static final Sentence WRONG_PASSWORD =
            new Sentence("Name or password is wrong.", "Nom ou mot de passe incorrect.");
    static final Sentence TOO_MANY_FAILURES =
            new Sentence(
                    "Too many failed sign-ins from where you are.",
                    "Trop d'échecs d'identification depuis votre adresse.");
    static final Sentence NO_TLS =
            new Sentence("TLS cannot begin here.", "TLS ne peut pas commencer ici.");
    static final Sentence PASSWORD_CHANGED =
            new Sentence(
                    "Your password has changed; sign in again.",
                    "Votre mot de passe a changé ; identifiez-vous de nouveau.");
    static final Sentence SIGNED_IN =
            new Sentence("You are signed in already.", "Vous êtes déjà identifié.");
    static final Sentence NOTHING_DELETED =
            new Sentence("Nothing is deleted.", "Rien n'est supprimé.");
    static final Sentence UIDS = new Sentence("Unique-ids follow.", "Voici les identifiants.");
    static final Sentence GONE =
            new Sentence(
                    "That letter is gone since you signed in.",
                    "Cette lettre est partie depuis votre arrivée.");
    static final Sentence DELETED =
            new Sentence("Deleted at QUIT.", "Supprimée au moment de QUIT.");
    static final Sentence NOT_ALL_DELETED =
            new Sentence(
                    "Some deleted letters were not removed.",
                    "Des lettres supprimées n'ont pas été enlevées.");
    static final Sentence CAPABILITIES =
            new Sentence("Capabilities follow.", "Voici les capacités.");
    static final Sentence NO_LETTER =
            new Sentence("There is no such letter.", "Cette lettre n'existe pas.");
    static final Sentence GOODBYE = new Sentence("Goodbye.", "Au revoir.");
    static final Sentence LANGUAGES = new Sentence("Languages follow.", "Voici les langues.");
    static final Sentence NO_LANGUAGE =
            new Sentence("That language is not spoken here.", "Cette langue n'est pas parlée ici.");
    static final Sentence LANGUAGE_CHANGED = new Sentence("English it is.", "Parlons français.");

    private Pop3Words() {}

    /// The language a tag asks for, regions aside.
    static Optional<Language> findLanguage(String tag) {
        int hyphen = tag.indexOf('-');
        String primary = (hyphen < 0 ? tag : tag.substring(0, hyphen)).toLowerCase(Locale.ROOT);
        for (Language each : Language.values()) {
            if (each.tag().equals(primary)) {
                return Optional.of(each);
            }
        }
        return tag.equalsIgnoreCase("i-default") ? Optional.of(Language.ENGLISH) : Optional.empty();
    }

    /// What a language calls itself.
    static String name(Language language) {
        return switch (language) {
            case ENGLISH -> "English";
            case FRENCH -> "Français";
        };
    }

    static Sentence incident(Incident incident) {
        return new Sentence(
                "Something went wrong here; incident " + incident + ".",
                "Quelque chose s'est mal passé ici ; incident " + incident + ".");
    }

    static Sentence tooSoon(long seconds) {
        return new Sentence(
                "Too soon; wait " + seconds + " seconds between two sign-ins.",
                "Trop tôt ; attendez " + seconds + " secondes entre deux identifications.");
    }

    static Sentence welcome(int letters) {
        return new Sentence(
                "Welcome; " + letters + " letters.", "Bienvenue ; " + letters + " lettres.");
    }

    static Sentence sizes(int letters, long octets) {
        return new Sentence(
                letters + " letters, " + octets + " octets.",
                letters + " lettres, " + octets + " octets.");
    }

    static Sentence octets(long octets) {
        return new Sentence(octets + " octets.", octets + " octets.");
    }

    static Sentence lettersLeft(int letters) {
        return new Sentence(
                "Goodbye; " + letters + " letters left.",
                "Au revoir ; il reste " + letters + " lettres.");
    }
}
