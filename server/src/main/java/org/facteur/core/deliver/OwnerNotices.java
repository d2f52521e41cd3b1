package org.facteur.core.deliver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.base.word.Sentence;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.mailbox.Usage;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.LocalPart;
import org.facteur.wire.mime.BodyPart;
import org.facteur.wire.mime.HeaderText;
import org.facteur.wire.mime.MessageBuilder;
import org.facteur.wire.mime.NamedAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Letters to owners about their own box, in their language, each once. Any thread.
///
/// They come from the domain's postmaster with the empty reverse path. One that cannot be delivered
/// is logged and not tried again.
public final class OwnerNotices {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerNotices.class);
    private static final Sentence POSTMAN = new Sentence("Postmaster", "Facteur");
    private static final long MEGABYTE = 1_000_000;

    private final Delivery delivery;
    private final Directory directory;
    private final InstantSource clock;

    /// What is written.
    private record Words(Sentence subject, Sentence text) {}

    public OwnerNotices(Delivery delivery, Directory directory, InstantSource clock) {
        this.delivery = delivery;
        this.directory = directory;
        this.clock = clock;
    }

    /// A POP device has taken far more letters today than it usually does. Once a day for each.
    ///
    /// @param device what its owner calls it; empty for the main password
    /// @param usual letters on a usual day
    public void deviceDeletesMuch(Actor actor, String device, long letters, long usual) {
        Account account = directory.findAccount(actor.account()).orElse(null);
        if (account == null) {
            return;
        }
        Sentence who =
                device.isEmpty()
                        ? new Sentence(
                                "A program that signs in with your main password",
                                "Un programme qui s'identifie avec votre mot de passe principal")
                        : new Sentence(
                                "Your device \"" + device + "\"",
                                "Votre appareil « " + device + " »");
        send(
                account,
                new Words(
                        new Sentence(
                                "A device has deleted " + letters + " letters",
                                "Un appareil a supprimé " + letters + " lettres"),
                        new Sentence(
                                who.english()
                                        + " has deleted "
                                        + letters
                                        + " letters by POP today; on a usual day it is "
                                        + usual
                                        + ".\n\nIf that was you, there is nothing to do."
                                        + " If not, revoke the device's password and have the"
                                        + " letters put back: what POP deletes is kept for some"
                                        + " weeks, unless the device was told to destroy it."
                                        + " Whoever runs your mail service can do both.\n",
                                who.french()
                                        + " a supprimé "
                                        + letters
                                        + " lettres par POP aujourd'hui ; un jour ordinaire, c'est "
                                        + usual
                                        + ".\n\nSi c'était vous, il n'y a rien à faire."
                                        + " Sinon, révoquez le mot de passe de l'appareil et"
                                        + " faites remettre les lettres : ce que POP supprime est"
                                        + " gardé quelques semaines, sauf si l'appareil a reçu"
                                        + " l'ordre de détruire. Qui gère votre messagerie peut"
                                        + " faire les deux.\n")),
                "device-"
                        + actor.credential()
                        + "-"
                        + clock.instant().getEpochSecond() / Duration.ofDays(1).toSeconds());
    }

    /// A box holds more than it may, and takes letters for some days yet.
    ///
    /// @param since when that was noticed; names the notice
    /// @param until how long letters are still taken
    void overQuota(Account account, Usage usage, Instant since, Instant until) {
        LocalDate day = LocalDate.ofInstant(until, ZoneId.systemDefault());
        DateTimeFormatter form = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG);
        String english = form.withLocale(java.util.Locale.ENGLISH).format(day);
        String french = form.withLocale(java.util.Locale.FRENCH).format(day);
        long holds = usage.bytes() / MEGABYTE;
        long may = usage.quota().bytes() / MEGABYTE;
        send(
                account,
                new Words(
                        new Sentence(
                                "Your letter box is full", "Votre boîte aux lettres est pleine"),
                        new Sentence(
                                "Your letter box holds "
                                        + holds
                                        + " MB and "
                                        + usage.letters()
                                        + " letters; it may hold "
                                        + may
                                        + " MB and "
                                        + usage.quota().letters()
                                        + " letters.\n\nLetters are still taken for a while, at"
                                        + " most until "
                                        + english
                                        + ". After that, people who write to you are told that"
                                        + " your box is full. Delete what you no longer need and"
                                        + " empty the trash, or ask for more room.\n",
                                "Votre boîte contient "
                                        + holds
                                        + " Mo et "
                                        + usage.letters()
                                        + " lettres ; elle peut contenir "
                                        + may
                                        + " Mo et "
                                        + usage.quota().letters()
                                        + " lettres.\n\nLes lettres sont encore acceptées quelque"
                                        + " temps, au plus jusqu'au "
                                        + french
                                        + ". Ensuite, on dira à ceux qui vous écrivent que votre"
                                        + " boîte est pleine. Supprimez ce dont vous n'avez plus"
                                        + " besoin et videz la corbeille, ou demandez plus de"
                                        + " place.\n")),
                "quota-" + since.toEpochMilli());
    }

    private void send(Account account, Words words, String key) {
        EmailAddress to = account.address();
        String handover = "owner-" + account.id() + "-" + key;
        byte[] letter =
                new MessageBuilder()
                        .date(clock.instant().atOffset(ZoneOffset.UTC).withNano(0))
                        .from(
                                new NamedAddress(
                                        new HeaderText(POSTMAN.in(account.language())),
                                        new EmailAddress(LocalPart.of("postmaster"), to.domain())))
                        .to(List.of(NamedAddress.of(to)))
                        .subject(new HeaderText(words.subject().in(account.language())))
                        .messageId(handover + "@" + to.domain().name())
                        .text("Auto-Submitted", new HeaderText("auto-generated"))
                        .build(new BodyPart.Text("plain", words.text().in(account.language())))
                        .toArray();
        try {
            delivery.acceptOwn(
                    org.facteur.wire.text.Octets.copyOf(letter),
                    Envelope.plain(null, List.of(to), null, to.isInternational()),
                    handover);
        } catch (Refusal | Busy undelivered) {
            LOG.warn("account {} cannot be told: {}", account.id(), undelivered.getMessage());
        }
    }
}
