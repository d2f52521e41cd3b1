package org.facteur.store.kv;

/// The name of one attempt to commit: random, so that after a lost answer its author can find out
/// whether it happened.
public record TxId(long high, long low) {
    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
