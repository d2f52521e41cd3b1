package org.facteur.trial;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// A name server of a few names on the loopback, over UDP.
final class TestDns implements AutoCloseable {
    private final DatagramSocket socket;
    private final List<Record> records = new CopyOnWriteArrayList<>();

    TestDns() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /// @param name without a dot at its end
    void add(String name, String type, String value) throws IOException {
        Name owner = Name.fromString(name + ".");
        if (type.equals("TXT")) {
            List<String> parts = new ArrayList<>();
            for (int at = 0; at < value.length(); at += 250) {
                parts.add(value.substring(at, Math.min(value.length(), at + 250)));
            }
            records.add(new TXTRecord(owner, DClass.IN, 60, parts));
        } else {
            records.add(
                    Record.fromString(owner, Type.value(type), DClass.IN, 60, value, Name.root));
        }
    }

    private void serve() {
        byte[] packet = new byte[4096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket question = new DatagramPacket(packet, packet.length);
                socket.receive(question);
                byte[] answer = answer(java.util.Arrays.copyOf(packet, question.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
            } catch (IOException closed) {
                // Closed, or a packet nobody understands: the next one.
            }
        }
    }

    private byte[] answer(byte[] octets) throws IOException {
        Message question = new Message(octets);
        Record asked = question.getQuestion();
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(asked, Section.QUESTION);
        boolean known = false;
        for (Record each : records) {
            if (each.getName().equals(asked.getName())) {
                known = true;
                if (each.getType() == asked.getType()) {
                    answer.addRecord(each, Section.ANSWER);
                }
            }
        }
        answer.getHeader().setRcode(known ? Rcode.NOERROR : Rcode.NXDOMAIN);
        return answer.toWire();
    }

    @Override
    public void close() {
        socket.close();
    }
}
