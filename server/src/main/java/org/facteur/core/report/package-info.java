/// What other domains ask of lines to their servers, how such lines fare, and reports about both.
///
/// **Entry points.** [PolicyBook]: policies of MTA-STS (RFC 8461 §5.1) kept in the store, so that a
/// restart does not forget them and nobody can make us forget them by hiding a record.
/// [TlsResults]: how each session with another domain's servers fared, counted by day and by what
/// the domain asks for. [TlsReporter]: the report of the day before, to each domain that asks for
/// it (RFC 8460 §3). [TlsReportShelf]: what others report on us, taken from letters that arrive.
/// [DmarcResults], [DmarcReporter] and [DmarcReportShelf] are the same for letters in a domain's
/// name (RFC 9990 §3): who brought them to us, and what others saw of ours.
///
/// **Counted** are sessions that got as far as STARTTLS or its refusal, and servers that were not
/// tried because DNSSEC or a policy forbids it. A session carries many letters. Under a policy in
/// testing mode a session is judged as if it were enforced, and used all the same (RFC 8461 §5).
///
/// **Once.** A report's letter is handed over under a key of day and domain. One that goes by HTTPS
/// may come twice after a crash, under the same id.
///
/// **Limits.** 100,000 policies; a policy is used for as long as it said, at most a year. Those of
/// [TlsResults], [TlsReportShelf], [DmarcResults] and [DmarcReportShelf].
///
/// **Not done.** No reports on single letters are sent: they would show what people wrote to whom.
@NullMarked
package org.facteur.core.report;

import org.jspecify.annotations.NullMarked;
