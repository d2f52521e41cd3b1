/// The milter protocol, version 6: how a mail server asks a filter beside it about a letter.
///
/// **Purpose.** Packets to octets and back, and a header as a filter wants it changed. Speaking is
/// `net.milter`'s.
///
/// **Standards.** None is published: what Sendmail's libmilter and Postfix say on the line.
///
/// **Entry points.** [MilterWriter] writes what a mail server says, [MilterReader] reads what a
/// filter answers, [HeaderEdit] applies changes.
///
/// **Limits.** An answer has at most [MilterReader#LONGEST] octets. Whatever they are, the reader
/// gives an answer or a `SyntaxFault`; a changed header has field names and folded values that are
/// well formed, or it is a fault.
///
/// **Not done, on purpose.** The filter's side; replaced bodies, added and removed recipients and
/// quarantine, which are not offered and are a fault where they come all the same.
@NullMarked
package org.facteur.wire.milter;

import org.jspecify.annotations.NullMarked;
