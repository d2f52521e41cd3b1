package org.facteur.net.tls;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is made when it is first asked for, and never twice. Any thread.
final class Once<T> implements Supplier<T> {
    private final Supplier<T> making;
    private volatile @Nullable T made;

    private Once(Supplier<T> making) {
        this.making = making;
    }

    static <T> Supplier<T> of(Supplier<T> making) {
        return new Once<>(making);
    }

    @Override
    public T get() {
        T known = made;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            if (made == null) {
                made = making.get();
            }
            return Objects.requireNonNull(made);
        }
    }
}
