package org.facteur.core.deliver;

import java.nio.charset.StandardCharsets;
import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.mime.HeaderField;

/// Ends letters that go round.
final class Loops {
    /// RFC 5321 §6.3 asks for at least 100.
    private static final int MOST_HOPS = 100;

    /// A field longer than this is not ours.
    private static final int FIELD_BYTES = 400;

    private Loops() {}

    /// @throws Refusal LOOP
    static void refuseTooManyHops(NewLetter letter) {
        long hops =
                letter.index().anatomy().fields().stream()
                        .filter(field -> field.name().equalsIgnoreCase("Received"))
                        .count();
        if (hops > MOST_HOPS) {
            throw loop();
        }
    }

    /// Refuses a letter that was in this box before.
    ///
    /// @throws Refusal LOOP
    static void refuseReturned(NewLetter letter, EmailAddress address) {
        for (HeaderField field : letter.index().anatomy().fields()) {
            if (field.name().equalsIgnoreCase("Delivered-To")
                    && field.length() <= FIELD_BYTES
                    && value(letter, field).equalsIgnoreCase(address.toString())) {
                throw loop();
            }
        }
    }

    private static String value(NewLetter letter, HeaderField field) {
        return new String(letter.value(field), StandardCharsets.UTF_8).strip();
    }

    private static Refusal loop() {
        return new Refusal(
                Refusal.Reason.LOOP,
                "This letter goes round in circles.",
                "Cette lettre tourne en rond.");
    }
}
