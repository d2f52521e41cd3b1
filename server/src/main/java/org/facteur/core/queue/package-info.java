/// Letters on their way out: durable, in turns, retried, reported, remembered.
///
/// **Entry point.** [Queue]. Whoever accepts a letter calls [Queue#add]. A worker calls
/// [Queue#enter] for a [Berth] at a destination, takes items from it, tries, and calls
/// [Queue#settle]; who reports to senders calls [Queue#reported].
///
/// **Model.** A [QueueItem] is one letter for one destination: its octets, its origin, its
/// recipients with what became of each, its schedule. All items of a letter are added in one
/// transaction.
///
/// **Turns.** What is due lies in rows by destination and instant. In memory stands one small
/// record for each destination: how far its rows were read, how many may work there at once, and
/// until when nobody tries. Destinations with something due take turns, therefore many letters for
/// a slow or dead one never hold up a letter for another. Berths: 5 at first, one more for each
/// round of successes up to 20, half after trouble. A destination that cannot be reached is left
/// alone for a minute, then twice as long each time up to a quarter of an hour.
///
/// **Who works on what** is known in memory only. One process has the queue; what it had not
/// settled when it ended is due when the next one begins. A start reads where each destination
/// begins and no more: a million letters for a few destinations cost some page reads, for a million
/// destinations some seconds, beside the first letters out.
///
/// **Schedule.** [RetrySchedule]: first retry after a minute, then twice the wait each time up to
/// four hours, each ± 20 %; given up after five days, an empty-sender letter after one (RFC 5321
/// §4.5.4.1).
///
/// **Once.** A recipient that was delivered or given up is settled in one transaction; a report has
/// the item's number as its hand-over key, so that a crash between the report and [Queue#reported]
/// doubles nothing.
///
/// **Reverse paths** of letters that are passed on are made and read by [SenderRewriting].
///
/// **Timelines.** [Timeline]: what happened to an item, written in the transaction that settles it,
/// kept for 30 days.
@NullMarked
package org.facteur.core.queue;

import org.jspecify.annotations.NullMarked;
