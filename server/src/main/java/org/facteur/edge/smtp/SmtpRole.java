package org.facteur.edge.smtp;

import org.facteur.core.account.Door;

/// What a listener is for.
public enum SmtpRole {
    /// Letters from other servers for our own people (port 25).
    RECEPTION(Door.SMTP),
    /// Letters of our own people for everybody (ports 587 and 465, RFC 6409).
    SUBMISSION(Door.SUBMISSION),
    /// Letters for our own people from a mail server that we trust to have judged them (RFC 2033).
    LMTP(Door.LMTP);

    private final Door door;

    SmtpRole(Door door) {
        this.door = door;
    }

    Door door() {
        return door;
    }
}
