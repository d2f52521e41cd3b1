package org.facteur.core.account;

/// By which way somebody comes in. The code is stored and never changes.
public enum Door {
    SYSTEM(0),
    COMMAND(1),
    SMTP(2),
    SUBMISSION(3),
    LMTP(4),
    IMAP(5),
    POP3(6),
    JMAP(7),
    DAV(8),
    SIEVE(9),
    WEB(10);

    private final int code;

    Door(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /// The door with a code; SYSTEM for one that a later program gave.
    public static Door of(int code) {
        for (Door door : values()) {
            if (door.code == code) {
                return door;
            }
        }
        return SYSTEM;
    }
}
