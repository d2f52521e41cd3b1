package org.facteur.main;

import java.time.Duration;
import java.time.Instant;
import org.facteur.base.config.Setting;
import org.facteur.core.account.Account;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends what POP devices took once its time is over, account by account, at most once an hour.
final class PopExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(PopExpiry.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final PostOffice office;
    private Instant next = Instant.MIN;

    PopExpiry(PostOffice office) {
        this.office = office;
    }

    synchronized void run() {
        Instant now = office.clock().instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        Duration keep = Duration.ofSeconds(office.settings().number(Setting.POP_KEEP));
        for (Account account : office.directory().accounts()) {
            int ended = office.boxes().expireCollected(account.id(), now.minus(keep));
            if (ended > 0) {
                LOG.info("account={} {} collected letters ended", account.id(), ended);
            }
        }
    }
}
