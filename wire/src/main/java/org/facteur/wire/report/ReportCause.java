package org.facteur.wire.report;

/// Why a letter came back, as far as a person needs to know it.
public enum ReportCause {
    UNKNOWN_BOX,
    FULL_BOX,
    UNKNOWN_DOMAIN,
    REFUSED_BY_POLICY,
    TOO_LARGE,
    NOT_REACHED,
    TLS_REQUIRED,
    LOOP,
    /// Anything else; the other side's answer is shown.
    OTHER;

    /// The cause a status code stands for (RFC 3463 §3, RFC 5248 §2.4).
    public static ReportCause of(EnhancedStatus status) {
        return switch (status.subject() * 1000 + status.detail()) {
            case 1001, 1000, 1003, 1006, 2001 -> UNKNOWN_BOX;
            case 2002, 3001 -> FULL_BOX;
            case 1002, 1010, 4004 -> UNKNOWN_DOMAIN;
            case 2003, 3004 -> TOO_LARGE;
            case 4001, 4002, 4007 -> NOT_REACHED;
            case 7004, 7010, 7011 -> TLS_REQUIRED;
            case 4006 -> LOOP;
            default -> status.subject() == 7 ? REFUSED_BY_POLICY : OTHER;
        };
    }
}
