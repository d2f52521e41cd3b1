package org.facteur.main;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives memory back to the machine after busy times: a heap that only grows under load would keep
/// for ever what one rush took. One thread.
///
/// A minute in which the process used less than a twentieth of one core counts as quiet; then, once
/// per rush, the whole heap is collected, which takes some tens of milliseconds.
final class HeapTrim {
    private static final Logger LOG = LoggerFactory.getLogger(HeapTrim.class);
    private static final long QUIET_SHARE = 20;

    /// A heap this small is not worth a pause.
    private static final long SMALL = 128L << 20;

    private long lastCpuNanos = -1;
    private long lastNanos;
    private long trimmedTo = SMALL;

    /// Looks, and trims when it is time.
    void run() {
        long cpu = cpuNanos();
        long now = System.nanoTime();
        boolean quiet = lastCpuNanos >= 0 && (cpu - lastCpuNanos) * QUIET_SHARE < now - lastNanos;
        lastCpuNanos = cpu;
        lastNanos = now;
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        if (!quiet || heap.getCommitted() <= Math.max(SMALL, trimmedTo + trimmedTo / 4)) {
            return;
        }
        System.gc();
        trimmedTo = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
        LOG.debug("the heap went from {} to {} octets", heap.getCommitted(), trimmedTo);
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
