/// # The pages
///
/// **Purpose.** What a browser asks for besides JMAP: the application itself ([Assets]), signing in
/// and out ([SignInPages]), the text of letters in a frame of their own ([LetterPages]), remote
/// pictures that were asked for ([PictureProxy]). [WebPages] says which paths are whose.
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
/// **Limits.** 2 MB of HTML or text of one letter, 40 parts shown, 10 MB of a picture, forms of 1
/// MB.
///
/// **Not done.** Style sheets of letters (only `style` attributes are kept), re-encoding of
/// pictures, second factors.
@NullMarked
package org.facteur.edge.web;

import org.jspecify.annotations.NullMarked;
