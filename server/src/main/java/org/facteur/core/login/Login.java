package org.facteur.core.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.facteur.base.event.Event;
import org.facteur.base.event.EventSink;
import org.facteur.core.account.Account;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.account.Door;
import org.facteur.store.kv.Row;
import org.facteur.store.kv.StoreLimits;
import org.facteur.store.layout.Layout;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// Checks sign-ins. Any thread; a check may wait for the hashing pool.
public final class Login implements AutoCloseable {
    private static final Duration REMEMBER = Duration.ofMinutes(30);
    private static final int REMEMBERED = 50_000;

    private final Directory directory;
    private final Guessing guessing;
    private final EventSink events;
    private final Hashing hashing;
    private final byte[] processKey = new byte[32];
    private final ScramSalts salts;
    private final Cache<String, Confirmed> recent =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REMEMBER).build();

    public Login(Directory directory, InstantSource clock, EventSink events) {
        this(directory, clock, events, new Hashing(Secrets.Cost.ARGON2));
    }

    Login(Directory directory, InstantSource clock, EventSink events, Hashing hashing) {
        this.events = events;
        this.directory = directory;
        this.guessing = new Guessing(clock);
        this.hashing = hashing;
        this.salts = new ScramSalts(directory.partition());
        new SecureRandom().nextBytes(processKey);
    }

    /// Checks a name and a password.
    ///
    /// @param name an address, as it was typed
    /// @throws org.facteur.base.fault.Busy when too many checks wait
    public LoginResult check(String name, Password password, Door door, InetAddress source) {
        if (guessing.blocked(source)) {
            return new LoginResult.Blocked();
        }
        Optional<Account> account = findAccount(name).filter(Account::enabled);
        Credential found =
                password.possible()
                        ? account.flatMap(known -> match(known, password)).orElse(null)
                        : null;
        if (account.isEmpty() && password.possible()) {
            hashing.pretend(password);
        }
        return conclude(name, account.orElse(null), found, door, source);
    }

    /// What SCRAM needs before it knows whether a name exists (RFC 5802 §5.1): salt and iterations,
    /// the same each time for one name.
    public byte[] scramSalt(String name) {
        return salts.of(
                findAccount(name).map(account -> account.born().toString()).orElse(compared(name)));
    }

    /// The keys a SCRAM proof may be checked against: one set per credential that opens the door.
    public List<ScramCandidate> scramCandidates(String name, Door door) {
        Account account = findAccount(name).filter(Account::enabled).orElse(null);
        if (account == null) {
            return List.of();
        }
        return credentials(account.id()).stream()
                .filter(credential -> credential.doors().contains(door))
                .map(
                        credential ->
                                new ScramCandidate(
                                        credential.number(),
                                        new ScramKeys(
                                                credential.secrets().storedKey(),
                                                credential.secrets().serverKey())))
                .toList();
    }

    /// A credential whose proof SCRAM may bring.
    public record ScramCandidate(long credential, ScramKeys keys) {}

    /// Whether a source has guessed too often to be heard.
    public boolean blocked(InetAddress source) {
        return guessing.blocked(source);
    }

    /// Ends a SCRAM sign-in.
    ///
    /// @param credential the number of the candidate whose proof was right, or null for none
    public LoginResult concludeScram(
            String name, @Nullable Long credential, Door door, InetAddress source) {
        Account account = findAccount(name).filter(Account::enabled).orElse(null);
        Credential found =
                account == null || credential == null
                        ? null
                        : findCredential(account.id(), credential).orElse(null);
        return conclude(name, account, found, door, source);
    }

    /// Whether a session that was let in may go on: its account is enabled, its credential was not
    /// revoked or changed, and still opens the door it came by.
    ///
    /// @param since when it was let in, or last found good
    public boolean stillGood(Actor actor, Instant since) {
        return directory.findAccount(actor.account()).filter(Account::enabled).isPresent()
                && (actor.credential() == 0
                        || findCredential(actor.account(), actor.credential())
                                .filter(credential -> !credential.created().isAfter(since))
                                .filter(credential -> credential.doors().contains(actor.door()))
                                .isPresent());
    }

    /// The credentials of an account, the main one first.
    public List<Credential> credentialsOf(AccountId account) {
        return credentials(account);
    }

    /// The directory's version: as long as it is the same, so is every answer of [#stillGood].
    public long version() {
        return directory.partition().version();
    }

    private LoginResult conclude(
            String name,
            @Nullable Account account,
            @Nullable Credential found,
            Door door,
            InetAddress source) {
        boolean granted = account != null && found != null && found.doors().contains(door);
        events.emit(new Event.SignedIn(door.name().toLowerCase(Locale.ROOT), granted));
        if (account == null || found == null || !granted) {
            return new LoginResult.Denied(guessing.failed(source, compared(name)));
        }
        guessing.succeeded(source, compared(name));
        return new LoginResult.Granted(new Actor(account.id(), found.number(), door), account);
    }

    /// Which credential a password is: by memory, or by hashing.
    private Optional<Credential> match(Account account, Password password) {
        String key = key(account.id(), password);
        Confirmed known = recent.getIfPresent(key);
        if (known != null) {
            Optional<Credential> credential = findCredential(account.id(), known.credential());
            if (credential.filter(known::holdsFor).isPresent()) {
                return credential;
            }
        }
        boolean device = DevicePassword.looksLike(password);
        for (Credential credential : credentials(account.id())) {
            boolean fits = credential.secrets().cost().fast() == device;
            if (fits && hashing.matches(password, credential.secrets())) {
                recent.put(key, Confirmed.of(credential));
                return Optional.of(credential);
            }
        }
        return Optional.empty();
    }

    /// A credential that was confirmed; void once its password is set anew, which changes its salt.
    private record Confirmed(long credential, String salt) {
        static Confirmed of(Credential credential) {
            return new Confirmed(
                    credential.number(), HexFormat.of().formatHex(credential.secrets().salt()));
        }

        boolean holdsFor(Credential credential) {
            return equals(of(credential));
        }
    }

    private Optional<Account> findAccount(String name) {
        try {
            return directory.findAccount(EmailAddress.parse(name));
        } catch (SyntaxFault noAddress) {
            return Optional.empty();
        }
    }

    private List<Credential> credentials(AccountId account) {
        return directory
                .partition()
                .read(
                        view -> {
                            List<Credential> all = new ArrayList<>();
                            for (Row row :
                                    view.scan(
                                            Layout.credentials(account.number()),
                                            StoreLimits.SCAN_ROWS)) {
                                all.add(
                                        Credential.decode(
                                                account, Layout.number(row.key(), 1), row.value()));
                            }
                            return all;
                        });
    }

    private Optional<Credential> findCredential(AccountId account, long number) {
        return directory
                .partition()
                .read(view -> view.find(Layout.credential(account.number(), number)))
                .map(row -> Credential.decode(account, number, row));
    }

    private String key(AccountId account, Password password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(processKey, "HmacSHA256"));
            mac.update((account + " ").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(password.octets()));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HMAC", missing);
        }
    }

    private static String compared(String name) {
        return name.length() > 320 ? "" : name.toLowerCase(Locale.ROOT);
    }

    Hashing hashing() {
        return hashing;
    }

    @Override
    public void close() {
        hashing.close();
    }
}
