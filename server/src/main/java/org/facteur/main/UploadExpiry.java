package org.facteur.main;

import java.time.Duration;
import java.time.Instant;
import org.facteur.core.account.Account;
import org.facteur.edge.jmap.Uploads;

/// Ends what was uploaded and never used, account by account, at most once an hour.
final class UploadExpiry {
    private static final Duration EVERY = Duration.ofHours(1);

    private final PostOffice office;
    private final Uploads uploads;
    private Instant next;

    UploadExpiry(PostOffice office) {
        this.office = office;
        this.uploads = new Uploads(office.shelf());
        this.next = office.clock().instant().plus(EVERY);
    }

    synchronized void run() {
        Instant now = office.clock().instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        for (Account account : office.directory().accounts()) {
            uploads.forgetOld(account.id(), now);
        }
    }
}
