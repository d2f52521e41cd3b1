/// # One deed to many letters
///
/// **Purpose.** Moves, marks or ends all letters of a list, however long, with progress that can be
/// looked at, and takes it back on wish. It goes on after a restart.
///
/// **How.** What every letter was like before is written down first, as one blob; then letters are
/// changed some hundred at a time, and after each some the progress is written down. Doing some of
/// them twice changes nothing. Taking back restores what the deed touched, for letters that are
/// still as the deed left them; those somebody has changed since are left alone.
///
/// **Entry points.** [BulkDesk].
///
/// **Limits.** [BulkDesk#MOST_LETTERS] letters of one deed; deeds are remembered, and can be taken
/// back, for seven days, the last 200 of an account. What was ended for good cannot be taken back.
@NullMarked
package org.facteur.core.bulk;

import org.jspecify.annotations.NullMarked;
