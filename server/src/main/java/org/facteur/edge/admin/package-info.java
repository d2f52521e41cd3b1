/// Administration by HTTP, on loopback: the verbs of the command line for programs.
///
/// **Entry points.** [AdminServer] answers requests; [AdminVerb] is what it is told there is to do,
/// and [AdminWork] does it. The same declaration gives the command line, this service, and the
/// document that describes it ([OpenApiDocument], OpenAPI 3.1, at `/v1/openapi.json`).
///
/// **Requests.** `POST /v1/account/add` with a JSON object whose names are the command's options
/// without hyphens before them, and its parameters in lower case; `input` stands for what would be
/// typed. The answer is what the command prints with `--json`. `Accept-Language` chooses the
/// language of sentences.
///
/// **Who may.** Whoever knows the token (RFC 6750 §2.1): 256 random bits in `admin.token` in the
/// data directory, which only its owner can read ([AdminToken]). Whoever can read that file could
/// use the control socket as well.
///
/// **Limits.** Those of [org.facteur.net.http.LoopbackService]; JSON nests two deep, names are
/// those the verb has.
///
/// **Not done.** Anything but loopback: who administers from afar comes with the pages and their
/// sign-in.
@NullMarked
package org.facteur.edge.admin;

import org.jspecify.annotations.NullMarked;
