package org.facteur.trial.load;

/// One thing that is measured of every server.
enum Figure {
    BANNER_CACHED("first banner, ms, with AOT cache"),
    BANNER_KILLED("first banner after kill -9 under load, ms, with AOT cache"),
    BANNER_PLAIN("first banner, ms, without AOT cache"),
    RESTING("memory at rest after start, MB resident"),
    FIRST_TEN("letters/s in the first ten seconds after a start"),
    SMTP("SMTP letters/s until visible"),
    SMTP_CPU("SMTP server CPU, ms per letter"),
    LMTP("LMTP letters/s until visible"),
    LMTP_CPU("LMTP server CPU, ms per letter"),
    LARGE("SMTP letters of 100 kB/s until visible"),
    LARGE_CPU("the same, server CPU, ms per letter"),
    MANY("boxes/s filled by letters to 100 boxes"),
    MANY_CPU("the same, server CPU, ms per box"),
    ONE_BOX("SMTP letters/s to one box until visible"),
    ONE_BOX_CPU("the same, server CPU, ms per letter"),
    RELAY("letters/s relayed through the queue to another server"),
    RELAY_CPU("the same, server CPU, ms per letter"),
    SYNCS("disk syncs per letter"),
    LOGIN("IMAP login, select, logout per second"),
    WINDOW("IMAP fetches of 50 envelopes per second"),
    APPEND("IMAP appends per second"),
    RETRIEVE("POP3 letters retrieved per second"),
    RETRIEVE_CPU("the same, server CPU, ms per letter"),
    RESTED("memory at rest after load, MB resident");

    private final String title;

    Figure(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
