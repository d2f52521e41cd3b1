package org.facteur.wire.text;

/// Turns encoded octets, in pieces of any size, into plain ones.
///
/// Never fails: what cannot be decoded is dropped or passed through, as each decoder documents, and
/// [#damaged()] tells afterwards. Used by one thread, for one text.
public interface StreamDecoder {
    void decode(byte[] bytes, int offset, int length, OctetSink sink);

    /// Ends the text: gives out what was held back.
    void finish(OctetSink sink);

    /// Whether anything in the text so far broke the encoding's grammar.
    boolean damaged();

    /// A decoder that passes everything through: 7bit, 8bit, binary.
    static StreamDecoder identity() {
        return new StreamDecoder() {
            @Override
            public void decode(byte[] bytes, int offset, int length, OctetSink sink) {
                sink.accept(bytes, offset, length);
            }

            @Override
            public void finish(OctetSink sink) {
                // Nothing is held back.
            }

            @Override
            public boolean damaged() {
                return false;
            }
        };
    }
}
