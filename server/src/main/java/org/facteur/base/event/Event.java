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
}
