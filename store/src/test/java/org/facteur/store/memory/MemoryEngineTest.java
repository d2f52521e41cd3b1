package org.facteur.store.memory;

import org.facteur.store.kv.BlobContract;
import org.facteur.store.kv.Engine;
import org.facteur.store.kv.EngineContract;

class MemoryEngineTest implements EngineContract, BlobContract {
    @Override
    public Engine open() {
        return new MemoryEngine();
    }
}
