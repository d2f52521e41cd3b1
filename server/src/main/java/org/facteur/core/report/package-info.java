/// What other domains ask of lines to their servers, as it was last heard.
///
/// **Entry point.** [PolicyBook]: policies of MTA-STS (RFC 8461 §5.1) kept in the store, so that a
/// restart does not forget them and nobody can make us forget them by hiding a record.
///
/// **Limits.** 100,000 domains; a policy is used for as long as it said, at most a year.
@NullMarked
package org.facteur.core.report;

import org.jspecify.annotations.NullMarked;
