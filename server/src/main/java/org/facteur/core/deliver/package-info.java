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
/// **Loops** end by count of Received fields (RFC 5321 §6.3) and by our own Delivered-To.
@NullMarked
package org.facteur.core.deliver;

import org.jspecify.annotations.NullMarked;
