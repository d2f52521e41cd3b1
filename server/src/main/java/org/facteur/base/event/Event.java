package org.facteur.base.event;

/// Something that happened.
public sealed interface Event {
    /// A letter is durable everywhere it must be.
    ///
    /// @param boxes how many boxes here took it
    /// @param queued for how many recipients elsewhere it is queued
    record LetterAccepted(long sizeBytes, int boxes, int queued) implements Event {}

    /// Somebody tried to sign in.
    ///
    /// @param door which protocol, lower case
    record SignedIn(String door, boolean granted) implements Event {}

    /// An attempt to send a queued letter was settled.
    record SendingSettled(int delivered, int deferred, int refused) implements Event {}

    /// A POP device took far more letters in a day than it usually does: perhaps somebody else has
    /// it.
    ///
    /// @param account the account's number
    /// @param credential the number of the password the device signs in with
    /// @param letters how many it took today
    /// @param usual how many it takes on a usual day
    record DeviceDeletesMuch(long account, long credential, long letters, long usual)
            implements Event {}
}
