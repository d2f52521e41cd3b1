package org.facteur.trial.load;

/// One line of the table about a large box.
enum MirrorRow {
    LOAD("letters/s put in by APPEND, one client", 0, true),
    INDEXED("letters/s indexed, with the searches that ask for it", 0, true),
    SELECT("SELECT in a new session, ms", 0.1, false),
    SELECT_RESTARTED("the same, first after a restart, ms", 1, false),
    FLAGS("UID FETCH 1:* (FLAGS), ms", 0.5, false),
    LIST("FETCH 1:* (… ENVELOPE BODYSTRUCTURE), ms", 0.5, false),
    LIST_RESTARTED("the same, first after a restart, ms", 0, false),
    WINDOW("a window of 50, ms", 1, false),
    BODY("single bodies/s, 1 client", 1, true),
    BODIES("single bodies/s, 32 clients", 1, true),
    STORE("UID STORE 1:* ±FLAGS, ms", 1, false),
    SEARCH_FROM("SEARCH FROM, ms", 0.1, false),
    SEARCH_SUBJECT("SEARCH SUBJECT, ms", 0.1, false),
    SEARCH_BODY("SEARCH BODY, ms", 0.01, false),
    SEARCH_TEXT("SEARCH TEXT, ms", 0.01, false),
    SORT_DATE("SORT (DATE), ms", 0.25, false),
    SORT_SUBJECT("SORT (SUBJECT), ms", 1, false),
    SORT_RESTARTED("SORT (DATE), first after a restart, ms", 0, false),
    THREAD("THREAD REFERENCES, ms", 0.25, false),
    QRESYNC("SELECT with QRESYNC after 100 changes, ms", 1, false),
    APPEND("APPEND of 10 kB/s, 8 clients", 1.5, true),
    LOGIN("login, SELECT, LOGOUT/s, 8 clients", 1, true),
    LOGIN_TLS("the same over TLS", 2, true),
    DISK("disk / octets of the letters", 0, false),
    NEWS("delivery to EXISTS, 1 watcher, ms", 0, false),
    NEWS_MANY("delivery to the last EXISTS of many watchers, ms", 0, false),
    SLOW_ISYNC("isync over 64 kbit/s and 600 ms, to its 50 latest letters, s", 0, false),
    SLOW_THUNDERBIRD("Thunderbird over the same, to its 200 latest headers, s", 0, false),
    SLOW_OURS("compressed and the latest 50 alone, over the same, s", 1, false),
    MEMORY("memory resident after all that, MB", 0, false);

    private final String title;
    private final double mark;
    private final boolean rate;

    /// @param mark what is wanted of the ratio to the better peer; 0 for none
    /// @param rate whether more is better
    MirrorRow(String title, double mark, boolean rate) {
        this.title = title;
        this.mark = mark;
        this.rate = rate;
    }

    String title() {
        return title;
    }

    double mark() {
        return mark;
    }

    boolean rate() {
        return rate;
    }
}
