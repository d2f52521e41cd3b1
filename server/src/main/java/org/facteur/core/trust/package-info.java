/// Who wrote a letter: what is found out at the door, and what this server says of its own letters.
///
/// **Entry points.** [org.facteur.core.trust.Authenticator] looks at a letter that comes in from
/// outside and gives an [org.facteur.core.trust.Authentication]: the client's name, SPF, DKIM, ARC
/// and DMARC side by side, the field that tells it (RFC 8601), and what follows from it.
/// [org.facteur.core.trust.StoredResults] reads of a stored letter what was found out then.
/// [org.facteur.core.trust.DomainSigner] signs letters of our own people and of this server when
/// they leave (RFC 6376), with the keys of [org.facteur.core.account.DomainKeys].
///
/// **What follows.** A letter is refused only where its author's domain asks for that, no forwarder
/// with an unbroken chain passed it on, and it does not have the marks of a mailing list; those of
/// these last and of domains that ask for less lie among the junk. Where a known forwarder saw the
/// letter in order ([org.facteur.core.trust.KnownForwarders]), nothing follows. A DNS that does not
/// answer is never held against a letter.
///
/// **Limits.** Ten seconds for all questions of a letter, eight at a time; four domains in From.
///
/// **Not done, on purpose.** Letters that arrive by submission or LMTP, or from programs of this
/// machine, are not looked at: who brought them is known. Letters passed on for others are not
/// signed, and no chain is sealed: what they were signed with stays whole.
@NullMarked
package org.facteur.core.trust;

import org.jspecify.annotations.NullMarked;
