/// From an accepted letter to everybody it is for: boxes here, the queue for elsewhere, reports to
/// senders.
///
/// **Entry points.** `Delivery.accept` takes a letter with its envelope; when it returns, the
/// letter is durable in every box here and durably queued for everybody else. `Delivery.retry` does
/// again what a box could not take. `Bounces` tells senders what became of their letters.
///
/// **Order.** The queue first, then the boxes: what fails late can then still be told to the sender
/// or tried again, and nothing that was answered with success can be lost.
///
/// **Passed on.** What an alias or group sends on to another domain for a foreign sender leaves
/// with a reverse path of ours ([Forwards], Sender Rewriting Scheme), so that servers which ask who
/// may write for that sender find us. A report that comes back to it within 21 days goes on to the
/// sender; only reports are taken there. A domain can switch this off.
///
/// **Success** (RFC 3461 §4.1) is told to those who signed in and to senders of our own domains.
/// Strangers who ask for it get no "delivered" and no "expanded" report: until it is checked who
/// may write for a domain, anybody could have such reports sent to anybody. Failures, delays and
/// "relayed" reports are not touched by this.
///
/// **Full boxes** are refused, or filled some way past their quota for some days ([QuotaGrace]);
/// their owners are told ([OwnerNotices]). [SentCopies] keeps what is sent, for who asked for it.
/// **Scripts.** A box whose owner has an active script is served by what that script wants (RFC
/// 5228): letters that go on leave first, then the letter is filed in one transaction together with
/// what is to be remembered, answers go last (RFC 5230, RFC 5436). A script that fails keeps the
/// letter in the inbox, and its owner is told once a day. A refusal is said while the letter comes
/// in when everybody refuses, else by a report (RFC 5429). Nothing is read for those without a
/// script.
///
/// **Limits** of scripts besides those of `wire.sieve`: five boxes that send a letter on, 1,000
/// redirections, 200 answers and 100 notices per account and hour.
///
/// **Loops** end by count of Received fields (RFC 5321 §6.3) and by our own Delivered-To.
@NullMarked
package org.facteur.core.deliver;

import org.jspecify.annotations.NullMarked;
