package org.facteur.store.embedded;

import java.nio.file.Path;
import org.facteur.store.kv.BlobContract;
import org.facteur.store.kv.Engine;
import org.facteur.store.kv.EngineContract;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedEngineTest implements EngineContract, BlobContract {
    @TempDir Path directory;

    @Override
    public Engine open() throws Exception {
        return EmbeddedEngine.open(EmbeddedSettings.of(directory.resolve("store")));
    }
}
