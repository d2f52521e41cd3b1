package org.facteur.wire.sieve;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.mime.NamedAddress;
import org.jspecify.annotations.Nullable;

/// What a script wants done. Whoever runs it does it afterwards, all or nothing.
public sealed interface SieveAction {
    /// Where a copy goes.
    ///
    /// @param mailbox as written in the script
    /// @param flags as IMAP names them, each once
    /// @param create whether the mailbox is made where it is missing (RFC 5490 §3.2)
    /// @param specialUse preferred where a mailbox has it (RFC 8579 §4); null for none
    /// @param mailboxId preferred where a mailbox has it (RFC 9042 §3); null for none
    record Target(
            String mailbox,
            List<String> flags,
            boolean create,
            @Nullable String specialUse,
            @Nullable String mailboxId) {
        public Target {
            Objects.requireNonNull(mailbox);
            flags = List.copyOf(flags);
        }
    }

    /// Into the inbox.
    ///
    /// @param edited null for the letter as it came
    /// @param implicit whether no command asked for it
    record Keep(List<String> flags, @Nullable EditedLetter edited, boolean implicit)
            implements SieveAction {
        public Keep {
            flags = List.copyOf(flags);
        }
    }

    /// @param edited null for the letter as it came
    record FileInto(Target target, @Nullable EditedLetter edited) implements SieveAction {
        public FileInto {
            Objects.requireNonNull(target);
        }
    }

    /// On to somebody else.
    ///
    /// @param edited null for the letter as it came
    record Redirect(EmailAddress to, @Nullable EditedLetter edited) implements SieveAction {
        public Redirect {
            Objects.requireNonNull(to);
        }
    }

    /// Away, unless something else keeps it.
    record Discard() implements SieveAction {}

    /// Back to its sender (RFC 5429).
    ///
    /// @param inProtocol whether refusing it while it comes in is preferred
    record Reject(String reason, boolean inProtocol) implements SieveAction {
        public Reject {
            Objects.requireNonNull(reason);
        }
    }

    /// An answer to the sender, if the rules of RFC 5230 §4 allow one.
    ///
    /// @param handle answers with the same one count as the same
    /// @param period how long one sender gets no other with this handle
    /// @param addresses what the receiver is called besides its own addresses
    /// @param copy where a copy of the answer goes (RFC 8580 §3); null for nowhere
    record Vacation(
            VacationText text,
            String handle,
            Duration period,
            List<EmailAddress> addresses,
            @Nullable Target copy)
            implements SieveAction {
        public Vacation {
            Objects.requireNonNull(text);
            Objects.requireNonNull(handle);
            Objects.requireNonNull(period);
            addresses = List.copyOf(addresses);
        }
    }

    /// @param reason the words, or a whole MIME part with its header
    /// @param mime whether it is the latter
    /// @param subject null to be made of the letter's
    /// @param from null for the receiver's own address
    record VacationText(
            String reason, boolean mime, @Nullable String subject, @Nullable NamedAddress from) {
        public VacationText {
            Objects.requireNonNull(reason);
        }
    }

    /// A letter that tells of the letter (RFC 5435, RFC 5436).
    ///
    /// @param from null for the receiver's own address
    /// @param importance 1 high, 2 normal, 3 low
    /// @param message null to be made of the letter
    /// @param copy where a copy of the notice goes; null for nowhere
    record Notify(
            MailtoUri method,
            @Nullable NamedAddress from,
            int importance,
            @Nullable String message,
            @Nullable Target copy)
            implements SieveAction {
        public Notify {
            Objects.requireNonNull(method);
        }
    }

    /// Lets later runs see that this letter, or one like it, was here (RFC 7352).
    record Remember(String key, Duration period) implements SieveAction {
        public Remember {
            Objects.requireNonNull(key);
            Objects.requireNonNull(period);
        }
    }
}
