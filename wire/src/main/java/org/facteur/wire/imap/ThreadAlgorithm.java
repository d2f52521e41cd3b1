package org.facteur.wire.imap;

/// How THREAD puts letters together (RFC 5256 §3).
public enum ThreadAlgorithm {
    /// By subject alone.
    ORDEREDSUBJECT,
    /// By Message-ID, References and subject.
    REFERENCES
}
