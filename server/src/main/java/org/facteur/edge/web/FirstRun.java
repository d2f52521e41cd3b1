package org.facteur.edge.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.login.Password;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// The one link by which a post office without an administrator is begun. Any thread.
///
/// The link holds 256 random bits of which only the hash is kept; it opens once, within [#LIFE],
/// and only as long as nobody looks after the post office. Nothing of it is stored: a restart makes
/// another.
public final class FirstRun {
    /// How long a link opens.
    public static final Duration LIFE = Duration.ofHours(24);

    private static final int TOKEN_BYTES = 32;

    private final BooleanSupplier administered;
    private final Founder founder;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private byte @Nullable [] hash;
    private Instant ends = Instant.MIN;

    /// Makes a domain and its first person.
    @FunctionalInterface
    public interface Founder {
        /// @throws org.facteur.base.fault.Refusal for an address that is taken or a password that
        ///   is too easy; then no person was made
        Account found(Founding wanted);
    }

    /// What somebody wants to begin with.
    ///
    /// @param name of the first person; may be empty
    public record Founding(
            Domain domain,
            EmailAddress address,
            String name,
            Password password,
            Language language) {
        public Founding {
            Objects.requireNonNull(domain);
            Objects.requireNonNull(address);
            Objects.requireNonNull(name);
            Objects.requireNonNull(password);
            Objects.requireNonNull(language);
        }
    }

    /// @param administered whether somebody looks after the post office
    public FirstRun(BooleanSupplier administered, Founder founder, InstantSource clock) {
        this.administered = Objects.requireNonNull(administered);
        this.founder = Objects.requireNonNull(founder);
        this.clock = Objects.requireNonNull(clock);
    }

    /// The path of a fresh link, which takes the place of the one before; empty where somebody
    /// looks after the post office.
    public Optional<String> begin() {
        if (administered.getAsBoolean()) {
            return Optional.empty();
        }
        byte[] secret = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        lock.lock();
        try {
            hash = hash(token);
            ends = clock.instant().plus(LIFE);
        } finally {
            lock.unlock();
        }
        return Optional.of("/setup/" + token);
    }

    /// Whether a token opens now.
    boolean opens(String token) {
        lock.lock();
        try {
            byte[] known = hash;
            return known != null
                    && MessageDigest.isEqual(known, hash(token))
                    && clock.instant().isBefore(ends)
                    && !administered.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    /// Uses a token up. One that failed to make somebody can be used again.
    ///
    /// @return empty for a token that does not open
    Optional<Account> use(String token, Founding wanted) {
        lock.lock();
        try {
            if (!opens(token)) {
                return Optional.empty();
            }
            Account made = founder.found(wanted);
            hash = null;
            return Optional.of(made);
        } finally {
            lock.unlock();
        }
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
