/// What other domains ask of lines to their servers, how such lines fare, and reports about both.
///
/// **Entry points.** [PolicyBook]: policies of MTA-STS (RFC 8461 §5.1) kept in the store, so that a
/// restart does not forget them and nobody can make us forget them by hiding a record.
/// [TlsResults]: how each session with another domain's servers fared, counted by day and by what
/// the domain asks for. [TlsReporter]: the report of the day before, to each domain that asks for
/// it (RFC 8460 §3). [TlsReportShelf]: what others report on us, taken from letters that arrive.
///
/// **Counted** are sessions that got as far as STARTTLS or its refusal, and servers that were not
/// tried because DNSSEC or a policy forbids it. A session carries many letters. Under a policy in
/// testing mode a session is judged as if it were enforced, and used all the same (RFC 8461 §5).
///
/// **Once.** A report's letter is handed over under a key of day and domain. One that goes by HTTPS
/// may come twice after a crash, under the same id.
///
/// **Limits.** 100,000 policies; a policy is used for as long as it said, at most a year. Those of
/// [TlsResults] and [TlsReportShelf].
///
/// **Not done.** Reports carry no DKIM signature as long as nothing does; some domains will not
/// read them for that (RFC 8460 §3).
@NullMarked
package org.facteur.core.report;

import org.jspecify.annotations.NullMarked;
