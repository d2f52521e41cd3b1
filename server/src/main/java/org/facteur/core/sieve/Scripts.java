package org.facteur.core.sieve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.facteur.base.fault.Busy;
import org.facteur.base.fault.Refusal;
import org.facteur.core.account.AccountId;
import org.facteur.core.account.Actor;
import org.facteur.core.change.Change;
import org.facteur.core.change.ChangeLog;
import org.facteur.core.change.ChangeRecord;
import org.facteur.core.change.Hints;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.ReadView;
import org.facteur.store.kv.Store;
import org.facteur.store.kv.StoreFault;
import org.facteur.store.kv.Transaction;
import org.facteur.wire.sieve.SieveCompilation;
import org.facteur.wire.sieve.SieveCompiler;
import org.facteur.wire.sieve.SieveLimits;
import org.jspecify.annotations.Nullable;

/// The scripts of all accounts. Any thread.
///
/// What is active in an account is kept in memory, ready to run, and read again after a change; all
/// changes pass here.
public final class Scripts {
    /// Scripts an account can have.
    public static final int MOST_SCRIPTS = 100;

    private static final long MOST_OCTETS = 5_000_000;
    private static final int REMEMBERED = 100_000;
    private static final PartitionId OF_ALL = new PartitionId(PartitionId.Realm.SYSTEM, 0);

    private final Store store;
    private final Hints hints;
    private final InstantSource clock;
    private final SieveLimits limits;
    private final Cache<AccountId, ActiveScript> active =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    public Scripts(Store store, Hints hints, InstantSource clock, SieveLimits limits) {
        this.store = store;
        this.hints = hints;
        this.clock = clock;
        this.limits = limits;
    }

    public SieveLimits limits() {
        return limits;
    }

    /// What is done with letters that arrive in an account. Reads only what is not known.
    public ActiveScript active(AccountId account) {
        return active.get(account, this::read);
    }

    private ActiveScript read(AccountId account) {
        return partition(account)
                .read(
                        view ->
                                ScriptRows.active(view)
                                        .<ActiveScript>map(
                                                name ->
                                                        new ActiveScript.Some(
                                                                name,
                                                                compile(
                                                                        ScriptRows.octets(
                                                                                view, name))))
                                        .orElseGet(ActiveScript.None::new));
    }

    /// Checks a script.
    public SieveCompilation compile(byte[] octets) {
        return SieveCompiler.compile(octets, limits);
    }

    /// The actor's scripts in order of their names.
    public List<StoredScript> list(Actor actor) {
        return partition(actor.account()).read(ScriptRows::all);
    }

    /// A script's octets.
    ///
    /// @throws Refusal NOT_FOUND
    public byte[] get(Actor actor, ScriptName name) {
        return find(actor.account(), name).orElseThrow(Scripts::unknown);
    }

    /// A script of an account that another includes.
    public Optional<byte[]> find(AccountId account, ScriptName name) {
        return partition(account).read(view -> found(view, name));
    }

    /// A script that all accounts can include.
    public Optional<byte[]> findOfAll(ScriptName name) {
        return store.partition(OF_ALL).read(view -> found(view, name));
    }

    private static Optional<byte[]> found(ReadView view, ScriptName name) {
        return ScriptRows.find(view, name).map(_ -> ScriptRows.octets(view, name));
    }

    /// The scripts that all accounts can include.
    public List<StoredScript> listOfAll() {
        return store.partition(OF_ALL).read(ScriptRows::all);
    }

    /// Puts a script that all accounts can include; it is checked by whoever calls.
    ///
    /// @throws Refusal LIMIT
    public void putOfAll(ScriptName name, byte[] octets) {
        store.partition(OF_ALL)
                .write(
                        tx -> {
                            checkSpace(tx, name, octets.length);
                            long number = number(tx, name);
                            ScriptRows.put(tx, name, number, octets, clock.instant());
                            return true;
                        });
    }

    /// @throws Refusal NOT_FOUND
    public void deleteOfAll(ScriptName name) {
        store.partition(OF_ALL)
                .write(
                        tx -> {
                            known(tx, name);
                            ScriptRows.delete(tx, name);
                            return true;
                        });
    }

    /// Whether a script of a size could be put.
    ///
    /// @throws Refusal TOO_LARGE or LIMIT when not
    public void checkSpace(Actor actor, ScriptName name, long sizeBytes) {
        partition(actor.account())
                .read(
                        view -> {
                            checkSpace(view, name, sizeBytes);
                            return true;
                        });
    }

    private void checkSpace(ReadView view, ScriptName name, long sizeBytes) {
        if (sizeBytes > limits.scriptOctets()) {
            throw new Refusal(
                    Refusal.Reason.TOO_LARGE,
                    "A script has at most " + limits.scriptOctets() + " octets.",
                    "Un script compte au plus " + limits.scriptOctets() + " octets.");
        }
        long count = 1;
        long octets = sizeBytes;
        for (StoredScript script : ScriptRows.all(view)) {
            if (!script.name().equals(name)) {
                count++;
                octets += script.sizeBytes();
            }
        }
        if (count > MOST_SCRIPTS || octets > MOST_OCTETS) {
            throw new Refusal(
                    Refusal.Reason.LIMIT,
                    "There are too many scripts, or they are too large together.",
                    "Il y a trop de scripts, ou ils sont trop grands ensemble.");
        }
    }

    /// Puts a script in place of any that has its name. It is checked by whoever calls.
    ///
    /// @throws Refusal TOO_LARGE or LIMIT
    public void put(Actor actor, ScriptName name, byte[] octets) {
        write(
                actor,
                tx -> {
                    checkSpace(tx, name, octets.length);
                    boolean known = ScriptRows.find(tx, name).isPresent();
                    ScriptRows.put(tx, name, number(tx, name), octets, clock.instant());
                    return new Change.ScriptChanged(
                            name.value(), known ? Change.Act.UPDATED : Change.Act.CREATED);
                });
    }

    /// Makes a script the one that is run; none where the name is null.
    ///
    /// @throws Refusal NOT_FOUND
    public void activate(Actor actor, @Nullable ScriptName name) {
        write(
                actor,
                tx -> {
                    if (name != null) {
                        known(tx, name);
                    }
                    Optional<ScriptName> before = ScriptRows.active(tx);
                    ScriptRows.activate(tx, name);
                    String changed =
                            name != null ? name.value() : before.map(ScriptName::value).orElse("");
                    return new Change.ScriptChanged(changed, Change.Act.UPDATED);
                });
    }

    /// @throws Refusal NOT_FOUND; CANNOT for the active one (RFC 5804 §2.10)
    public void delete(Actor actor, ScriptName name) {
        write(
                actor,
                tx -> {
                    if (known(tx, name).active()) {
                        throw new Refusal(
                                Refusal.Reason.CANNOT,
                                "The active script cannot be removed.",
                                "Le script actif ne peut pas être supprimé.");
                    }
                    ScriptRows.delete(tx, name);
                    return new Change.ScriptChanged(name.value(), Change.Act.DESTROYED);
                });
    }

    /// Gives a script another name; it stays active (RFC 5804 §2.11.1).
    ///
    /// @throws Refusal NOT_FOUND, ALREADY_EXISTS
    public void rename(Actor actor, ScriptName from, ScriptName to) {
        write(
                actor,
                tx -> {
                    StoredScript script = known(tx, from);
                    if (ScriptRows.find(tx, to).isPresent()) {
                        throw new Refusal(
                                Refusal.Reason.ALREADY_EXISTS,
                                "There is already a script with this name.",
                                "Un script porte déjà ce nom.");
                    }
                    byte[] octets = ScriptRows.octets(tx, from);
                    ScriptRows.delete(tx, from);
                    ScriptRows.put(tx, to, script.number(), octets, script.changed());
                    if (script.active()) {
                        ScriptRows.activate(tx, to);
                    }
                    return new Change.ScriptChanged(to.value(), Change.Act.UPDATED);
                });
    }

    private static long number(Transaction tx, ScriptName name) {
        return ScriptRows.find(tx, name).map(StoredScript::number).orElse(tx.nextVersion());
    }

    private static StoredScript known(Transaction tx, ScriptName name) {
        return ScriptRows.find(tx, name).orElseThrow(Scripts::unknown);
    }

    /// What a change does; may run more than once.
    private interface Work {
        Change on(Transaction tx);
    }

    private void write(Actor actor, Work work) {
        Instant now = clock.instant();
        try {
            partition(actor.account())
                    .write(
                            tx -> {
                                Change change = work.on(tx);
                                ChangeLog.append(
                                        tx,
                                        new ChangeRecord(
                                                0,
                                                now,
                                                null,
                                                actor.credential(),
                                                actor.door(),
                                                List.of(change)));
                                return true;
                            });
        } catch (StoreFault fault) {
            if (fault.passing()) {
                throw new Busy("the store cannot write", fault);
            }
            throw fault;
        } finally {
            active.invalidate(actor.account());
        }
        hints.changed(actor.account());
    }

    /// Whether something is remembered for an account's scripts; see [ScriptMemory].
    public boolean seen(AccountId account, char kind, String key, Instant now) {
        return partition(account).read(view -> ScriptMemory.seen(view, kind, key, now));
    }

    /// Forgets what is known of an account that is no more.
    public void forget(AccountId account) {
        active.invalidate(account);
    }

    private Partition partition(AccountId account) {
        return store.partition(account.partition());
    }

    private static Refusal unknown() {
        return new Refusal(
                Refusal.Reason.NOT_FOUND, "There is no such script.", "Ce script n'existe pas.");
    }
}
