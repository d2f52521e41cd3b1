/// # Letters that come back later
///
/// **Purpose.** Puts a letter aside until an instant: it moves into the mailbox whose role is
/// `snoozed`, and at the instant back to where it lay, unread.
///
/// **Entry points.** [SnoozeDesk].
///
/// **Limits.** 1,000 letters of an account at a time. What is due stands in the agenda; a letter
/// that its owner has moved meanwhile is left where it is.
@NullMarked
package org.facteur.core.snooze;

import org.jspecify.annotations.NullMarked;
