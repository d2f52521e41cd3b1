package org.facteur.core.login;

import java.lang.ref.SoftReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.facteur.base.fault.Busy;

/// Hashes passwords on a pool of its own: at most half the cores, at most 64 waiting. Any thread.
final class Hashing implements AutoCloseable {
    private static final int WAITING = 64;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /// Blocks of 1 KiB kept for the next password: a little over what the standard cost needs.
    private static final int MOST_BLOCKS = 48 * 1024;

    /// Each hashing thread's working memory, tens of megabytes: made anew for each password it
    /// would fill the heap faster than letters do. It ends when memory is short or long unused.
    private static final ThreadLocal<SoftReference<FixedBlockPool>> BLOCKS =
            ThreadLocal.withInitial(() -> new SoftReference<>(null));

    private final SecureRandom random = new SecureRandom();
    private final ExecutorService pool;
    private final Secrets.Cost cost;

    /// @param cost of hashes made from now on; older ones keep theirs
    Hashing(Secrets.Cost cost) {
        this.cost = cost;
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        work -> {
                            Thread thread = new Thread(work, "password-hashing");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /// Hashes a password that a person chose.
    Secrets slow(Password password, ScramKeys keys) {
        byte[] salt = salt();
        return new Secrets(
                salt, argon2(password, salt, cost), cost, keys.storedKey(), keys.serverKey());
    }

    /// Hashes a password that nobody can guess.
    Secrets fast(Password password, ScramKeys keys) {
        byte[] salt = salt();
        return new Secrets(
                salt,
                sha256(salt, password),
                Secrets.Cost.SHA256,
                keys.storedKey(),
                keys.serverKey());
    }

    /// Whether a password is the one; takes the same time when it is not.
    ///
    /// @throws Busy when too many wait already
    boolean matches(Password password, Secrets secrets) {
        byte[] hash =
                secrets.cost().fast()
                        ? sha256(secrets.salt(), password)
                        : argon2(password, secrets.salt(), secrets.cost());
        return MessageDigest.isEqual(hash, secrets.hash());
    }

    /// Spends the time a check would take, for a name that does not exist.
    void pretend(Password password) {
        argon2(password, new byte[SALT_BYTES], cost);
    }

    private byte[] argon2(Password password, byte[] salt, Secrets.Cost how) {
        try {
            Future<byte[]> hash = pool.submit(() -> compute(password.octets(), salt, how));
            return hash.get();
        } catch (RejectedExecutionException full) {
            throw new Busy("too many sign-ins wait to be checked", full);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Busy("the server is stopping", stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("password hashing failed", failed);
        }
    }

    private static byte[] compute(byte[] password, byte[] salt, Secrets.Cost how) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withSalt(salt)
                        .withMemoryAsKB(how.memoryKib())
                        .withIterations(how.passes())
                        .withParallelism(how.lanes())
                        .withBlockPool(blocks())
                        .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(password, hash);
        return hash;
    }

    private static FixedBlockPool blocks() {
        FixedBlockPool known = BLOCKS.get().get();
        if (known != null) {
            return known;
        }
        FixedBlockPool fresh = new FixedBlockPool(MOST_BLOCKS);
        BLOCKS.set(new SoftReference<>(fresh));
        return fresh;
    }

    private byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private static byte[] sha256(byte[] salt, Password password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return digest.digest(password.octets());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
