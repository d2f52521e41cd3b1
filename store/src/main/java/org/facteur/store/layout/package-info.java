/// Every key and every format version of the store, in one place.
///
/// A key is a table's code followed by fields in an order-preserving encoding, so that what is read
/// together lies together. [Layout] is the map; [KeyBuilder] is the encoding; [Format] is the
/// history of the store's formats.
@NullMarked
package org.facteur.store.layout;

import org.jspecify.annotations.NullMarked;
