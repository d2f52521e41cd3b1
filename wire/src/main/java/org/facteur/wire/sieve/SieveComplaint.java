package org.facteur.wire.sieve;

/// What can be wrong with a script, in words for its writer. `{}` stands for the detail.
public enum SieveComplaint {
    TOO_LARGE("the script is larger than {} octets", "le script dépasse {} octets"),
    NOT_UTF8("the script is not UTF-8 text", "le script n’est pas du texte UTF-8"),
    UNEXPECTED("{} is not expected here", "{} n’est pas attendu ici"),
    UNEXPECTED_END(
            "the script ends too early: {} is missing",
            "le script s’arrête trop tôt : il manque {}"),
    UNENDED_TEXT("a text is not ended by {}", "un texte n’est pas terminé par {}"),
    UNENDED_COMMENT("a comment is not ended by */", "un commentaire n’est pas terminé par */"),
    NUMBER_TOO_LARGE("the number {} is too large", "le nombre {} est trop grand"),
    NESTED_TOO_DEEP("nested more than {} deep", "emboîté sur plus de {} niveaux"),
    TOO_MANY("more than {} of these", "plus de {} de ceux-ci"),
    REQUIRE_FIRST(
            "“require” stands before all other commands",
            "« require » se place avant toutes les autres commandes"),
    UNKNOWN_EXTENSION("there is no extension “{}”", "il n’y a pas d’extension « {} »"),
    NOT_REQUIRED("this needs: require \"{}\";", "il manque : require \"{}\" ;"),
    UNKNOWN_COMMAND("there is no command “{}”", "il n’y a pas de commande « {} »"),
    UNKNOWN_TEST("there is no test “{}”", "il n’y a pas de test « {} »"),
    UNKNOWN_TAG("“{}” is not known here", "« {} » n’est pas connu ici"),
    TAG_TWICE(
            "“{}” or another of its kind stands twice", "« {} » ou un semblable figure deux fois"),
    TAG_VALUE("“{}” lacks its value", "« {} » n’a pas sa valeur"),
    MISSING("{} is missing", "il manque {}"),
    TOO_MUCH("one argument too many", "un argument de trop"),
    ONE_TEST("“{}” takes one test", "« {} » prend un test"),
    TESTS("“{}” takes tests in brackets", "« {} » prend des tests entre parenthèses"),
    NO_TEST("“{}” takes no test", "« {} » ne prend pas de test"),
    BLOCK("“{}” takes a block in braces", "« {} » prend un bloc entre accolades"),
    NO_BLOCK("“{}” takes no block", "« {} » ne prend pas de bloc"),
    LONE_ELSE("“{}” follows no “if”", "« {} » ne suit aucun « if »"),
    UNKNOWN_COMPARATOR("there is no comparator “{}”", "il n’y a pas de comparateur « {} »"),
    COMPARATOR_CANNOT(
            "the comparator “{}” cannot compare parts of texts",
            "le comparateur « {} » ne compare pas des morceaux de texte"),
    NOT_ALLOWED("“{}” is not allowed here", "« {} » n’est pas permis ici"),
    BAD_VALUE("“{}” cannot be used here", "« {} » ne peut servir ici"),
    NOT_CONSTANT("this text may not hold variables", "ce texte ne peut contenir de variable"),
    TOGETHER("{} cannot be used together", "{} ne vont pas ensemble"),
    BAD_ADDRESS("“{}” is not an address", "« {} » n’est pas une adresse"),
    BAD_HEADER("“{}” is not a header name", "« {} » n’est pas un nom d’en-tête"),
    OUTSIDE_LOOP("“{}” stands in no loop", "« {} » ne se trouve dans aucune boucle"),
    UNUSED_REQUIRE("“{}” is required but not used", "« {} » est demandé mais ne sert pas"),

    TOO_MANY_STEPS("the script takes more than {} steps", "le script dépasse {} pas"),
    TOO_MANY_REDIRECTS("more than {} redirections", "plus de {} renvois"),
    TOO_MANY_ACTIONS("more than {} actions", "plus de {} actions"),
    TOO_MANY_NOTICES("more than {} notices", "plus de {} avis"),
    CONFLICT("“{}” cannot go with what was done before", "« {} » ne va pas avec ce qui précède"),
    NO_SUCH_SCRIPT("there is no script “{}” to include", "il n’y a pas de script « {} » à inclure"),
    BROKEN_SCRIPT(
            "the included script “{}” has a fault", "le script inclus « {} » comporte une faute"),
    INCLUDED_TOO_DEEP(
            "scripts include each other more than {} deep",
            "les scripts s’incluent sur plus de {} niveaux"),
    INCLUDED_TWICE("the script “{}” includes itself", "le script « {} » s’inclut lui-même"),
    TOLD("the script says: {}", "le script dit : {}");

    private final String english;
    private final String french;

    SieveComplaint(String english, String french) {
        this.english = english;
        this.french = french;
    }

    String english(String detail) {
        return english.replace("{}", detail);
    }

    String french(String detail) {
        return french.replace("{}", detail);
    }
}
