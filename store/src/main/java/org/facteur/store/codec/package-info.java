/// Records to octets and back.
///
/// [Encoder] and [Decoder] are the alphabet: variable-length numbers, octets, text, lists. Each
/// stored record begins with its own format version; a decoder reads every version ever released
/// and a test with kept samples holds that. Octets that no version could have written are
/// [org.facteur.store.kv.StoreFault.Kind#CORRUPT].
@NullMarked
package org.facteur.store.codec;

import org.jspecify.annotations.NullMarked;
