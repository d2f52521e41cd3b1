package org.facteur.net.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A name server with the records it was given; follows aliases within them. What does not fit into
/// a datagram is cut there and whole over TCP (RFC 7766 §5).
public final class ZoneServer implements AutoCloseable {
    private final ServerSocket lines = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final DatagramSocket socket =
            new DatagramSocket(lines.getLocalPort(), InetAddress.getLoopbackAddress());
    private final List<Record> records;
    private final AtomicInteger questions = new AtomicInteger();

    /// What every question gets, or NOERROR for what the records say.
    private final int rcode;

    public ZoneServer(int rcode, Record... records) throws IOException {
        this.rcode = rcode;
        this.records = List.of(records);
        Thread.ofVirtual().name("zone").start(this::run);
        Thread.ofVirtual().name("zone-lines").start(this::runLines);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public int questions() {
        return questions.get();
    }

    private void run() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] octets = Arrays.copyOf(packet.getData(), packet.getLength());
                Message query = new Message(octets);
                int room = query.getOPT() == null ? 512 : query.getOPT().getPayloadSize();
                byte[] answer = answer(query).toWire(room);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException closed) {
                continue;
            }
        }
    }

    private void runLines() {
        while (!lines.isClosed()) {
            try (Socket line = lines.accept()) {
                DataInputStream in = new DataInputStream(line.getInputStream());
                byte[] octets = in.readNBytes(in.readUnsignedShort());
                byte[] answer = answer(new Message(octets)).toWire();
                DataOutputStream out = new DataOutputStream(line.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
                out.flush();
            } catch (IOException closed) {
                continue;
            }
        }
    }

    private Message answer(Message query) {
        questions.incrementAndGet();
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.getHeader().setRcode(rcode);
        Record question = query.getQuestion();
        answer.addRecord(question, Section.QUESTION);
        if (rcode != Rcode.NOERROR) {
            return answer;
        }
        List<Name> names = new ArrayList<>(List.of(question.getName()));
        boolean known = false;
        for (int i = 0; i < names.size() && i < 20; i++) {
            for (Record record : records) {
                if (record.getName().equals(names.get(i))) {
                    known = true;
                    if (record.getType() == question.getType()) {
                        answer.addRecord(record, Section.ANSWER);
                    } else if (record instanceof org.xbill.DNS.CNAMERecord alias) {
                        answer.addRecord(record, Section.ANSWER);
                        names.add(alias.getTarget());
                    }
                }
            }
        }
        if (!known) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        return answer;
    }

    /// A record in the usual text form.
    static Record record(String name, int type, String data) throws IOException {
        return Record.fromString(
                Name.fromString(name), type, org.xbill.DNS.DClass.IN, 300, data, Name.root);
    }

    static Record mx(String name, String data) throws IOException {
        return record(name, Type.MX, data);
    }

    static Record a(String name, String address) throws IOException {
        return record(name, Type.A, address);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        lines.close();
    }
}
