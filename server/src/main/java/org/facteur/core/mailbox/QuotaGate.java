package org.facteur.core.mailbox;

import org.facteur.base.fault.Refusal;
import org.facteur.core.account.Quota;

/// Keeps an account within what it may hold.
final class QuotaGate {
    private QuotaGate() {}

    /// @throws Refusal OVER_QUOTA
    static void check(BoxCounters counters, Quota quota, long letters, long bytes) {
        if (counters.chargedLetters(quota.letters()) + letters > quota.letters()
                || counters.chargedBytes(quota.bytes()) + bytes > quota.bytes()) {
            throw new Refusal(
                    Refusal.Reason.OVER_QUOTA,
                    "This letter box is full.",
                    "Cette boîte aux lettres est pleine.");
        }
    }
}
