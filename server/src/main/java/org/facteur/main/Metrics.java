package org.facteur.main;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.IntSupplier;
import org.facteur.base.event.Event;
import org.facteur.base.event.EventSink;

/// Counts events and shows the counts in the format Prometheus reads. Any thread.
final class Metrics implements EventSink {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
    }

    void connections(IntSupplier open) {
        Gauge.builder("facteur.connections", open, IntSupplier::getAsInt).register(registry);
    }

    @Override
    public void emit(Event event) {
        switch (event) {
            case Event.LetterAccepted letter -> {
                count("facteur.letters.accepted", "to", "boxes", letter.boxes());
                count("facteur.letters.accepted", "to", "queue", letter.queued());
                registry.counter("facteur.letters.octets").increment(letter.sizeBytes());
            }
            case Event.SignedIn login ->
                    Counter.builder("facteur.logins")
                            .tag("door", login.door())
                            .tag("granted", Boolean.toString(login.granted()))
                            .register(registry)
                            .increment();
            case Event.DeviceDeletesMuch _ ->
                    registry.counter("facteur.devices.alarmed").increment();
            case Event.SendingSettled sent -> {
                count("facteur.sendings", "result", "delivered", sent.delivered());
                count("facteur.sendings", "result", "deferred", sent.deferred());
                count("facteur.sendings", "result", "refused", sent.refused());
            }
        }
    }

    private void count(String name, String tag, String value, int more) {
        registry.counter(name, tag, value).increment(more);
    }

    String scrape() {
        return registry.scrape();
    }
}
