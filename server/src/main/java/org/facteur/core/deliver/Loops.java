package org.facteur.core.deliver;

import org.facteur.base.fault.Refusal;
import org.facteur.core.mailbox.NewLetter;
import org.facteur.wire.address.EmailAddress;

/// Ends letters that go round.
final class Loops {
    /// RFC 5321 §6.3 asks for at least 100.
    private static final int MOST_HOPS = 100;

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
    static void refuseReturned(Consignment consignment, EmailAddress address) {
        for (EmailAddress before : consignment.deliveredTo()) {
            if (before.toString().equalsIgnoreCase(address.toString())) {
                throw loop();
            }
        }
    }

    private static Refusal loop() {
        return new Refusal(
                Refusal.Reason.LOOP,
                "This letter goes round in circles.",
                "Cette lettre tourne en rond.");
    }
}
