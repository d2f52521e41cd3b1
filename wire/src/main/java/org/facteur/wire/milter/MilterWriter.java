package org.facteur.wire.milter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Writes what a mail server says to a filter. Each method gives one packet with its length.
public final class MilterWriter {
    /// The version spoken.
    public static final int VERSION = 6;

    /// Adding, inserting and changing header fields; quarantine.
    public static final int ACTIONS = 0x31;

    /// All steps may be left out and all answers may be spared, but for blanks before values.
    public static final int STEPS = 0x0FFFFF;

    /// The most octets of a body in one packet.
    public static final int CHUNK = 65_535;

    private MilterWriter() {}

    public static byte[] negotiate() {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        number(data, VERSION, 4);
        number(data, ACTIONS, 4);
        number(data, STEPS, 4);
        return packet('O', data);
    }

    /// Names and values for the step that follows.
    ///
    /// @param step its letter
    public static byte[] macros(char step, Map<String, String> values) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write(step);
        values.forEach(
                (name, value) -> {
                    text(data, name);
                    text(data, value);
                });
        return packet('D', data);
    }

    /// @param host the peer's name, or its address in brackets
    /// @param address numeric
    public static byte[] connect(String host, int port, String address) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        text(data, host);
        data.write(address.indexOf(':') >= 0 ? '6' : '4');
        number(data, port, 2);
        text(data, address);
        return packet('C', data);
    }

    public static byte[] helo(String name) {
        return packet('H', List.of(name));
    }

    /// @param path in angle brackets
    public static byte[] mail(String path) {
        return packet('M', List.of(path));
    }

    /// @param path in angle brackets
    public static byte[] rcpt(String path) {
        return packet('R', List.of(path));
    }

    public static byte[] data() {
        return packet('T', List.of());
    }

    /// @param value unfolded or folded by CRLF
    public static byte[] header(String name, byte[] value) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        text(data, name);
        for (byte b : value) {
            if (b != '\r' && b != 0) {
                data.write(b);
            }
        }
        data.write(0);
        return packet('L', data);
    }

    public static byte[] endOfHeader() {
        return packet('N', List.of());
    }

    /// @param length at most [#CHUNK]
    public static byte[] body(byte[] octets, int length) {
        ByteArrayOutputStream data = new ByteArrayOutputStream(length);
        data.write(octets, 0, length);
        return packet('B', data);
    }

    public static byte[] endOfMessage() {
        return packet('E', List.of());
    }

    public static byte[] quit() {
        return packet('Q', List.of());
    }

    private static byte[] packet(char command, List<String> texts) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        texts.forEach(each -> text(data, each));
        return packet(command, data);
    }

    private static byte[] packet(char command, ByteArrayOutputStream data) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream(data.size() + 5);
        number(packet, data.size() + 1, 4);
        packet.write(command);
        packet.writeBytes(data.toByteArray());
        return packet.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int value, int octets) {
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            out.write(value >> shift);
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.replace("\0", "").getBytes(StandardCharsets.UTF_8));
        out.write(0);
    }
}
