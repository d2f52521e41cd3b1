package org.facteur.main;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.facteur.core.report.DmarcReportShelf;
import org.facteur.core.report.DmarcResults;
import org.facteur.core.report.TlsReportShelf;
import org.facteur.core.report.TlsResults;
import org.facteur.wire.report.DmarcReport;
import org.facteur.wire.report.TlsReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What was seen of other domains, and what they saw of us: tls, dmarc.
@Command(
        name = "report",
        subcommands = {ReportCommands.Tls.class, ReportCommands.Dmarc.class})
final class ReportCommands extends CommandGroup {
    /// How encrypted lines fared: ours to other domains, or others' to ours as they report.
    @Command(name = "tls")
    static final class Tls extends OfficeCommand {
        @Option(names = "--received")
        private boolean received;

        @Option(names = "--days", paramLabel = "N")
        private int days = 7;

        @Override
        void run(PostOffice office, Terminal terminal) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            if (received) {
                for (TlsReportShelf.Received each : office.tlsReports().list()) {
                    each.report()
                            .policies()
                            .forEach(
                                    result ->
                                            rows.add(
                                                    row(
                                                            each.report(),
                                                            each.report().organization(),
                                                            result)));
                }
            } else {
                office.tlsResults().flush();
                for (TlsResults.Of each :
                        office.tlsResults().latest(Math.clamp(days, 1, TlsResults.DAYS))) {
                    each.report()
                            .policies()
                            .forEach(
                                    result ->
                                            rows.add(
                                                    row(
                                                            each.report(),
                                                            each.told() ? "told" : "",
                                                            result)));
                }
            }
            printout(terminal).rows(rows);
        }

        private Map<String, @Nullable Object> row(
                TlsReport report, String note, TlsReport.PolicyResult result) {
            return Printout.row(
                    "day",
                    report.start().toString().substring(0, 10),
                    "domain",
                    result.policy().domain(),
                    "policy",
                    result.policy().type(),
                    "good",
                    result.successes(),
                    "failed",
                    result.failures(),
                    "why",
                    result.details().stream()
                            .map(each -> each.type() + " " + each.count())
                            .collect(Collectors.joining(", ")),
                    received ? "reporter" : "report",
                    note);
        }
    }

    /// Who wrote in whose name: others' to us, or ours as others report.
    @Command(name = "dmarc")
    static final class Dmarc extends OfficeCommand {
        @Option(names = "--received")
        private boolean received;

        @Option(names = "--days", paramLabel = "N")
        private int days = 7;

        @Override
        void run(PostOffice office, Terminal terminal) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            if (received) {
                for (DmarcReportShelf.Received each : office.dmarcReports().list()) {
                    add(rows, each.report(), each.report().organization());
                }
            } else {
                office.dmarcResults().flush();
                for (DmarcResults.Of each : office.dmarcResults().latest(Math.clamp(days, 1, 30))) {
                    add(rows, each.report(), each.told() ? "told" : "");
                }
            }
            printout(terminal).rows(rows);
        }

        private void add(
                List<Map<String, @Nullable Object>> rows, DmarcReport report, String note) {
            for (DmarcReport.Row each : report.rows()) {
                rows.add(
                        Printout.row(
                                "day",
                                report.start().toString().substring(0, 10),
                                "domain",
                                each.author(),
                                "source",
                                each.source(),
                                "letters",
                                each.count(),
                                "dkim",
                                each.evaluated().dkim() ? "pass" : "fail",
                                "spf",
                                each.evaluated().spf() ? "pass" : "fail",
                                "done",
                                each.evaluated().disposition(),
                                received ? "reporter" : "report",
                                note));
            }
        }
    }
}
