package org.facteur.core.contact;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Actor;
import org.facteur.wire.jmap.JmapText;
import org.facteur.wire.jmap.UtcDate;
import org.facteur.wire.jscontact.CardFromVcard;
import org.facteur.wire.jscontact.JsContact;
import org.facteur.wire.jscontact.VcardFromCard;
import org.facteur.wire.vcard.Vcard;
import org.facteur.wire.vcard.VcardFile;
import org.facteur.wire.vcard.VcardLimits;
import org.facteur.wire.vcard.VcardReader;
import org.facteur.wire.vcard.VcardWriter;
import tools.jackson.databind.node.ObjectNode;

/// Cards in and out, as vCard files. Any thread.
public final class CardExchange {
    private final Contacts contacts;
    private final InstantSource clock;

    public CardExchange(Contacts contacts, InstantSource clock) {
        this.contacts = contacts;
        this.clock = clock;
    }

    /// What became of a file.
    ///
    /// @param added cards that are new
    /// @param changed cards that were there with the same uid and are as the file has them now
    /// @param same cards that were there like this
    /// @param refused cards that cannot be kept, or for which there is no room
    public record Outcome(int added, int changed, int same, int refused) {}

    /// Takes every card of a file into a book. Doing it again changes nothing: a card without uid
    /// gets one that follows from what it says.
    ///
    /// @param book that is there
    /// @throws org.facteur.wire.text.SyntaxFault for a file without cards
    /// @throws Refusal NOT_FOUND for the book
    public Outcome take(Actor actor, long book, byte[] file) {
        if (contacts.books(actor).stream().noneMatch(each -> each.number() == book)) {
            throw new Refusal(
                    Refusal.Reason.NOT_FOUND, "There is no such book.", "Ce carnet n'existe pas.");
        }
        VcardFile read = VcardReader.read(file, VcardLimits.STANDARD);
        int[] counts = new int[4];
        for (Vcard each : read.cards()) {
            counts[take(actor, book, CardFromVcard.read(each))]++;
        }
        return new Outcome(counts[0], counts[1], counts[2], counts[3]);
    }

    /// @return the place of its count in the outcome
    private int take(Actor actor, long book, ObjectNode card) {
        if (!card.has("uid")) {
            card.put("uid", uid(card));
        }
        String uid = card.path("uid").asString("");
        Optional<Card> known = contacts.findByUid(actor.account(), uid);
        String now = UtcDate.of(clock.instant());
        for (String date : List.of("created", "updated")) {
            if (!card.has(date)) {
                String before = known.map(each -> text(each, date)).orElse("");
                card.put(date, before.isEmpty() ? now : before);
            }
        }
        if (!JsContact.faults(card).isEmpty()) {
            return 3;
        }
        try {
            if (known.isEmpty()) {
                contacts.add(actor, Set.of(book), card);
                return 0;
            }
            Set<Long> books = new TreeSet<>(known.get().books());
            if (!books.add(book) && known.get().content().equals(card)) {
                return 2;
            }
            contacts.put(actor, known.get().number(), books, card);
            return 1;
        } catch (Refusal _) {
            return 3;
        }
    }

    private static String text(Card card, String property) {
        return card.content().path(property).asString("");
    }

    private static String uid(ObjectNode card) {
        byte[] content = JmapText.writeText(card).getBytes(StandardCharsets.UTF_8);
        return "urn:uuid:" + UUID.nameUUIDFromBytes(content);
    }

    /// Cards as a vCard file of version 4.0.
    public static byte[] give(Collection<Card> cards) {
        List<Vcard> out = new ArrayList<>(cards.size());
        for (Card each : cards) {
            out.add(VcardFromCard.write(each.content()));
        }
        return VcardWriter.write(out);
    }
}
