package org.facteur.wire.report;

import java.util.Map;
import org.facteur.wire.report.ReportWording.Arrived;
import org.facteur.wire.report.ReportWording.General;
import org.facteur.wire.report.ReportWording.Words;

/// The French words of [ReportWording].
final class FrenchWords {
    static final General GENERAL =
            new General(
                    "Non distribué : {subject}",
                    "Toujours en route : {subject}",
                    "C’est le serveur de courrier qui vous écrit, au sujet de votre lettre à :",
                    "Votre lettre à {to} n’a pas encore pu être remise. Le serveur continue d’essayer pendant {days} jours au"
                            + " plus ; inutile de la renvoyer.",
                    "L’autre serveur a répondu :",
                    "Le début de votre lettre et les détails techniques sont joints.",
                    new Arrived(
                            "Distribué : {subject}",
                            "Votre lettre est dans la boîte de {to}.",
                            "Votre lettre à {to} a été remise au serveur de {host}, qui n’annonce pas si elle arrive"
                                    + " dans la boîte.",
                            "Votre lettre à {to} est partie vers les membres de ce groupe."));

    static final Map<ReportCause, Words> CAUSES =
            Map.of(
                    ReportCause.UNKNOWN_BOX,
                    new Words(
                            "La boîte {to} n’existe pas.",
                            "Vérifiez l’adresse, une faute de frappe est vite arrivée, ou demandez la bonne par un autre moyen."),
                    ReportCause.FULL_BOX,
                    new Words(
                            "La boîte {to} est pleine et ne prend plus de courrier.",
                            "Prévenez la personne par un autre moyen et renvoyez votre lettre plus tard."),
                    ReportCause.UNKNOWN_DOMAIN,
                    new Words(
                            "Le domaine {host} n’existe pas ou ne reçoit pas de courrier.",
                            "Vérifiez ce qui suit le @ : une faute de frappe est vite arrivée."),
                    ReportCause.REFUSED_BY_POLICY,
                    new Words(
                            "Le serveur de {host} a refusé votre lettre, à cause de ses règles ou parce qu’il l’a prise pour du"
                                    + " courrier indésirable.",
                            "Demandez par un autre moyen à la personne d’accepter vos lettres ; si toutes vos lettres sont"
                                    + " concernées, prévenez votre postmaster."),
                    ReportCause.TOO_LARGE,
                    new Words(
                            "Votre lettre est trop volumineuse pour {to}.",
                            "Envoyez-la sans ses pièces jointes ou en plusieurs lettres, ou partagez les fichiers par un lien."),
                    ReportCause.NOT_REACHED,
                    new Words(
                            "Le serveur de {host} est resté injoignable pendant {days} jours ; les essais sont terminés.",
                            "Vérifiez l’adresse. Si elle est juste, la panne est de l’autre côté : réessayez plus tard."),
                    ReportCause.TLS_REQUIRED,
                    new Words(
                            "Votre lettre ne doit voyager que chiffrée, et le serveur de {host} n’offre pas de connexion sûre.",
                            "Prévenez votre postmaster ou celui de {host} : son chiffrement ou son certificat est à remettre en"
                                    + " ordre."),
                    ReportCause.LOOP,
                    new Words(
                            "Votre lettre tournait en rond entre des serveurs et a été arrêtée.",
                            "Prévenez le postmaster de {host} : un renvoi y pointe sur lui-même."),
                    ReportCause.OTHER,
                    new Words(
                            "Votre lettre à {to} n’a pas pu être remise.",
                            "La réponse de l’autre serveur, ci-dessous, peut aider ; sinon, demandez à votre postmaster."));

    private FrenchWords() {}
}
