/// # Small things of an account
///
/// **Purpose.** Things an account keeps beside letters, each small: identities to write as, letters
/// handed in to be sent, uploads, cards of people, subscriptions to pushes. Each kind has numbered
/// items; what an item says is its owner's business and opaque here. An item may hold one blob,
/// which lives as long as it, and bear a name it is found by.
///
/// **Entry points.** [Shelf].
///
/// **Changes.** Every transaction appends to the account's change log; which items of a kind were
/// made, changed or removed since a version is known for as long as [Shelf#TOMBSTONES] removals
/// are.
///
/// **Limits.** [org.facteur.core.shelf.ItemKind#most] items of a kind; 48 kB each.
@NullMarked
package org.facteur.core.shelf;

import org.jspecify.annotations.NullMarked;
