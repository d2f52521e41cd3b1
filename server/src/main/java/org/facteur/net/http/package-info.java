/// # HTTP
///
/// **Purpose.** The HTTP server that JMAP, the pages and all else asked for by HTTP stand behind:
/// [WebServer]. Edges see an [Exchange], never the server beneath; who answers which paths is said
/// once, in [HttpRoutes]. For the machine's own programs there are pages of plain text, such as
/// metrics ([TextPage]), and requests with answers, such as administration ([LoopbackService]),
/// both on loopback.
///
/// **Standards.** RFC 9110, RFC 9112 (HTTP/1.1), RFC 9113 (HTTP/2 over TLS), RFC 6455 (WebSocket,
/// text messages), RFC 9457 (problems), RFC 6797 (HSTS). No HTTP/3.
///
/// **Threads.** Each request has a virtual thread, which its handler may block.
///
/// **Limits.** [HttpLimits]: target 8 kB, fields 32 kB and 100, first head within 10 s of a line's
/// beginning, bodies of 1 kB/s at least, 60 s between requests, 200 lines per source, 100 streams
/// of HTTP/2 and as many resets in 10 s. How long a body may be is the handler's to say. Compressed
/// bodies are refused. A path that can be read in two ways is refused before anybody sees it.
///
/// **Faults** become answers once, here: `SyntaxFault` 400; `Refusal` 403, 404, 409, 413, 429, 507
/// by its reason; `Busy` 503; anything else 500 with the id of an incident.
///
/// **Not done.** Compressing what is streamed; server push; WebSockets over HTTP/2.
@NullMarked
package org.facteur.net.http;

import org.jspecify.annotations.NullMarked;
