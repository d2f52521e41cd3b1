package org.facteur.wire.imap;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.facteur.wire.text.Octets;
import org.jspecify.annotations.Nullable;

/// What a server answers (RFC 9051 §7).
public sealed interface ImapResponse {

    /// About rights, annotations and limits.
    sealed interface OnSharing extends ImapResponse {}

    /// OK, NO, BAD, PREAUTH, BYE.
    ///
    /// @param tag the command's, or null for an untagged response
    /// @param code for programs, or null
    /// @param text for people, ASCII; what cannot be sent is replaced by `?`
    record Condition(
            @Nullable String tag, Outcome outcome, @Nullable ResponseCode code, String text)
            implements ImapResponse {
        public Condition {
            if (tag != null && (!TaggedCommand.isTag(tag) || outcome.alwaysUntagged())) {
                throw new IllegalArgumentException("not a tagged response");
            }
        }

        /// An untagged response.
        public static Condition untagged(
                Outcome outcome, @Nullable ResponseCode code, String text) {
            return new Condition(null, outcome, code, text);
        }
    }

    /// How it went.
    enum Outcome {
        OK,
        NO,
        BAD,
        PREAUTH,
        BYE;

        boolean alwaysUntagged() {
            return this == PREAUTH || this == BYE;
        }
    }

    /// `+` and a text: send the literal, or go on with IDLE.
    record Continue(String text) implements ImapResponse {}

    /// `+` and base64: a challenge of AUTHENTICATE, maybe empty.
    record Challenge(Octets octets) implements ImapResponse {}

    /// CAPABILITY.
    record CapabilityData(List<String> capabilities) implements ImapResponse {
        public CapabilityData {
            capabilities = List.copyOf(capabilities);
        }
    }

    /// ENABLED: those the last ENABLE switched on; may be empty (RFC 5161 §3.2).
    record Enabled(List<String> capabilities) implements ImapResponse {
        public Enabled {
            capabilities = List.copyOf(capabilities);
        }
    }

    /// ID (RFC 2971 §3.2).
    ///
    /// @param fields in the server's order; empty for NIL
    record IdData(List<IdField> fields) implements ImapResponse {
        public IdData {
            fields = List.copyOf(fields);
        }
    }

    /// LIST, or LSUB of IMAP4rev1.
    ///
    /// @param lsub whether it is LSUB
    /// @param delimiter between levels, or null where names have none
    /// @param name empty only in the answer to an empty pattern
    /// @param oldName what the mailbox was called before a rename, or null (RFC 9051 §6.3.9.7)
    /// @param subscribedBelow whether a mailbox below matched SUBSCRIBED (RFC 5258 §3.5)
    record ListData(
            boolean lsub,
            List<MailboxAttribute> attributes,
            @Nullable Character delimiter,
            String name,
            @Nullable MailboxPath oldName,
            boolean subscribedBelow)
            implements ImapResponse {
        public ListData {
            attributes = List.copyOf(attributes);
        }

        /// A mailbox of ours, with [MailboxPath#DELIMITER].
        public static ListData of(MailboxPath name, List<MailboxAttribute> attributes) {
            return new ListData(false, attributes, MailboxPath.DELIMITER, name.text(), null, false);
        }
    }

    /// NAMESPACE (RFC 9051 §7.3.4). A list may be empty.
    record NamespaceData(List<Space> personal, List<Space> others, List<Space> shared)
            implements ImapResponse {
        public NamespaceData {
            personal = List.copyOf(personal);
            others = List.copyOf(others);
            shared = List.copyOf(shared);
        }
    }

    /// One namespace.
    ///
    /// @param prefix in front of its names, mostly empty
    /// @param delimiter between levels, or null
    record Space(String prefix, @Nullable Character delimiter) {}

    /// STATUS.
    ///
    /// @param values for each item asked, MAILBOXID left out; [#UNLIMITED] for NIL
    /// @param mailboxId or null when it was not asked
    record StatusData(MailboxPath mailbox, Map<StatusItem, Long> values, @Nullable String mailboxId)
            implements ImapResponse {
        /// The value of an APPENDLIMIT without a limit.
        public static final long UNLIMITED = -1;

        public StatusData {
            Map<StatusItem, Long> copy = new EnumMap<>(StatusItem.class);
            copy.putAll(values);
            values = Collections.unmodifiableMap(copy);
            if (values.containsKey(StatusItem.MAILBOXID)) {
                throw new IllegalArgumentException("MAILBOXID is not a number");
            }
        }
    }

    /// SEARCH of IMAP4rev1.
    ///
    /// @param modSeq the largest MODSEQ found, when the search asked for MODSEQ (RFC 7162 §3.1.5),
    ///   or null
    record SearchData(NumberSet numbers, @Nullable Long modSeq) implements ImapResponse {}

    /// ESEARCH (RFC 9051 §7.3.4).
    ///
    /// @param tag of the SEARCH it answers, or null
    /// @param source which mailbox it is about, where several were searched; else null
    /// @param uid whether the numbers are UIDs
    record ExtendedSearchData(
            @Nullable String tag, @Nullable Searched source, boolean uid, SearchSummary found)
            implements ImapResponse {}

    /// One of several mailboxes that were searched (RFC 7377 §2.1).
    record Searched(MailboxPath mailbox, long uidValidity) {}

    /// UIDFETCH (RFC 9586 §3.3).
    record UidFetchData(long uid, List<FetchDatum> data) implements ImapResponse {
        public UidFetchData {
            data = List.copyOf(data);
        }
    }

    /// UIDBATCHES (RFC 10022).
    ///
    /// @param tag of the command it answers
    /// @param batches from the highest UIDs to the lowest, each from its highest to its lowest
    record UidBatchesData(String tag, List<SequenceRange> batches) implements ImapResponse {
        public UidBatchesData {
            batches = List.copyOf(batches);
        }
    }

    /// SORT (RFC 5256 §4).
    ///
    /// @param modSeq as for SEARCH, or null
    record SortData(List<Long> numbers, @Nullable Long modSeq) implements ImapResponse {
        public SortData {
            numbers = List.copyOf(numbers);
        }
    }

    /// THREAD (RFC 5256 §4).
    record ThreadData(ThreadForest threads) implements ImapResponse {}

    /// FLAGS.
    record FlagsData(List<Flag> flags) implements ImapResponse {
        public FlagsData {
            flags = List.copyOf(flags);
        }
    }

    /// EXISTS.
    record Exists(long count) implements ImapResponse {}

    /// JMAPACCESS: where the session resource of JMAP is (RFC 9698 §4).
    record JmapAccess(String url) implements ImapResponse {}

    /// RECENT of IMAP4rev1.
    record RecentCount(long count) implements ImapResponse {}

    /// EXPUNGE: numbers above it are one less from now on.
    record Expunged(long number) implements ImapResponse {}

    /// VANISHED (RFC 7162 §3.2.10).
    ///
    /// @param earlier whether they went before this session looked, so that message numbers stay
    record Vanished(boolean earlier, NumberSet uids) implements ImapResponse {}

    /// FETCH.
    ///
    /// @param number the message number
    record FetchData(long number, List<FetchDatum> data) implements ImapResponse {
        public FetchData {
            data = List.copyOf(data);
        }
    }

    /// ACL (RFC 4314 §3.6).
    record AclData(MailboxPath mailbox, List<AclEntry> entries) implements OnSharing {
        public AclData {
            entries = List.copyOf(entries);
        }
    }

    /// What one identifier may do.
    record AclEntry(String identifier, String rights) {}

    /// LISTRIGHTS (RFC 4314 §3.7).
    ///
    /// @param required rights the identifier always has
    /// @param optional rights it can be given, those that come together in one text
    record ListRightsData(
            MailboxPath mailbox, String identifier, String required, List<String> optional)
            implements OnSharing {
        public ListRightsData {
            optional = List.copyOf(optional);
        }
    }

    /// MYRIGHTS (RFC 4314 §3.8).
    record MyRightsData(MailboxPath mailbox, String rights) implements OnSharing {}

    /// METADATA with values (RFC 5464 §4.4.1).
    ///
    /// @param mailbox null for the server
    /// @param entries at least one
    record MetadataData(@Nullable MailboxPath mailbox, List<MetadataEntry> entries)
            implements OnSharing {
        public MetadataData {
            entries = List.copyOf(entries);
        }
    }

    /// METADATA that tells what has changed (RFC 5464 §4.4.2).
    ///
    /// @param mailbox null for the server
    /// @param names at least one
    record MetadataChanged(@Nullable MailboxPath mailbox, List<String> names) implements OnSharing {
        public MetadataChanged {
            names = List.copyOf(names);
        }
    }

    /// QUOTA (RFC 9208 §4.2.1).
    record QuotaData(String root, List<QuotaResource> resources) implements OnSharing {
        public QuotaData {
            resources = List.copyOf(resources);
        }
    }

    /// One limit.
    ///
    /// @param name `STORAGE` in units of 1024 octets, or `MESSAGE`
    record QuotaResource(String name, long usage, long limit) {}

    /// QUOTAROOT (RFC 9208 §4.2.2).
    record QuotaRootData(MailboxPath mailbox, List<String> roots) implements OnSharing {
        public QuotaRootData {
            roots = List.copyOf(roots);
        }
    }
}
