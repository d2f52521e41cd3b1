package org.facteur.store.layout;

/// The tables of every partition. The code is a key's first octet and never changes its meaning; a
/// retired code is never used again.
public enum Table {
    /// Each realm: the partition's version and last transaction; kept by the engine.
    META(0x01),
    /// Each realm: the transactions of the last versions, to settle unknown outcomes.
    TRANSACTIONS(0x02),
    /// Each realm: how many rows refer to a blob.
    BLOB_REFERENCES(0x03),
    /// Each realm: blobs nobody refers to, and since when.
    BLOB_GARBAGE(0x04),

    /// Each realm: what each version changed, and who did it.
    CHANGES(0x10),
    /// Each realm: numbers that only grow, and sums.
    COUNTERS(0x11),

    /// Directory: domains by name.
    DOMAINS(0x20),
    /// Directory: accounts by number.
    ACCOUNTS(0x21),
    /// Directory: who receives at an address, by domain and compared form of the local part.
    ADDRESSES(0x22),
    /// Directory: passwords and device passwords by account.
    CREDENTIALS(0x23),
    /// Directory: keys a domain signs with, by domain.
    DOMAIN_KEYS(0x24),
    /// Directory: addresses by what a hurried reader takes them for.
    LOOK_ALIKES(0x25),
    /// Directory: browsers that are signed in, by account and number.
    WEB_SESSIONS(0x26),

    /// Account: mailboxes by number.
    MAILBOXES(0x30),
    /// Account: what a mailbox shows, packed, by mailbox and run of UIDs.
    ENTRIES(0x31),
    /// Account: what lists need of a letter, by letter.
    LETTERS(0x32),
    /// Account: headers and parts of a letter, by letter.
    ANATOMIES(0x33),
    /// Account: threads by hash of a Message-ID.
    MESSAGE_IDS(0x34),
    /// Account: letters by thread.
    THREADS(0x35),
    /// Account: where a letter lies: mailboxes and UIDs, by letter.
    PLACES(0x37),
    /// Account: hand-overs that were done, by their key, so that each is done once.
    HANDOVERS(0x36),
    /// Account: which letters a POP device has taken, packed, by credential and run of letters.
    POP_TAKEN(0x38),
    /// Account: how a POP device behaves, by credential.
    POP_DEVICES(0x39),
    /// Account: where letters lay before POP devices took them, by credential, instant and UID.
    POP_COLLECTED(0x3a),
    /// Account: names its owner subscribed to that are no mailboxes of its own, by name.
    SUBSCRIPTIONS(0x3b),
    /// Account: what others may do with a mailbox, by mailbox and account; account 0 is everybody.
    GRANTS(0x3c),
    /// Account: who may have shared something with it, by account. System: who may have shared
    /// something with everybody.
    SHARERS(0x3d),
    /// Account: annotations by mailbox, reader and name; mailbox 0 is the account itself, reader 0
    /// everybody.
    ANNOTATIONS(0x3e),
    /// Account: small things it keeps, by kind and number.
    SHELF(0x3f),
    /// Account: what was made of letters to sort and search them, packed, by run of letters. May be
    /// dropped at any time.
    FACTS(0x2f),

    /// Queue: letters on their way out by number.
    QUEUED(0x40),
    /// Queue, retired: what was due, by instant alone. Read once, to be put into [#LANES].
    DUE(0x41),
    /// Queue: what happened to a letter, by letter.
    TIMELINES(0x42),
    /// Queue: what is due, by destination and instant.
    LANES(0x43),
    /// Queue: letters with a timeline, by the account that sent them.
    SENT(0x44),
    /// Queue: addresses that are no longer written to, by address.
    SUPPRESSED(0x45),

    /// System: settings by name.
    SETTINGS(0x50),
    /// System: smarthosts by what letters they are for.
    ROUTES(0x51),
    /// System: what other domains ask of lines to their servers, by domain.
    TRANSPORT_POLICIES(0x52),
    /// System: senders of letters that were passed on, by day and what they are found by.
    FORWARDED_SENDERS(0x53),
    /// System: accounts that hold more than they may, by number.
    OVER_QUOTA(0x54),
    /// System: how encrypted lines to other domains fared, by day and domain.
    TLS_RESULTS(0x55),
    /// System: what others report on encrypted lines to us, by day and report.
    TLS_REPORTS(0x56),
    /// System: addresses of this machine by the domain whose letters leave from them.
    SOURCES(0x57),
    /// System: what is to be done for accounts later, by instant, kind, account and number.
    AGENDA(0x58),

    /// System: who wrote in the name of other domains, by day and domain.
    DMARC_RESULTS(0x5a),
    /// System: what others report on who wrote in our name, by day and report.
    DMARC_REPORTS(0x5b),

    /// Account and System: scripts by name; one part of their octets in each row.
    SCRIPTS(0x60),
    /// Account: what scripts want remembered, by hash of their key.
    SCRIPT_MEMORIES(0x61),
    /// Account: until when it is remembered, by instant and hash.
    SCRIPT_MEMORY_ENDS(0x62),
    /// Account: which small thing bears a name, by kind and hash of the name.
    SHELF_NAMES(0x68);

    private final int code;

    Table(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
