package org.facteur.store.kv;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One partition over an engine.
///
/// A writer holds its turn while its work runs on the newest view and its batch is submitted, not
/// while the disk is waited for: many transactions of one partition share one sync.
final class EnginePartition implements Partition {
    private final PartitionId id;
    private final Engine engine;
    private final EngineStore store;

    EnginePartition(PartitionId id, Engine engine, EngineStore store) {
        this.id = Objects.requireNonNull(id);
        this.engine = engine;
        this.store = store;
    }

    @Override
    public PartitionId id() {
        return id;
    }

    @Override
    public <T> T read(ReadWork<T> work) {
        try (Snapshot view = engine.durable(id)) {
            return work.on(view);
        }
    }

    @Override
    public long version() {
        return engine.version(id);
    }

    @Override
    public <T> Written<T> write(WriteWork<T> work) {
        Turns.Turn turn = store.turns().join(id);
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    Written<T> written = once(turn, work, attempt == EngineStore.ATTEMPTS);
                    if (written != null) {
                        return written;
                    }
                } catch (Beaten beaten) {
                    if (attempt == EngineStore.ATTEMPTS) {
                        throw beaten.fault;
                    }
                }
                store.pause(attempt);
            }
        } finally {
            store.turns().leave(turn);
        }
    }

    /// What one run of the work came to, before the disk has answered.
    ///
    /// @param batch null when nothing was written
    /// @param answers to wait for: the batch's own, or that of the versions the work has seen
    /// @param outcome gives the work's value or throws what it threw
    private record Run<T>(
            @Nullable Batch batch,
            Engine.@Nullable Commit answers,
            long version,
            Supplier<T> outcome) {}

    /// Our own fault of losing a race, told apart from faults that the work itself throws.
    private static final class Beaten extends Exception {
        private final transient StoreFault fault;

        Beaten(StoreFault fault) {
            super(null, fault, false, false);
            this.fault = fault;
        }
    }

    /// @return null when the run left nothing and must be repeated
    private <T> @Nullable Written<T> once(Turns.Turn turn, WriteWork<T> work, boolean last)
            throws Beaten {
        if (turn.lock().isHeldByCurrentThread()) {
            throw new IllegalStateException("a write of " + id + " inside a write of it");
        }
        Run<T> run;
        turn.lock().lock();
        try {
            turn.awaitSettled();
            run = run(turn, work);
        } finally {
            turn.lock().unlock();
        }
        if (run.answers() != null) {
            try {
                run.answers().await();
            } catch (StoreFault fault) {
                if (!happened(turn, run.batch(), fault)) {
                    if (last) {
                        throw conflict(fault);
                    }
                    return null;
                }
            }
        }
        return new Written<>(run.outcome().get(), run.version());
    }

    private <T> Run<T> run(Turns.Turn turn, WriteWork<T> work) throws Beaten {
        Batch batch;
        T value;
        try (Snapshot view = engine.newest(id)) {
            BufferedTransaction tx = new BufferedTransaction(id, view, store.clock().instant());
            try {
                value = work.on(tx);
            } catch (RuntimeException refused) {
                tx.end();
                return new Run<>(
                        null,
                        turn.last(),
                        view.version(),
                        () -> {
                            throw refused;
                        });
            }
            if (tx.isEmpty()) {
                tx.end();
                return new Run<>(null, turn.last(), view.version(), () -> value);
            }
            batch = tx.toBatch(store.nextTxId());
        }
        try {
            Engine.Commit commit = engine.submit(batch);
            turn.submitted(commit);
            return new Run<>(batch, commit, batch.expectedVersion() + 1, () -> value);
        } catch (StoreFault fault) {
            if (fault.kind() == StoreFault.Kind.CONFLICT) {
                throw new Beaten(fault);
            }
            throw fault;
        }
    }

    /// Whether a batch became durable although waiting for it has failed.
    private boolean happened(Turns.Turn turn, @Nullable Batch batch, StoreFault fault) {
        return switch (fault.kind()) {
            case CONFLICT -> false;
            case UNKNOWN_OUTCOME ->
                    batch != null && turn.settling(() -> settle(batch)) == Engine.Outcome.COMMITTED;
            case FULL, STOPPED, CORRUPT, NEWER_FORMAT -> throw fault;
        };
    }

    private Engine.Outcome settle(Batch batch) {
        for (int attempt = 1; ; attempt++) {
            try {
                return engine.settle(batch);
            } catch (StoreFault fault) {
                if (fault.kind() != StoreFault.Kind.UNKNOWN_OUTCOME
                        || attempt == EngineStore.ATTEMPTS) {
                    throw fault;
                }
                store.pause(attempt);
            }
        }
    }

    private StoreFault conflict(StoreFault cause) {
        return new StoreFault(
                StoreFault.Kind.CONFLICT, "the write of " + id + " was lost each time", cause);
    }
}
