/// Reports about letters: delivery status notifications, disposition notices, and reports on
/// encryption.
///
/// **Purpose.** [org.facteur.wire.report.DeliveryReport] holds what became of a letter's
/// recipients; [org.facteur.wire.report.DeliveryReportFormat] writes and reads its machine form,
/// [org.facteur.wire.report.DeliveryReportLetter] the whole letter with its human part, whose words
/// in French and English are in [org.facteur.wire.report.ReportWording].
///
/// [org.facteur.wire.report.TlsReport] holds how encrypted lines to a domain fared;
/// [org.facteur.wire.report.TlsReportFormat] writes and reads its JSON,
/// [org.facteur.wire.report.TlsReportLetter] the letter that carries it, and
/// [org.facteur.wire.report.TlsReportRecord] reads where a domain wants it.
///
/// [org.facteur.wire.report.DmarcReport] holds who wrote in a domain's name;
/// [org.facteur.wire.report.DmarcReportFormat] writes and reads its XML and
/// [org.facteur.wire.report.DmarcReportLetter] the letter that carries it (RFC 9990 §3).
///
/// [org.facteur.wire.report.DispositionNotice] says that a letter was seen;
/// [org.facteur.wire.report.DispositionNoticeFormat] writes and reads its machine form.
///
/// **Standards.** RFC 8098. RFC 3464 and RFC 6522 whole; RFC 6533 for international addresses and
/// headers; RFC 3463 and RFC 5248 for [org.facteur.wire.report.EnhancedStatus]. RFC 8460 for TLS
/// reports, with as much of RFC 8259 as they need.
///
/// **Limits.** Of the original letter only the header goes back, at most 100 kB. Reading: 64 kB for
/// each group of fields, 1,000 recipients.
///
/// **Not done.** Extension fields of delivery reports are skipped when read and never written.
@NullMarked
package org.facteur.wire.report;

import org.jspecify.annotations.NullMarked;
