/// Policies by which domains ask that mail to them travels encrypted: MTA-STS (RFC 8461).
///
/// **Entry points.** [org.facteur.wire.sts.StsRecord] reads the TXT record that says whether there
/// is a policy and which; [org.facteur.wire.sts.StsPolicy] reads the policy itself.
///
/// **Limits.** A record of 1 kB, a policy of 64 kB with 100 lines and 50 patterns.
///
/// **Not done.** Unknown fields are skipped, as RFC 8461 §3.2 asks.
@NullMarked
package org.facteur.wire.sts;

import org.jspecify.annotations.NullMarked;
