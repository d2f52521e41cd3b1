package org.facteur.wire.text;

import java.util.Arrays;

/// Decodes the base64 of real letters (RFC 2045 §6.8): any octet outside the alphabet is skipped,
/// an early `=` ends its group only and the text goes on behind it, a last incomplete group gives
/// the whole octets in it.
public final class Base64Decoder implements StreamDecoder {
    private static final byte[] VALUES = new byte[256];
    private static final byte JUNK = -1;
    private static final byte SPACE = -2;
    private static final byte PAD = -3;
    private static final int BLOCK = 3072;

    static {
        Arrays.fill(VALUES, JUNK);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < 64; i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
        for (char c : new char[] {' ', '\t', '\r', '\n'}) {
            VALUES[c] = SPACE;
        }
        VALUES['='] = PAD;
    }

    private final byte[] block = new byte[BLOCK + 3];
    private int filled;
    private int group;
    private int count;
    private boolean damaged;
    private boolean padded;

    @Override
    public void decode(byte[] bytes, int offset, int length, OctetSink sink) {
        for (int i = offset, end = offset + length; i < end; i++) {
            int value = VALUES[bytes[i] & 0xFF];
            if (value >= 0) {
                damaged |= padded;
                group = group << 6 | value;
                if (++count == 4) {
                    block[filled++] = (byte) (group >> 16);
                    block[filled++] = (byte) (group >> 8);
                    block[filled++] = (byte) group;
                    endGroup(sink);
                }
            } else if (value == PAD) {
                endEarly(sink);
                padded = true;
            } else if (value == JUNK) {
                damaged = true;
            }
        }
        flush(sink);
    }

    @Override
    public void finish(OctetSink sink) {
        damaged |= count != 0;
        endEarly(sink);
        flush(sink);
    }

    @Override
    public boolean damaged() {
        return damaged;
    }

    private void endEarly(OctetSink sink) {
        if (count == 2) {
            block[filled++] = (byte) (group >> 4);
        } else if (count == 3) {
            block[filled++] = (byte) (group >> 10);
            block[filled++] = (byte) (group >> 2);
        } else if (count == 1) {
            damaged = true;
        }
        endGroup(sink);
    }

    private void endGroup(OctetSink sink) {
        group = 0;
        count = 0;
        if (filled >= BLOCK) {
            flush(sink);
        }
    }

    private void flush(OctetSink sink) {
        if (filled > 0) {
            sink.accept(block, 0, filled);
            filled = 0;
        }
    }
}
