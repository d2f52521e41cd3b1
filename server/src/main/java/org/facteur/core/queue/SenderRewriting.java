package org.facteur.core.queue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.facteur.base.fault.Busy;
import org.facteur.store.codec.Decoder;
import org.facteur.store.codec.Encoder;
import org.facteur.store.kv.Key;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.Store;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.layout.Layout;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.LocalPart;
import org.facteur.wire.address.RewrittenSender;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Reverse paths of letters that are passed on for others: addresses of ours that lead reports back
/// to the sender, so that servers that ask whether we may write for that sender are not misled. Any
/// thread.
///
/// An address carries who the sender is, the day, and a hash of both under a secret of the store:
/// nobody can make one, and it is good for 21 days. Where it would be longer than 64 octets (RFC
/// 5321 §4.5.3.1.1) the sender is kept in the store and the address carries what it is found by.
public final class SenderRewriting {
    private static final PartitionId WHERE = new PartitionId(PartitionId.Realm.SYSTEM, 0);
    private static final Key SECRET = Layout.counters("sender-rewriting-secret");
    private static final int SECRET_BYTES = 32;
    private static final long GOOD_DAYS = 21;
    private static final int FORMAT = 1;

    /// Two digits of base 32.
    private static final long DAYS_ROUND = 1024;

    private static final int HASH_DIGITS = 6;
    private static final int TOKEN_DIGITS = 20;
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

    private final Partition partition;
    private final InstantSource clock;
    private volatile byte @Nullable [] secret;

    /// Where a report to one of our addresses leads.
    public sealed interface Return {
        /// The address is none of these.
        record Other() implements Return {}

        /// To this one.
        record Original(EmailAddress address) implements Return {
            public Original {
                Objects.requireNonNull(address);
            }
        }

        /// We did not make it, or too long ago.
        record Refused() implements Return {}
    }

    SenderRewriting(Store store, InstantSource clock) {
        this.partition = store.partition(WHERE);
        this.clock = clock;
    }

    /// The reverse path for a letter that is passed on.
    ///
    /// @param via the domain of ours it came to
    /// @throws Busy when what must be kept cannot be kept now
    public EmailAddress rewrite(EmailAddress sender, Domain via) {
        RewrittenSender known = RewrittenSender.find(sender.local()).orElse(null);
        RewrittenSender fresh =
                switch (known) {
                    case RewrittenSender.First _ ->
                            next(
                                    sender.domain().name(),
                                    sender.local()
                                            .value()
                                            .substring(RewrittenSender.FIRST.length()));
                    case RewrittenSender.Next(_, String host, String rest) -> next(host, rest);
                    case null ->
                            first(stamp(today()), sender.domain().name(), sender.local().value());
                };
        try {
            return new EmailAddress(LocalPart.of(fresh.local()), via);
        } catch (SyntaxFault tooLong) {
            return new EmailAddress(LocalPart.of(kept(sender).local()), via);
        }
    }

    private RewrittenSender first(String stamp, String domain, String name) {
        String hash = hash(new RewrittenSender.First("", stamp, domain, name));
        return new RewrittenSender.First(hash, stamp, domain, name);
    }

    private RewrittenSender next(String host, String rest) {
        return new RewrittenSender.Next(hash(new RewrittenSender.Next("", host, rest)), host, rest);
    }

    /// Where an address of one of our domains leads.
    public Return back(EmailAddress address) {
        RewrittenSender found = RewrittenSender.find(address.local()).orElse(null);
        if (found == null) {
            return new Return.Other();
        }
        if (!MessageDigest.isEqual(octets(hash(found)), octets(found.hash()))) {
            return new Return.Refused();
        }
        try {
            Optional<EmailAddress> original =
                    switch (found) {
                        case RewrittenSender.First(_, String stamp, String domain, String name) ->
                                fresh(stamp)
                                        ? domain.isEmpty()
                                                ? find(stamp, name)
                                                : Optional.of(address(name, domain))
                                        : Optional.empty();
                        case RewrittenSender.Next(_, String host, String rest) ->
                                Optional.of(address(RewrittenSender.FIRST + rest, host));
                    };
            return original.<Return>map(Return.Original::new).orElseGet(Return.Refused::new);
        } catch (SyntaxFault odd) {
            return new Return.Refused();
        }
    }

    private static EmailAddress address(String local, String domain) {
        return new EmailAddress(LocalPart.of(local), Domain.parse(domain));
    }

    /// Keeps a sender whose rewritten address would be too long.
    private RewrittenSender kept(EmailAddress sender) {
        long day = today();
        String token = digits(mac(octets("kept " + day + ' ' + sender)), TOKEN_DIGITS);
        Key key = Layout.forwardedSender(day, token);
        try {
            if (partition.read(view -> view.find(key)).isEmpty()) {
                byte[] row = new Encoder(FORMAT).text(sender.toString()).toBytes();
                partition.write(
                        tx -> {
                            tx.put(key, row);
                            return true;
                        });
            }
        } catch (StoreFault fault) {
            throw fault.passing() ? new Busy("the store cannot be written", fault) : fault;
        }
        return first(stamp(day), "", token);
    }

    private Optional<EmailAddress> find(String stamp, String token) {
        long day = today() - age(stamp);
        return partition
                .read(
                        view ->
                                view.find(
                                        Layout.forwardedSender(
                                                day, token.toLowerCase(Locale.ROOT))))
                .map(row -> EmailAddress.parse(new Decoder(row, FORMAT).text()));
    }

    /// Forgets senders whose addresses are good no more.
    public void forgetOld() {
        long before = today() - GOOD_DAYS;
        List<Row> page;
        do {
            page =
                    partition.read(
                            view ->
                                    view.scan(
                                            Layout.forwardedSendersBefore(before),
                                            StoreLimits.SCAN_ROWS));
            List<Row> rows = page;
            if (!rows.isEmpty()) {
                partition.write(
                        tx -> {
                            rows.forEach(row -> tx.delete(row.key()));
                            return true;
                        });
            }
        } while (page.size() == StoreLimits.SCAN_ROWS);
    }

    private long today() {
        return clock.instant().getEpochSecond() / Duration.ofDays(1).toSeconds();
    }

    private static String stamp(long day) {
        int round = (int) (day % DAYS_ROUND);
        return "" + DIGITS.charAt(round / 32) + DIGITS.charAt(round % 32);
    }

    private boolean fresh(String stamp) {
        long age = age(stamp);
        return age >= 0 && age <= GOOD_DAYS;
    }

    /// Days since a stamp was made; -1 for what is none.
    private long age(String stamp) {
        if (stamp.length() != 2) {
            return -1;
        }
        int high = DIGITS.indexOf(stamp.charAt(0));
        int low = DIGITS.indexOf(stamp.charAt(1));
        return high < 0 || low < 0
                ? -1
                : Math.floorMod(today() % DAYS_ROUND - (high * 32L + low), DAYS_ROUND);
    }

    private String hash(RewrittenSender sender) {
        return digits(mac(octets(sender.signed())), HASH_DIGITS);
    }

    private static String digits(byte[] octets, int count) {
        StringBuilder digits = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            digits.append(DIGITS.charAt(octets[i] & 31));
        }
        return digits.toString();
    }

    private byte[] mac(byte[] octets) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret(), "HmacSHA256"));
            return mac.doFinal(octets);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HMAC", missing);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] secret() {
        byte[] known = secret;
        if (known == null) {
            known = partition.read(view -> view.find(SECRET)).orElseGet(this::create);
            secret = known;
        }
        return known;
    }

    private byte[] create() {
        byte[] fresh = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(fresh);
        return partition
                .write(
                        tx ->
                                tx.find(SECRET)
                                        .orElseGet(
                                                () -> {
                                                    tx.put(SECRET, fresh);
                                                    return fresh;
                                                }))
                .value();
    }
}
