/// HTTP for the machine's own programs: pages of plain text, such as metrics ([TextPage]), and
/// requests with answers, such as administration ([LoopbackService]). Both bind loopback only.
///
/// **Standards.** RFC 9110, as far as the JDK's small HTTP server goes; no TLS, no HTTP/2.
///
/// **Limits.** A body of 1 MiB, 16 requests at once.
///
/// **Not done.** The server that JMAP, DAV and the web pages need comes with them and replaces what
/// is beneath.
@NullMarked
package org.facteur.net.http;

import org.jspecify.annotations.NullMarked;
