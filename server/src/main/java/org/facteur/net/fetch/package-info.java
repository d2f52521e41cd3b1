/// Documents fetched from other hosts by HTTPS.
///
/// **Entry point.** [org.facteur.net.fetch.HttpsFetch]: one GET or one POST, one answer.
///
/// **Guard.** Only HTTPS towards a certificate that is the host's. The name is resolved once, all
/// addresses must be ones anybody can reach (not of this machine, its network, or a private one),
/// and the connection goes to one of them. Redirects are told, not followed; cookies are not kept.
///
/// **Limits.** Ten seconds for everything, 64 kB for a body where the caller does not wish another,
/// 100 header lines of 8 kB.
///
/// **Standards.** RFC 9110 and RFC 9112, as much as one GET needs.
@NullMarked
package org.facteur.net.fetch;

import org.jspecify.annotations.NullMarked;
