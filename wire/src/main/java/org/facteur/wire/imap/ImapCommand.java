package org.facteur.wire.imap;

import java.util.List;
import java.util.Set;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// What a client asks, without its tag.
///
/// Where a command exists with message numbers and with UIDs, `uid` tells which the client used and
/// what the answer must carry. Names of mailboxes are decoded. Which command is allowed in which
/// state is the session's business.
public sealed interface ImapCommand {

    /// A command that names a mailbox or lists them.
    sealed interface OnMailboxes extends ImapCommand {}

    /// A command about who may do what with a mailbox, or what is noted about one.
    sealed interface OnSharing extends ImapCommand {}

    /// A command about letters of the selected mailbox.
    sealed interface OnLetters extends ImapCommand {}

    // Any state

    /// RFC 9051 §6.1.1.
    record Capability() implements ImapCommand {}

    /// RFC 9051 §6.1.2.
    record Noop() implements ImapCommand {}

    /// RFC 9051 §6.1.3.
    record Logout() implements ImapCommand {}

    /// RFC 2971 §3.1.
    ///
    /// @param fields what the client says about itself, in its order; empty for NIL
    record Id(List<IdField> fields) implements ImapCommand {
        public Id {
            fields = List.copyOf(fields);
        }
    }

    // Not authenticated

    /// RFC 9051 §6.2.1.
    record StartTls() implements ImapCommand {}

    /// RFC 9051 §6.2.3. Never shown in full.
    record Login(String user, String password) implements ImapCommand {
        @Override
        public String toString() {
            return "Login[***]";
        }
    }

    /// RFC 9051 §6.2.2, with the initial response of RFC 4959. Never shown in full.
    ///
    /// @param mechanism in upper case
    /// @param initialResponse decoded; empty for `=`; null when the client waits for a challenge
    record Authenticate(String mechanism, @Nullable Octets initialResponse) implements ImapCommand {
        @Override
        public String toString() {
            return "Authenticate[" + mechanism + "]";
        }
    }

    // Authenticated

    /// RFC 5161 §3.1, RFC 9051 §6.3.1.
    ///
    /// @param capabilities in upper case, known or not, in the client's order; at least one
    record Enable(List<String> capabilities) implements ImapCommand {
        public Enable {
            capabilities = List.copyOf(capabilities);
        }
    }

    /// RFC 9051 §6.3.2.
    record Select(MailboxPath mailbox, SelectParameters parameters) implements OnMailboxes {}

    /// RFC 9051 §6.3.3.
    record Examine(MailboxPath mailbox, SelectParameters parameters) implements OnMailboxes {}

    /// RFC 9051 §6.3.4, with USE of RFC 6154 §3.
    ///
    /// @param specialUse what the mailbox shall be for; mostly empty
    record Create(MailboxPath mailbox, List<MailboxAttribute> specialUse) implements OnMailboxes {
        public Create {
            specialUse = List.copyOf(specialUse);
        }
    }

    /// RFC 9051 §6.3.5.
    record Delete(MailboxPath mailbox) implements OnMailboxes {}

    /// RFC 9051 §6.3.6.
    record Rename(MailboxPath from, MailboxPath to) implements OnMailboxes {}

    /// RFC 9051 §6.3.7.
    record Subscribe(MailboxPath mailbox) implements OnMailboxes {}

    /// RFC 9051 §6.3.8.
    record Unsubscribe(MailboxPath mailbox) implements OnMailboxes {}

    /// RFC 9051 §6.3.9, RFC 5258, RFC 5819.
    ///
    /// @param extended whether any extended syntax was used: then an empty pattern matches nothing
    ///   instead of asking for the delimiter
    /// @param reference joined in front of each pattern, mostly empty
    /// @param patterns at least one, to be matched by [ListPattern]
    /// @param status what to send in a STATUS response for each mailbox listed; mostly empty
    /// @param metadata which annotations to send of each mailbox listed (RFC 9590 §3); mostly empty
    record ListMailboxes(
            boolean extended,
            Set<ListSelection> selection,
            String reference,
            List<String> patterns,
            Set<ListReturn> returns,
            Set<StatusItem> status,
            List<String> metadata)
            implements OnMailboxes {
        public ListMailboxes {
            metadata = List.copyOf(metadata);
            selection = Set.copyOf(selection);
            patterns = List.copyOf(patterns);
            returns = Set.copyOf(returns);
            status = Set.copyOf(status);
        }
    }

    /// LSUB, for IMAP4rev1 only (RFC 3501 §6.3.9).
    record ListSubscribed(String reference, String pattern) implements OnMailboxes {}

    /// RFC 9051 §6.3.10.
    record Namespace() implements ImapCommand {}

    /// RFC 9051 §6.3.11.
    record Status(MailboxPath mailbox, Set<StatusItem> items) implements OnMailboxes {
        public Status {
            items = Set.copyOf(items);
        }
    }

    /// RFC 9051 §6.3.12, RFC 3502. The letters themselves were streamed while the command came in;
    /// see [ImapCommandAssembler].
    ///
    /// @param letters what was said about each letter, in order; at least one
    record Append(MailboxPath mailbox, List<AppendLetter> letters) implements OnMailboxes {
        public Append {
            letters = List.copyOf(letters);
        }
    }

    /// RFC 9051 §6.3.13. What follows is read by the session: a line `DONE` in any case.
    record Idle() implements ImapCommand {}

    /// RFC 9208 §4.1.2.
    record GetQuota(String root) implements ImapCommand {}

    /// RFC 9208 §4.1.3.
    record GetQuotaRoot(MailboxPath mailbox) implements OnMailboxes {}

    /// RFC 9208 §4.1.1.
    ///
    /// @param limits in units of the resources
    record SetQuota(String root, List<QuotaLimit> limits) implements ImapCommand {
        public SetQuota {
            limits = List.copyOf(limits);
        }
    }

    /// A limit somebody wants.
    ///
    /// @param resource upper case
    record QuotaLimit(String resource, long limit) {}

    /// RFC 4314 §3.3.
    record GetAcl(MailboxPath mailbox) implements OnSharing {}

    /// RFC 4314 §3.1.
    ///
    /// @param identifier whom it is about; `anyone`, an address, or either after `-`
    record SetAcl(MailboxPath mailbox, String identifier, RightsChange change)
            implements OnSharing {}

    /// RFC 4314 §3.2.
    record DeleteAcl(MailboxPath mailbox, String identifier) implements OnSharing {}

    /// RFC 4314 §3.4.
    record ListRights(MailboxPath mailbox, String identifier) implements OnSharing {}

    /// RFC 4314 §3.5.
    record MyRights(MailboxPath mailbox) implements OnSharing {}

    /// RFC 5464 §4.2.
    ///
    /// @param mailbox null for the server
    /// @param entries at least one name
    record GetMetadata(@Nullable MailboxPath mailbox, List<String> entries, MetadataOptions options)
            implements OnSharing {
        public GetMetadata {
            entries = List.copyOf(entries);
        }
    }

    /// RFC 5464 §4.3.
    ///
    /// @param mailbox null for the server
    /// @param entries at least one
    record SetMetadata(@Nullable MailboxPath mailbox, List<MetadataEntry> entries)
            implements OnSharing {
        public SetMetadata {
            entries = List.copyOf(entries);
        }
    }

    /// RFC 5465 §3.
    ///
    /// @param status whether to begin with the state of all mailboxes
    /// @param groups empty for NONE
    record Notify(boolean status, List<NotifyGroup> groups) implements ImapCommand {
        public Notify {
            groups = List.copyOf(groups);
        }
    }

    /// ESEARCH over several mailboxes (RFC 7377 §2).
    ///
    /// @param sources which; empty for the open one
    /// @param result how to answer, or null for all UIDs
    record MultiSearch(
            List<MailboxFilter> sources, @Nullable SearchResultOptions result, SearchKey key)
            implements ImapCommand {
        public MultiSearch {
            sources = List.copyOf(sources);
        }
    }

    /// RFC 4978 §3.
    ///
    /// @param algorithm in upper case; only DEFLATE is defined
    record Compress(String algorithm) implements ImapCommand {}

    /// RFC 8437 §2.
    record Unauthenticate() implements ImapCommand {}

    /// GETJMAPACCESS: where the same letters are to be had by JMAP (RFC 9698 §4).
    record GetJmapAccess() implements ImapCommand {}

    // Selected

    /// RFC 3501 §6.4.1.
    record Check() implements ImapCommand {}

    /// RFC 9051 §6.4.1.
    record Close() implements ImapCommand {}

    /// RFC 9051 §6.4.2.
    record Unselect() implements ImapCommand {}

    /// RFC 9051 §6.4.3.
    record Expunge() implements ImapCommand {}

    /// UID EXPUNGE (RFC 4315 §2.1).
    record UidExpunge(SequenceSet uids) implements OnLetters {}

    /// UIDBATCHES (RFC 10022).
    ///
    /// @param size how many letters a batch shall have, 1 to 2^32-1
    /// @param batches which batches, counted from 1 for the one with the highest UIDs; null for all
    record UidBatches(long size, @Nullable BatchRange batches) implements OnLetters {}

    /// Batches from one to another, as they were asked for: the first may be the greater.
    record BatchRange(long first, long last) {}

    /// RFC 9051 §6.4.4.
    ///
    /// @param result how to answer, or null for the plain SEARCH response of IMAP4rev1
    record Search(boolean uid, @Nullable SearchResultOptions result, SearchKey key)
            implements OnLetters {}

    /// SEARCH in a charset other than US-ASCII and UTF-8: its keys were not read, and the answer is
    /// NO with BADCHARSET (RFC 9051 §6.4.4).
    ///
    /// @param saves whether its result was to be kept as `$`, which is then empty (RFC 5182 §2.1)
    /// @param charset in upper case
    record SearchInUnknownCharset(boolean uid, boolean saves, String charset)
            implements OnLetters {}

    /// RFC 5256 §3, with the extended answers of RFC 5267 §3.
    ///
    /// @param result how to answer, or null for the plain SORT response
    /// @param criteria at least one, the most important first
    record Sort(
            boolean uid,
            @Nullable SearchResultOptions result,
            List<SortCriterion> criteria,
            SearchKey key)
            implements OnLetters {
        public Sort {
            criteria = List.copyOf(criteria);
        }
    }

    /// THREAD (RFC 5256 §3).
    record ThreadLetters(boolean uid, ThreadAlgorithm algorithm, SearchKey key)
            implements OnLetters {}

    /// RFC 9051 §6.4.5.
    ///
    /// @param items at least one, macros already spelled out
    record Fetch(boolean uid, SequenceSet messages, List<FetchItem> items, FetchModifiers modifiers)
            implements OnLetters {
        public Fetch {
            items = List.copyOf(items);
        }
    }

    /// RFC 9051 §6.4.6, RFC 7162 §3.1.3.
    ///
    /// @param unchangedSince only letters whose MODSEQ is not above it; null without that condition
    record Store(
            boolean uid, SequenceSet messages, FlagChange change, @Nullable Long unchangedSince)
            implements OnLetters {}

    /// RFC 8508 §3. The letter itself was streamed while the command came in, as APPEND's.
    ///
    /// @param number of the letter that goes, or its UID; [SequenceRange#STAR] for the last
    record Replace(boolean uid, long number, MailboxPath mailbox, AppendLetter letter)
            implements OnLetters {}

    /// RFC 9051 §6.4.7.
    record Copy(boolean uid, SequenceSet messages, MailboxPath mailbox) implements OnLetters {}

    /// RFC 9051 §6.4.8.
    record Move(boolean uid, SequenceSet messages, MailboxPath mailbox) implements OnLetters {}
}
