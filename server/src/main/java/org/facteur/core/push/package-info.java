/// # Where clients want to be told of changes
///
/// **Purpose.** Keeps what clients leave behind so that they can be told of changes while they are
/// not connected: [PushSubscriptions], and the key the server signs its messages with ([PushKey]).
/// What is told, and how it goes out, is the edge's business.
///
/// **Standards.** RFC 8620 §7.2; RFC 8292 for the key.
///
/// **Entry points.** [PushSubscriptions], [PushKey].
///
/// **Limits.** 100 subscriptions of an account, 30 made in an hour, seven days each unless renewed.
/// One that is not confirmed gets nothing.
@NullMarked
package org.facteur.core.push;

import org.jspecify.annotations.NullMarked;
