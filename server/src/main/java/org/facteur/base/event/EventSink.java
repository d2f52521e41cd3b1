package org.facteur.base.event;

/// Takes events. Any thread; must not block.
@FunctionalInterface
public interface EventSink {
    /// Forgets everything.
    EventSink NONE = event -> {};

    void emit(Event event);
}
