package org.facteur.main;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.facteur.base.config.Setting;
import org.facteur.core.deliver.QuotaGrace;
import org.facteur.core.queue.RetrySchedule;
import org.facteur.store.kv.Partition;
import org.facteur.store.kv.PartitionId;
import org.facteur.store.kv.Store;
import org.facteur.store.layout.Layout;

/// The settings kept in the store. Only this process writes them, so that they are read once and
/// after each change. Any thread.
public final class Settings {
    private static final PartitionId WHERE = new PartitionId(PartitionId.Realm.SYSTEM, 0);

    private final Partition partition;
    private volatile Values known;

    /// What was set, at one moment.
    record Values(Map<String, String> set) {
        Values {
            set = Map.copyOf(set);
        }
    }

    Settings(Store store) {
        this.partition = store.partition(WHERE);
        this.known = read();
    }

    private Values read() {
        Map<String, String> set = new LinkedHashMap<>();
        partition.read(
                view -> {
                    for (Setting each : Setting.all()) {
                        view.find(Layout.setting(each.name()))
                                .ifPresent(
                                        row ->
                                                set.put(
                                                        each.name(),
                                                        new String(row, StandardCharsets.UTF_8)));
                    }
                    return set;
                });
        return new Values(set);
    }

    /// What is in force.
    Values inForce() {
        return known;
    }

    /// The value in force: what was set, else the standard.
    public String value(Setting setting) {
        return known.set().getOrDefault(setting.name(), setting.standard());
    }

    public long number(Setting setting) {
        return Long.parseLong(value(setting));
    }

    public boolean on(Setting setting) {
        return value(setting).equals("on");
    }

    /// Sets several at once; all or none.
    ///
    /// @throws org.facteur.base.config.ConfigFault for a value that is not allowed
    public synchronized void set(Map<Setting, String> values) {
        Map<Setting, String> checked = new LinkedHashMap<>();
        values.forEach((setting, value) -> checked.put(setting, setting.check(value)));
        partition.write(
                tx -> {
                    checked.forEach(
                            (setting, value) ->
                                    tx.put(
                                            Layout.setting(setting.name()),
                                            value.getBytes(StandardCharsets.UTF_8)));
                    return true;
                });
        known = read();
    }

    QuotaGrace.Rule grace() {
        return new QuotaGrace.Rule(
                (int) number(Setting.QUOTA_GRACE),
                Duration.ofDays(number(Setting.QUOTA_GRACE_DAYS)));
    }

    RetrySchedule retries() {
        return new RetrySchedule(
                Duration.ofSeconds(number(Setting.FIRST_RETRY)),
                Duration.ofSeconds(number(Setting.LONGEST_RETRY)),
                Duration.ofSeconds(number(Setting.QUEUE_LIFE)),
                RetrySchedule.DEFAULT.lifeOfReports());
    }
}
