/// Octets and the encodings every mail protocol and format shares.
///
/// **Purpose.** One line reader for all text protocols ([org.facteur.wire.text.LineReader]), one
/// fault for broken grammar ([org.facteur.wire.text.SyntaxFault]), and the small encodings that
/// formats are made of: base64, quoted-printable, modified UTF-7, encoded words, charsets, header
/// folding.
///
/// **Limits.** Every reader takes its limit as an argument; none has an "unlimited" value. Nothing
/// here recurses on input, opens a socket, reads a clock or logs.
@NullMarked
package org.facteur.wire.text;

import org.jspecify.annotations.NullMarked;
