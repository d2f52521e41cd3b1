package org.facteur.store.layout;

import java.time.Instant;
import org.facteur.store.blob.BlobId;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.KeyRange;

/// The map of every partition: one method per kind of key.
///
/// Numbers in keys are 0 or more and eight octets long. Ranges cover a table, or what lies under
/// its first fields.
public final class Layout {
    private Layout() {}

    /// Everything in a table.
    public static KeyRange all(Table table) {
        return KeyRange.of(new KeyBuilder(table).build());
    }

    public static Key meta() {
        return new KeyBuilder(Table.META).build();
    }

    /// @param slot the version modulo the length of the ring
    public static Key transaction(long slot) {
        return new KeyBuilder(Table.TRANSACTIONS).number(slot).build();
    }

    public static Key blobReferences(BlobId blob) {
        return new KeyBuilder(Table.BLOB_REFERENCES).octets(blob.toBytes()).build();
    }

    public static Key blobGarbage(BlobId blob) {
        return new KeyBuilder(Table.BLOB_GARBAGE).octets(blob.toBytes()).build();
    }

    /// The blob named by a key of [Table#BLOB_REFERENCES] or [Table#BLOB_GARBAGE].
    public static BlobId blobOf(Key key) {
        byte[] octets = key.toBytes();
        return new BlobId(java.util.Arrays.copyOfRange(octets, 1, octets.length));
    }

    public static Key change(long version) {
        return new KeyBuilder(Table.CHANGES).number(version).build();
    }

    /// Changes after a version.
    public static KeyRange changesAfter(long version) {
        return new KeyRange(change(version + 1), all(Table.CHANGES).end());
    }

    public static Key counters(String name) {
        return new KeyBuilder(Table.COUNTERS).text(name).build();
    }

    /// @param domain lower-case A-label form
    public static Key domain(String domain) {
        return new KeyBuilder(Table.DOMAINS).text(domain).build();
    }

    public static Key account(long account) {
        return new KeyBuilder(Table.ACCOUNTS).number(account).build();
    }

    /// @param local the form that the domain's rules compare
    public static Key address(String domain, String local) {
        return new KeyBuilder(Table.ADDRESSES).text(domain).text(local).build();
    }

    /// All addresses of a domain.
    public static KeyRange addresses(String domain) {
        return KeyRange.of(new KeyBuilder(Table.ADDRESSES).text(domain).build());
    }

    /// @param rest what is left of the local part for a hurried reader
    /// @param local the local part's lower case form
    public static Key lookAlike(String domain, String rest, String local) {
        return new KeyBuilder(Table.LOOK_ALIKES).text(domain).text(rest).text(local).build();
    }

    /// All addresses of a domain that are taken for each other.
    public static KeyRange lookAlikes(String domain, String rest) {
        return KeyRange.of(new KeyBuilder(Table.LOOK_ALIKES).text(domain).text(rest).build());
    }

    public static Key credential(long account, long credential) {
        return new KeyBuilder(Table.CREDENTIALS).number(account).number(credential).build();
    }

    public static KeyRange credentials(long account) {
        return KeyRange.of(new KeyBuilder(Table.CREDENTIALS).number(account).build());
    }

    public static Key webSession(long account, long session) {
        return new KeyBuilder(Table.WEB_SESSIONS).number(account).number(session).build();
    }

    public static KeyRange webSessions(long account) {
        return KeyRange.of(new KeyBuilder(Table.WEB_SESSIONS).number(account).build());
    }

    public static Key domainKeys(String domain) {
        return new KeyBuilder(Table.DOMAIN_KEYS).text(domain).build();
    }

    public static Key mailbox(long mailbox) {
        return new KeyBuilder(Table.MAILBOXES).number(mailbox).build();
    }

    /// @param run UID divided by the length of a run
    public static Key entries(long mailbox, long run) {
        return new KeyBuilder(Table.ENTRIES).number(mailbox).number(run).build();
    }

    public static KeyRange entries(long mailbox) {
        return KeyRange.of(new KeyBuilder(Table.ENTRIES).number(mailbox).build());
    }

    /// Runs of a mailbox from one, included, on.
    public static KeyRange entriesFrom(long mailbox, long run) {
        return new KeyRange(entries(mailbox, run), entries(mailbox).end());
    }

    public static Key letter(long letter) {
        return new KeyBuilder(Table.LETTERS).number(letter).build();
    }

    /// Letters with greater numbers.
    public static KeyRange lettersAfter(long letter) {
        return new KeyRange(letter(letter + 1), all(Table.LETTERS).end());
    }

    /// Letters with numbers between two.
    public static KeyRange lettersBetween(long after, long before) {
        return new KeyRange(letter(after + 1), letter(before));
    }

    /// Places of letters with greater numbers.
    public static KeyRange placesAfter(long letter) {
        return new KeyRange(places(letter + 1), all(Table.PLACES).end());
    }

    /// Places of the letters from one up to another.
    public static KeyRange placesBetween(long first, long end) {
        return new KeyRange(places(first), places(end));
    }

    /// @param row letter divided by the letters one row covers
    public static Key facts(long row) {
        return new KeyBuilder(Table.FACTS).number(row).build();
    }

    /// Rows from one up to another.
    public static KeyRange facts(long first, long end) {
        return new KeyRange(facts(first), facts(end));
    }

    public static Key anatomy(long letter) {
        return new KeyBuilder(Table.ANATOMIES).number(letter).build();
    }

    public static Key places(long letter) {
        return new KeyBuilder(Table.PLACES).number(letter).build();
    }

    /// @param hash 16 octets
    public static Key messageId(byte[] hash) {
        return new KeyBuilder(Table.MESSAGE_IDS).octets(hash).build();
    }

    public static Key thread(long thread, long letter) {
        return new KeyBuilder(Table.THREADS).number(thread).number(letter).build();
    }

    public static KeyRange thread(long thread) {
        return KeyRange.of(new KeyBuilder(Table.THREADS).number(thread).build());
    }

    public static Key handover(String key) {
        return new KeyBuilder(Table.HANDOVERS).text(key).build();
    }

    /// @param run letter divided by [Format#LETTER_RUN_LENGTH]
    public static Key popTaken(long credential, long run) {
        return new KeyBuilder(Table.POP_TAKEN).number(credential).number(run).build();
    }

    public static KeyRange popTaken(long credential) {
        return KeyRange.of(new KeyBuilder(Table.POP_TAKEN).number(credential).build());
    }

    public static Key popDevice(long credential) {
        return new KeyBuilder(Table.POP_DEVICES).number(credential).build();
    }

    /// An instant before 1970 counts as 1970.
    ///
    /// @param uid in the mailbox the letter was moved to
    public static Key popCollected(long credential, Instant when, long uid) {
        return new KeyBuilder(Table.POP_COLLECTED)
                .number(credential)
                .number(Math.max(0, when.toEpochMilli()))
                .number(uid)
                .build();
    }

    /// What a credential collected before an instant.
    public static KeyRange popCollectedBefore(long credential, Instant before) {
        return new KeyRange(
                new KeyBuilder(Table.POP_COLLECTED).number(credential).build(),
                new KeyBuilder(Table.POP_COLLECTED)
                        .number(credential)
                        .number(Math.max(0, before.toEpochMilli()))
                        .build());
    }

    /// What credentials from one, included, to another, excluded, have collected.
    public static KeyRange popCollected(long from, long to) {
        return new KeyRange(
                new KeyBuilder(Table.POP_COLLECTED).number(from).build(),
                new KeyBuilder(Table.POP_COLLECTED).number(to).build());
    }

    /// @param name at most 900 octets of UTF-8
    public static Key subscription(String name) {
        return new KeyBuilder(Table.SUBSCRIPTIONS).text(name).build();
    }

    /// @param account who may do something; 0 for everybody
    public static Key grant(long mailbox, long account) {
        return new KeyBuilder(Table.GRANTS).number(mailbox).number(account).build();
    }

    public static KeyRange grants(long mailbox) {
        return KeyRange.of(new KeyBuilder(Table.GRANTS).number(mailbox).build());
    }

    public static Key sharer(long account) {
        return new KeyBuilder(Table.SHARERS).number(account).build();
    }

    /// @param mailbox 0 for the account itself
    /// @param reader who alone sees it; 0 for everybody
    /// @param name lower case, at most 900 octets
    public static Key annotation(long mailbox, long reader, String name) {
        return new KeyBuilder(Table.ANNOTATIONS).number(mailbox).number(reader).text(name).build();
    }

    public static KeyRange annotations(long mailbox) {
        return KeyRange.of(new KeyBuilder(Table.ANNOTATIONS).number(mailbox).build());
    }

    public static KeyRange annotations(long mailbox, long reader) {
        return KeyRange.of(
                new KeyBuilder(Table.ANNOTATIONS).number(mailbox).number(reader).build());
    }

    /// The name in a key of [Table#ANNOTATIONS].
    public static String annotationName(Key key) {
        byte[] octets = key.toBytes();
        return new String(octets, 17, octets.length - 18, java.nio.charset.StandardCharsets.UTF_8);
    }

    public static Key shelfItem(long kind, long number) {
        return new KeyBuilder(Table.SHELF).number(kind).number(number).build();
    }

    /// All items of a kind.
    public static KeyRange shelfItems(long kind) {
        return KeyRange.of(new KeyBuilder(Table.SHELF).number(kind).build());
    }

    /// @param hash 16 octets
    public static Key shelfName(long kind, byte[] hash) {
        return new KeyBuilder(Table.SHELF_NAMES).number(kind).octets(hash).build();
    }

    /// @param millis since 1970; an earlier instant counts as 1970
    public static Key agenda(long millis, long kind, long account, long number) {
        return new KeyBuilder(Table.AGENDA)
                .number(Math.max(0, millis))
                .number(kind)
                .number(account)
                .number(number)
                .build();
    }

    public static Key queued(long item) {
        return new KeyBuilder(Table.QUEUED).number(item).build();
    }

    /// @param lane number of the destination
    /// @param millis since 1970; an earlier instant counts as 1970
    public static Key due(long lane, long millis, long item) {
        return new KeyBuilder(Table.LANES)
                .number(lane)
                .number(Math.max(0, millis))
                .number(item)
                .build();
    }

    /// What is due in a lane from a place, included, to the lane's end.
    public static KeyRange dueFrom(long lane, long millis, long item) {
        Key whole = new KeyBuilder(Table.LANES).number(lane).build();
        return new KeyRange(due(lane, millis, item), KeyRange.of(whole).end());
    }

    /// Lanes after one.
    public static KeyRange lanesAfter(long lane) {
        return new KeyRange(
                new KeyBuilder(Table.LANES).number(lane + 1).build(), all(Table.LANES).end());
    }

    public static Key timeline(long item) {
        return new KeyBuilder(Table.TIMELINES).number(item).build();
    }

    public static Key sent(long account, long item) {
        return new KeyBuilder(Table.SENT).number(account).number(item).build();
    }

    public static KeyRange sent(long account) {
        return KeyRange.of(new KeyBuilder(Table.SENT).number(account).build());
    }

    /// @param address in compared form
    public static Key suppressed(String address) {
        return new KeyBuilder(Table.SUPPRESSED).text(address).build();
    }

    public static Key setting(String name) {
        return new KeyBuilder(Table.SETTINGS).text(name).build();
    }

    /// @param letters what letters a route is for
    public static Key route(String letters) {
        return new KeyBuilder(Table.ROUTES).text(letters).build();
    }

    /// @param senders a domain, or `*`
    public static Key source(String senders) {
        return new KeyBuilder(Table.SOURCES).text(senders).build();
    }

    public static Key transportPolicy(String domain) {
        return new KeyBuilder(Table.TRANSPORT_POLICIES).text(domain).build();
    }

    /// @param day since 1970
    public static Key forwardedSender(long day, String token) {
        return new KeyBuilder(Table.FORWARDED_SENDERS).number(day).text(token).build();
    }

    /// Senders kept before a day.
    public static KeyRange forwardedSendersBefore(long day) {
        return new KeyRange(
                all(Table.FORWARDED_SENDERS).start(),
                new KeyBuilder(Table.FORWARDED_SENDERS).number(Math.max(0, day)).build());
    }

    public static Key overQuota(long account) {
        return new KeyBuilder(Table.OVER_QUOTA).number(account).build();
    }

    /// @param day since 1970, as in the next four
    public static Key tlsResult(long day, String domain) {
        return new KeyBuilder(Table.TLS_RESULTS).number(day).text(domain).build();
    }

    /// Results of a day for domains from one, included, on; all for the empty one.
    public static KeyRange tlsResultsFrom(long day, String domain) {
        KeyRange whole = KeyRange.of(new KeyBuilder(Table.TLS_RESULTS).number(day).build());
        return domain.isEmpty() ? whole : new KeyRange(tlsResult(day, domain), whole.end());
    }

    public static KeyRange tlsResultsBefore(long day) {
        return new KeyRange(
                all(Table.TLS_RESULTS).start(),
                new KeyBuilder(Table.TLS_RESULTS).number(Math.max(0, day)).build());
    }

    public static Key dmarcResult(long day, String domain) {
        return new KeyBuilder(Table.DMARC_RESULTS).number(day).text(domain).build();
    }

    public static KeyRange dmarcResults(long day) {
        return KeyRange.of(new KeyBuilder(Table.DMARC_RESULTS).number(day).build());
    }

    public static Key dmarcReport(long day, String name) {
        return new KeyBuilder(Table.DMARC_REPORTS).number(day).text(name).build();
    }

    public static KeyRange dmarcReports(long day) {
        return KeyRange.of(new KeyBuilder(Table.DMARC_REPORTS).number(day).build());
    }

    /// @param table one whose keys begin with a day
    public static KeyRange daysBefore(Table table, long day) {
        return new KeyRange(
                all(table).start(), new KeyBuilder(table).number(Math.max(0, day)).build());
    }

    public static Key tlsReport(long day, String name) {
        return new KeyBuilder(Table.TLS_REPORTS).number(day).text(name).build();
    }

    public static KeyRange tlsReports(long day) {
        return KeyRange.of(new KeyBuilder(Table.TLS_REPORTS).number(day).build());
    }

    public static KeyRange tlsReportsBefore(long day) {
        return new KeyRange(
                all(Table.TLS_REPORTS).start(),
                new KeyBuilder(Table.TLS_REPORTS).number(Math.max(0, day)).build());
    }

    /// The text that follows a number and ends a key.
    public static String textAfterNumber(Key key) {
        byte[] octets = key.toBytes();
        return new String(octets, 9, octets.length - 10, java.nio.charset.StandardCharsets.UTF_8);
    }

    /// @param part 0 for what is known of a script, from 1 its octets
    public static Key script(String name, long part) {
        return new KeyBuilder(Table.SCRIPTS).text(name).number(part).build();
    }

    /// All rows of a script.
    public static KeyRange script(String name) {
        return KeyRange.of(new KeyBuilder(Table.SCRIPTS).text(name).build());
    }

    /// @param hash 16 octets
    public static Key scriptMemory(byte[] hash) {
        return new KeyBuilder(Table.SCRIPT_MEMORIES).octets(hash).build();
    }

    /// @param hash 16 octets
    public static Key scriptMemoryEnd(long millis, byte[] hash) {
        return new KeyBuilder(Table.SCRIPT_MEMORY_ENDS)
                .number(Math.max(0, millis))
                .octets(hash)
                .build();
    }

    /// The hash that ends a key of [Table#SCRIPT_MEMORY_ENDS].
    public static byte[] scriptMemoryHash(Key key) {
        byte[] octets = key.toBytes();
        return java.util.Arrays.copyOfRange(octets, 9, octets.length);
    }

    /// The text that is a key's only field.
    public static String text(Key key) {
        byte[] octets = key.toBytes();
        return new String(octets, 1, octets.length - 2, java.nio.charset.StandardCharsets.UTF_8);
    }

    /// The number that is a key's field, counted from 0, when all fields before it are numbers.
    public static long number(Key key, int field) {
        long value = 0;
        for (int i = 1 + 8 * field; i < 9 + 8 * field; i++) {
            value = (value << 8) | (key.at(i) & 0xff);
        }
        return value;
    }
}
