package org.facteur.wire.text;

/// Where decoded or written octets go. The array is only lent for the call.
@FunctionalInterface
public interface OctetSink {
    void accept(byte[] bytes, int offset, int length);
}
