package org.facteur.edge.web;

import java.time.Duration;

/// Holds an answer back.
@FunctionalInterface
public interface Patience {
    /// Returns after a while, or when the thread is interrupted.
    void hold(Duration time);
}
