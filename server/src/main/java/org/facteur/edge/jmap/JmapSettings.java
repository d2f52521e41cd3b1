package org.facteur.edge.jmap;

import java.time.Duration;

/// What a client may ask for; announced in the session, and enforced.
///
/// @param requestBytes of one request
/// @param calls in one request
/// @param objects in one /get or /set
/// @param uploadBytes of one upload
/// @param atOnce requests of one account at a time, and as many uploads
/// @param streams of events of one account at a time
/// @param holding how long a letter can be held back before it is sent
public record JmapSettings(
        int requestBytes,
        int calls,
        int objects,
        int uploadBytes,
        int atOnce,
        int streams,
        Duration holding) {
    public static final JmapSettings STANDARD =
            new JmapSettings(10 << 20, 16, 500, 50 << 20, 4, 5, Duration.ofDays(60));
}
