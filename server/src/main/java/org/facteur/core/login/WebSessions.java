package org.facteur.core.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.account.Door;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.layout.Layout;

/// Browsers that are signed in. Any thread.
///
/// A session ends after twelve hours in which nothing was asked, thirty days after it began, when
/// it is revoked, and when its password is changed. A token names account and session and carries
/// 256 random bits, of which only a hash is kept; reading one costs two rows.
public final class WebSessions {
    /// The longest a session lasts.
    public static final Duration LONGEST = Duration.ofDays(30);

    private static final Duration IDLE = Duration.ofHours(12);
    private static final Duration NOTED_EVERY = Duration.ofHours(1);
    private static final int MOST = 50;
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_TOKEN = 100;

    private final Partition partition;
    private final Login login;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /// A session that holds.
    ///
    /// @param mustChange whether its password opens nothing but the choice of another
    public record Live(Actor actor, WebSession session, boolean mustChange) {}

    public WebSessions(Directory directory, Login login, InstantSource clock) {
        this.partition = directory.partition();
        this.login = login;
        this.clock = clock;
    }

    /// Begins a session. Past fifty of one account the one that was seen longest ago ends.
    ///
    /// @return the token, told this once
    public String open(Actor actor, WebSession.Browser browser) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        Instant now = clock.instant();
        AccountId account = actor.account();
        long[] number = new long[1];
        partition.write(
                tx -> {
                    List<WebSession> held = new ArrayList<>();
                    for (WebSession each : sessions(tx, account)) {
                        if (ended(each, now)) {
                            tx.delete(Layout.webSession(account.number(), each.number()));
                        } else {
                            held.add(each);
                        }
                    }
                    held.sort(Comparator.comparing(WebSession::lastSeen));
                    while (held.size() >= MOST) {
                        tx.delete(Layout.webSession(account.number(), held.removeFirst().number()));
                    }
                    number[0] = held.stream().mapToLong(WebSession::number).max().orElse(0) + 1;
                    tx.put(
                            Layout.webSession(account.number(), number[0]),
                            new WebSession(
                                            account,
                                            number[0],
                                            actor.credential(),
                                            hash(secret),
                                            now,
                                            now,
                                            browser)
                                    .encode());
                    return true;
                });
        return account.number()
                + "."
                + number[0]
                + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /// The session of a token; empty for one that has ended or never was.
    public Optional<Live> find(String token) {
        Token read = Token.read(token);
        if (read == null) {
            return Optional.empty();
        }
        WebSession found = find(read.account(), read.session()).orElse(null);
        Instant now = clock.instant();
        if (found == null
                || !MessageDigest.isEqual(found.hash(), hash(read.secret()))
                || ended(found, now)) {
            return Optional.empty();
        }
        Actor actor = new Actor(found.account(), found.credential(), Door.WEB);
        if (!login.stillGood(actor, found.created())) {
            return Optional.empty();
        }
        if (!now.isBefore(found.lastSeen().plus(NOTED_EVERY))) {
            note(found, now);
        }
        boolean mustChange =
                login.credentialsOf(found.account()).stream()
                        .anyMatch(each -> each.number() == found.credential() && each.mustChange());
        return Optional.of(new Live(actor, found, mustChange));
    }

    /// The sessions of an account that hold, the one seen last first.
    public List<WebSession> list(AccountId account) {
        Instant now = clock.instant();
        return partition.read(view -> sessions(view, account)).stream()
                .filter(each -> !ended(each, now))
                .sorted(Comparator.comparing(WebSession::lastSeen).reversed())
                .toList();
    }

    /// Ends a session.
    ///
    /// @throws Refusal NOT_FOUND
    public void revoke(AccountId account, long number) {
        if (revokeAll(account, each -> each.number() == number) == 0) {
            throw new Refusal(
                    Refusal.Reason.NOT_FOUND,
                    "This browser is not signed in.",
                    "Ce navigateur n'est pas connecté.");
        }
    }

    /// Ends all sessions but one.
    ///
    /// @return how many ended
    public int revokeOthers(AccountId account, long kept) {
        return revokeAll(account, each -> each.number() != kept);
    }

    private int revokeAll(AccountId account, Predicate<WebSession> which) {
        int[] count = new int[1];
        partition.write(
                tx -> {
                    count[0] = 0;
                    for (WebSession each : sessions(tx, account)) {
                        if (which.test(each)) {
                            tx.delete(Layout.webSession(account.number(), each.number()));
                            count[0]++;
                        }
                    }
                    return true;
                });
        return count[0];
    }

    private void note(WebSession session, Instant now) {
        var key = Layout.webSession(session.account().number(), session.number());
        partition.write(
                tx -> {
                    if (tx.find(key).isPresent()) {
                        tx.put(key, session.seen(now).encode());
                    }
                    return true;
                });
    }

    private Optional<WebSession> find(AccountId account, long number) {
        return partition
                .read(view -> view.find(Layout.webSession(account.number(), number)))
                .map(row -> WebSession.decode(account, number, row));
    }

    private static List<WebSession> sessions(ReadView view, AccountId account) {
        List<WebSession> all = new ArrayList<>();
        for (Row row : view.scan(Layout.webSessions(account.number()), StoreLimits.SCAN_ROWS)) {
            all.add(WebSession.decode(account, Layout.number(row.key(), 1), row.value()));
        }
        return all;
    }

    private static boolean ended(WebSession session, Instant now) {
        return !now.isBefore(session.created().plus(LONGEST))
                || !now.isBefore(session.lastSeen().plus(IDLE).plus(NOTED_EVERY));
    }

    private static byte[] hash(byte[] secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    /// What a browser brings.
    @SuppressWarnings("ArrayRecordComponent")
    private record Token(AccountId account, long session, byte[] secret) {
        /// Null for anything that was never given out.
        static @org.jspecify.annotations.Nullable Token read(String text) {
            int first = text.indexOf('.');
            int second = text.indexOf('.', first + 1);
            if (text.length() > LONGEST_TOKEN || first < 1 || second < first + 2) {
                return null;
            }
            try {
                long account = Long.parseLong(text.substring(0, first));
                long session = Long.parseLong(text.substring(first + 1, second));
                byte[] secret =
                        Base64.getUrlDecoder()
                                .decode(
                                        text.substring(second + 1)
                                                .getBytes(StandardCharsets.ISO_8859_1));
                return account < 1 || session < 1 || secret.length != SECRET_BYTES
                        ? null
                        : new Token(new AccountId(account), session, secret);
            } catch (IllegalArgumentException _) {
                return null;
            }
        }
    }
}
