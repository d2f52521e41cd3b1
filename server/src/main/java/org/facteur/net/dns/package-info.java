/// Names: where the mail servers of a domain are.
///
/// **Entry points.** [org.facteur.net.dns.MailExchangers] is the question;
/// [org.facteur.net.dns.DnsExchangers] asks resolvers (dnsjava) and remembers answers;
/// [org.facteur.net.dns.StaticZone] is a fixed table, for demonstrations without a network.
/// [org.facteur.net.dns.DaneRecords] asks what signed DNS says of a server's certificate;
/// [org.facteur.net.dns.DnsDane] validates the answers here, from the root's keys down, and trusts
/// no resolver's word for it. [org.facteur.net.dns.TextRecords] finds TXT records.
///
/// **Standards.** RFC 4035 §5 and RFC 6698 §2.1 (signed answers, TLSA), RFC 7672 §2.2 (which of
/// them count for mail); RFC 5321 §5.1 (order, implicit MX), RFC 7505 (null MX), RFC 2308 (what is
/// not there is remembered too). RFC 2181 §10.3 is tolerated: an MX that is an alias is followed as
/// resolvers do.
///
/// **Limits.** [org.facteur.net.dns.DnsSettings]: time per question and tries, answers remembered
/// and how long; 10 exchangers per domain, 10 addresses per exchanger, 8 aliases. One question at a
/// time per domain.
@NullMarked
package org.facteur.net.dns;

import org.jspecify.annotations.NullMarked;
