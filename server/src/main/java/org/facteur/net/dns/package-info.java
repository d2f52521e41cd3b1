/// Names: where the mail servers of a domain are.
///
/// **Entry points.** [org.facteur.net.dns.MailExchangers] is the question;
/// [org.facteur.net.dns.StaticZone] is a fixed table, for demonstrations without a network.
///
/// **Standards.** RFC 5321 §5.1 (order, implicit MX), RFC 7505 (null MX). RFC 2181 §10.3 is
/// tolerated: an MX that is an alias is followed as resolvers do.
@NullMarked
package org.facteur.net.dns;

import org.jspecify.annotations.NullMarked;
