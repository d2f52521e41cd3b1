package org.facteur.main;

import java.util.concurrent.atomic.AtomicBoolean;
import org.facteur.base.config.Setting;
import org.facteur.core.report.DmarcReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports on letters in the name of domains, as a chore: counts written down, reports sent to
/// domains that ask for them, old ones forgotten.
final class DmarcReports {
    private static final Logger LOG = LoggerFactory.getLogger(DmarcReports.class);

    private final PostOffice office;
    private final DmarcReporter reporter;
    private final AtomicBoolean busy = new AtomicBoolean();

    DmarcReports(PostOffice office, Node.Plan plan) {
        this.office = office;
        this.reporter =
                new DmarcReporter(
                        office.dmarcResults(),
                        plan.hostname(),
                        plan.names().proofs(),
                        office.delivery(),
                        office.directory(),
                        office.clock());
    }

    /// Never waits for the network itself.
    void run() {
        office.dmarcResults().flush();
        office.dmarcReports().forgetOld();
        if (office.settings().on(Setting.DMARC_REPORTS) && busy.compareAndSet(false, true)) {
            Thread.ofVirtual().name("dmarc-reports").start(this::report);
        }
    }

    private void report() {
        try {
            reporter.run();
        } catch (RuntimeException failed) {
            LOG.error("DMARC reports wait", failed);
        } finally {
            busy.set(false);
        }
    }
}
