/// HTTP. So far one thing: pages of plain text for the machine's own programs, such as metrics.
///
/// The server that JMAP, DAV and the web pages need comes with them and replaces what is beneath.
@NullMarked
package org.facteur.net.http;

import org.jspecify.annotations.NullMarked;
