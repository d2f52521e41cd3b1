/// Letters on their way out: durable, leased, retried, reported.
///
/// **Entry point.** [Queue]. Whoever accepts a letter calls [Queue#add]; a worker calls
/// [Queue#lease], tries, and calls [Queue#settle]; who reports failures to senders calls
/// [Queue#reported].
///
/// **Model.** A [QueueItem] is one letter for one destination: its octets, its origin, its
/// recipients with what became of each, its schedule. All items of a letter are added in one
/// transaction.
///
/// **Leases.** A leased item is not due again before its lease ends, so that a worker that dies
/// loses nothing. A process that starts takes back at once what an earlier process had leased.
///
/// **Schedule.** [RetrySchedule]: first retry after a minute, then twice the wait each time up to
/// four hours, each ± 20 %; given up after five days, an empty-sender letter after one (RFC 5321
/// §4.5.4.1).
///
/// **Once.** A recipient that was delivered or given up is settled in one transaction; a report has
/// the item's number as its hand-over key, so that a crash between the report and [Queue#reported]
/// doubles nothing.
@NullMarked
package org.facteur.core.queue;

import org.jspecify.annotations.NullMarked;
