package org.facteur.wire.imap;

import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// What a session must do next to get a whole command; see [ImapCommandAssembler].
public sealed interface AssemblyStep {

    /// Read a literal into memory and pass it to [ImapCommandAssembler#literal], then read a line.
    ///
    /// @param octets how many; within the limits
    /// @param invite whether the client waits for a continuation request first
    record NeedLiteral(int octets, boolean invite) implements AssemblyStep {}

    /// A letter of an APPEND: take its octets where they belong, then read a line; or refuse it
    /// with [ImapCommandAssembler#reject()], if wished before inviting.
    ///
    /// @param tag the command's
    /// @param mailbox where the letter shall go
    /// @param letter what is said about it, its size among them
    /// @param invite whether the client waits for a continuation request first
    record NeedLetter(String tag, MailboxPath mailbox, AppendLetter letter, boolean invite)
            implements AssemblyStep {}

    /// Read and forget octets, then read a line: the command is lost but the client cannot be
    /// stopped before its end.
    record Skip(long octets) implements AssemblyStep {}

    /// A line that means nothing: read the next, and answer nothing.
    record Ignored() implements AssemblyStep {}

    /// A whole command.
    record Complete(TaggedCommand command) implements AssemblyStep {}

    /// The command is at its end and breaks the grammar or a limit: answer BAD.
    ///
    /// @param tag the command's, or null when it cannot be told: answer untagged
    /// @param tooBig whether a size was the reason
    /// @param closing whether the session is out of step and must end with BYE
    record Refused(@Nullable String tag, SyntaxFault fault, boolean tooBig, boolean closing)
            implements AssemblyStep {}

    /// An APPEND the session rejected is at its end: send the answer it deserves.
    record Rejected(String tag) implements AssemblyStep {}
}
