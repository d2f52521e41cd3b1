/// Mailboxes, letters, keywords, UIDs and MODSEQs, threads: the letter box of an account.
///
/// **Entry points.** [LetterBoxes#open] gives an [Actor][org.facteur.core.account.Actor] a
/// [LetterBox]. It lists and changes mailboxes, shows a [MailboxView], takes letters in, marks,
/// copies, moves and expunges them. Every change is one transaction (or, past the store's limits,
/// several, each complete in itself) with its record in the change log.
///
/// [LetterCatalog] shows letters by their own numbers, whatever mailboxes they lie in, tells what
/// became of them since a version, and changes them, each wholly or not at all: what JMAP calls an
/// Email.
///
/// **Model.** A *letter* ([Letter]) is immutable: octets, prefix of trace headers, index computed
/// at arrival, thread. It lies in mailboxes as *entries* ([Entry]): UID, keywords, MODSEQ, dates.
/// COPY makes another entry of the same letter (EMAILID stays, RFC 8474 §4); a letter ends with its
/// last entry.
///
/// **Packed.** Entries are stored in runs of 128 UIDs ([EntryRun]), one row each, so that a mailbox
/// of 100,000 letters is read in 782 rows; a view shares the runs that did not change with the view
/// before.
///
/// **Facts.** What SORT, THREAD and SEARCH ask of letters ([LetterFacts]: dates, subjects,
/// correspondents, Message-IDs) is kept in columns in memory, for a whole account at a time. It is
/// made of the letters when first asked for, kept in the store in rows of 128 letters, so that a
/// start need not make it again, and ends with any of these letters. It never changes, and may be
/// dropped at any time; together it takes at most as much memory as the views.
///
/// **POP.** A device is offered a [PopDrop]; what it deletes is done by its rule, and most of it
/// can be put back ([LetterBox#recoverable], [LetterBox#restore]). Hidden letters fill the quota
/// only past its own size.
///
/// **Sharing.** What others may do with a mailbox ([Rights] of a [Grantee], RFC 4314 §2.1) stands
/// in the owner's account; that an account has something to look at in another stands in its own,
/// so that lists are cheap. A [LetterBox] in the hands of a guest checks each act, shows nothing
/// that may not be looked up, and the change log keeps who acted. New mailboxes are shared as the
/// one above them. `$seen` is one for all. Letters copied from one account into another are copied
/// with their octets.
///
/// **Notes** ([Annotation]) belong to the account that owns the mailbox, those of its guests too,
/// and end with the mailbox. **Subscriptions** to mailboxes of one's own are in the mailbox; names
/// of removed ones and of others' are kept apart.
///
/// **Numbers.** The MODSEQ of an entry is the version of the account that changed it last (RFC 7162
/// §3.1); UIDVALIDITY never comes back, because it is drawn from a counter of the account that
/// starts at the account's birth in seconds.
///
/// **Limits.** [BoxLimits]: mailboxes, depth and length of names, keywords per mailbox, grants,
/// notes.
@NullMarked
package org.facteur.core.mailbox;

import org.jspecify.annotations.NullMarked;
