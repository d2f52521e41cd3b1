/// # Web push
///
/// **Purpose.** What a server sends to a push service: messages that only the browser can read
/// ([PushMessage]), and a token that says who sends ([VapidToken]). Pure but for randomness that is
/// handed in.
///
/// **Standards.** RFC 8291 over the coding `aes128gcm` of RFC 8188, one record; RFC 8292.
///
/// **Limits.** A message has [PushMessage#MOST_OCTETS] octets of text at most, so that the whole
/// fits into the 4096 octets every push service takes (RFC 8030 §7.2).
///
/// **Not done.** The older coding `aesgcm`.
@NullMarked
package org.facteur.wire.push;

import org.jspecify.annotations.NullMarked;
