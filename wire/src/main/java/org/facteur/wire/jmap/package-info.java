/// # JMAP: what is said
///
/// **Purpose.** The shapes of JMAP requests and answers over JSON trees: a batch of calls read and
/// checked ([JmapRequest]), references from one call to the results of another
/// ([ResultReferences]), changes written as patches ([PatchObject]), arguments taken one by one
/// with their types ([Arguments]), dates, ids, names of header properties ([HeaderProperty]), and
/// how calls and single objects fail ([MethodFault], [SetFault]).
///
/// **Standards.** RFC 8620, RFC 8621; JSON as RFC 8259 and RFC 7493 (I-JSON) have it: no name
/// twice, no lone surrogate.
///
/// **Limits.** [JmapText]: depth 64, names of 255 characters, numbers of 100 digits; octets and
/// calls are the caller's to bound.
///
/// **Not done.** Nothing here knows accounts, letters or the network.
@NullMarked
package org.facteur.wire.jmap;

import org.jspecify.annotations.NullMarked;
