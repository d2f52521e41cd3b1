package org.facteur.edge.jmap;

import java.util.Optional;

/// What a client can opt in to.
enum Capability {
    CORE("urn:ietf:params:jmap:core"),
    MAIL("urn:ietf:params:jmap:mail"),
    SUBMISSION("urn:ietf:params:jmap:submission"),
    QUOTA("urn:ietf:params:jmap:quota"),
    VACATION("urn:ietf:params:jmap:vacationresponse"),
    BLOB("urn:ietf:params:jmap:blob"),
    WEBSOCKET("urn:ietf:params:jmap:websocket"),
    MDN("urn:ietf:params:jmap:mdn"),
    VAPID("urn:ietf:params:jmap:webpush-vapid"),
    SIEVE("urn:ietf:params:jmap:sieve"),
    CONTACTS("urn:ietf:params:jmap:contacts"),
    SNOOZE("urn:facteur:snooze"),
    BULK("urn:facteur:bulk"),
    DEVICES("urn:facteur:devices"),
    RECOVER("urn:facteur:recover"),
    PEOPLE("urn:facteur:people"),
    LABELS("urn:facteur:labels"),
    TEMPLATES("urn:facteur:templates");

    private final String uri;

    Capability(String uri) {
        this.uri = uri;
    }

    String uri() {
        return uri;
    }

    static Optional<Capability> find(String uri) {
        for (Capability each : values()) {
            if (each.uri.equals(uri)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
