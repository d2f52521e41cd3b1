package org.facteur.wire.imap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a program shall understand of a status response: the part in brackets (RFC 9051 §7.1; many
/// of the words come from RFC 5530 §3).
public sealed interface ResponseCode {

    /// The codes that are a word and nothing more.
    enum Word implements ResponseCode {
        ALERT,
        ALREADYEXISTS,
        AUTHENTICATIONFAILED,
        AUTHORIZATIONFAILED,
        CANNOT,
        CLIENTBUG,
        /// Between the answers about the old and the new mailbox in SELECT.
        CLOSED,
        /// RFC 4978 §3.
        COMPRESSIONACTIVE,
        CONTACTADMIN,
        CORRUPTION,
        EXPIRED,
        EXPUNGEISSUED,
        HASCHILDREN,
        INUSE,
        LIMIT,
        NONEXISTENT,
        /// RFC 7162 §3.1.2.2.
        NOMODSEQ,
        NOPERM,
        /// RFC 5465 §5.8.
        NOTIFICATIONOVERFLOW,
        NOTSAVED,
        /// RFC 9208 §4.3.
        OVERQUOTA,
        PARSE,
        PRIVACYREQUIRED,
        READ_ONLY,
        READ_WRITE,
        SERVERBUG,
        /// RFC 4469 §5, RFC 7888 §4.
        TOOBIG,
        /// RFC 10022.
        TOOFEW,
        /// RFC 10022.
        TOOMANY,
        TRYCREATE,
        UIDNOTSTICKY,
        /// RFC 9586 §3.1.
        UIDREQUIRED,
        UNAVAILABLE,
        /// RFC 3516 §4.3.
        UNKNOWN_CTE,
        /// RFC 6154 §3.
        USEATTR;

        /// As on the wire.
        public String keyword() {
            return name().replace('_', '-');
        }
    }

    /// CAPABILITY.
    record Capability(List<String> capabilities) implements ResponseCode {
        public Capability {
            capabilities = List.copyOf(capabilities);
        }
    }

    /// BADCHARSET: the charsets that are known; may be empty.
    record BadCharset(List<String> known) implements ResponseCode {
        public BadCharset {
            known = List.copyOf(known);
        }
    }

    /// PERMANENTFLAGS, with [Flag#ANY] where keywords may be made up.
    record PermanentFlags(List<Flag> flags) implements ResponseCode {
        public PermanentFlags {
            flags = List.copyOf(flags);
        }
    }

    record UidNext(long uid) implements ResponseCode {}

    record UidValidity(long value) implements ResponseCode {}

    /// UNSEEN: the number of the first letter without `\Seen`; IMAP4rev1 only (RFC 3501 §7.1).
    record Unseen(long number) implements ResponseCode {}

    /// RFC 7162 §3.1.2.1.
    record HighestModSeq(long modSeq) implements ResponseCode {}

    /// MODIFIED: which letters a conditional STORE left alone (RFC 7162 §3.1.3), numbers or UIDs as
    /// in the command.
    record Modified(NumberSet messages) implements ResponseCode {}

    /// APPENDUID: the UIDs given, in the order of the letters (RFC 4315 §3).
    record AppendUid(long uidValidity, SequenceSet uids) implements ResponseCode {}

    /// COPYUID: the UIDs copied and the UIDs given, in matching order (RFC 4315 §3). A server that
    /// gives UIDs in ascending order of the source may use [SequenceSet#of(NumberSet)] for both.
    record CopyUid(long uidValidity, SequenceSet from, SequenceSet to) implements ResponseCode {}

    /// MAILBOXID (RFC 8474 §4.1).
    record MailboxId(String id) implements ResponseCode {}

    /// BADEVENT: what can be asked of NOTIFY (RFC 5465 §8).
    ///
    /// @param known at least one
    record BadEvent(List<NotifyEvent> known) implements ResponseCode {
        public BadEvent {
            known = List.copyOf(known);
        }
    }

    /// INPROGRESS (RFC 9585 §4).
    ///
    /// @param tag of the command that takes its time, or null
    /// @param done how much of it is done, or null
    /// @param goal how much there is, more than `done`; or null where that is not known
    record InProgress(@Nullable String tag, @Nullable Long done, @Nullable Long goal)
            implements ResponseCode {}

    /// METADATA (RFC 5464 §5).
    ///
    /// @param octets with LONGENTRIES the size of the longest value left out, with MAXSIZE the most
    ///   that is taken; else null
    record Metadata(Problem problem, @Nullable Long octets) implements ResponseCode {
        /// What was in the way.
        public enum Problem {
            LONGENTRIES,
            MAXSIZE,
            TOOMANY,
            NOPRIVATE
        }
    }

    /// MESSAGELIMIT (RFC 9738).
    ///
    /// @param most letters one command works on
    /// @param uid the lowest it has worked on, all above it were; null where it has done nothing
    record MessageLimit(long most, @Nullable Long uid) implements ResponseCode {}

    /// A code not known here, from another server.
    ///
    /// @param name an atom
    /// @param argument what stood after it, or null
    record Other(String name, @Nullable String argument) implements ResponseCode {}
}
