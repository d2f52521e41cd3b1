/// # The pages
///
/// **Purpose.** What a browser asks for besides JMAP: the application itself ([Assets]), signing in
/// and out ([SignInPages]), the text of letters in a frame of their own ([LetterPages]), remote
/// pictures that were asked for ([PictureProxy]), the first run of an empty post office
/// ([FirstRun], [SetupPages]), administration and the way of letters ([CarePages]), and mail
/// without scripts ([LitePages]). [WebPages] says which paths are whose; at any other there is
/// nothing ([MissingPage]).
///
/// **The first run.** `serve` prints a link with 256 random bits while nobody looks after the post
/// office; it opens once, for a day, until a restart. What it makes is what the command `setup`
/// makes. **Administration** is the verbs of the command line ([Caretaking.Verbs]), for accounts
/// that are marked as administrators and in the areas that touch nobody's letters; to others its
/// paths are not there.
///
/// **Without scripts** (`/lite`): pages under 50 kB with their style inside; forms carry a key made
/// for the session. Times are UTC there, for the server knows no other of its reader.
///
/// **Sessions** are cookies that scripts cannot read and other sites do not send (`__Host-`,
/// HttpOnly, SameSite=Strict); whatever changes something must also come from a page of ours, by
/// its Origin field ([Visitors]).
///
/// **Letters' HTML** passes three walls: an allow-list here ([LetterHtml]), a policy in the
/// answer's own fields that lets nothing be loaded but from here and forbids scripts, and a frame
/// without scripts around it. Pictures of other sites are left out until they are asked for, and
/// then fetched by the server, under an address it has signed.
///
/// **Standards.** RFC 6265 (cookies), RFC 9110, RFC 9111 (caches), RFC 2392 (`cid:`), RFC 2387.
/// Content Security Policy and Trusted Types by their fields.
///
/// **Limits.** Forms of 1 MB and 40 fields under `/lite`, 25 letters and 30,000 characters a page
/// there. 2 MB of HTML or text of one letter, 40 parts shown, 10 MB of a picture, forms of 16 kB.
///
/// **Not done.** Re-encoding of pictures (they are fetched whole, known by their first octets, and
/// single dots dropped), second factors.
@NullMarked
package org.facteur.edge.web;

import org.jspecify.annotations.NullMarked;
