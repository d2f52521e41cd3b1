package org.facteur.store.kv;

/// A view held open by an engine until it is closed.
public interface Snapshot extends ReadView, AutoCloseable {
    @Override
    void close();
}
