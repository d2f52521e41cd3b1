package org.facteur.net.dns;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A name server over UDP for one zone, which signs each answer as it gives it; what is not there
/// is denied by a narrow NSEC at the name that was asked for.
public final class SignedZone implements AutoCloseable {
    private static final long TTL = 300;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Name zone;
    private final KeyPair keys;
    private final DNSKEYRecord key;
    private final List<Record> records;
    private volatile boolean forged;

    public SignedZone(String zone, Record... records) throws Exception {
        this.zone = Name.fromString(zone);
        this.records = List.of(records);
        this.keys = keyPair();
        this.key =
                new DNSKEYRecord(
                        this.zone,
                        DClass.IN,
                        TTL,
                        DNSKEYRecord.Flags.ZONE_KEY | DNSKEYRecord.Flags.SEP_KEY,
                        DNSKEYRecord.Protocol.DNSSEC,
                        DNSSEC.Algorithm.ECDSAP256SHA256,
                        keys.getPublic());
        Thread.ofVirtual().name("signed-zone").start(this::run);
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /// What a validator must trust.
    public String anchor() {
        return key.toString() + "\n";
    }

    /// From now on signatures are of somebody else.
    public void forge() {
        forged = true;
    }

    private void run() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] octets = Arrays.copyOf(packet.getData(), packet.getLength());
                byte[] answer = answer(new Message(octets)).toWire();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException | GeneralSecurityException | DNSSEC.DNSSECException closed) {
                continue;
            }
        }
    }

    private Message answer(Message query)
            throws IOException, GeneralSecurityException, DNSSEC.DNSSECException {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        Record question = query.getQuestion();
        answer.addRecord(question, Section.QUESTION);
        Name name = question.getName();
        RRset found = new RRset();
        java.util.TreeSet<Integer> types = new java.util.TreeSet<>(List.of(Type.RRSIG, Type.NSEC));
        for (Record record : records) {
            if (record.getName().equals(name)) {
                types.add(record.getType());
                if (record.getType() == question.getType()) {
                    found.addRR(record);
                }
            }
        }
        if (name.equals(zone) && question.getType() == Type.DNSKEY) {
            found.addRR(key);
        }
        if (found.size() > 0) {
            add(answer, Section.ANSWER, found);
        } else {
            RRset soa = new RRset();
            soa.addRR(new SOARecord(zone, DClass.IN, TTL, zone, zone, 1, 60, 60, 60, 60));
            add(answer, Section.AUTHORITY, soa);
            RRset denial = new RRset();
            denial.addRR(
                    new NSECRecord(
                            name,
                            DClass.IN,
                            TTL,
                            Name.fromString("\\000", name),
                            types.stream().mapToInt(Integer::intValue).toArray()));
            add(answer, Section.AUTHORITY, denial);
        }
        return answer;
    }

    private void add(Message answer, int section, RRset set)
            throws GeneralSecurityException, DNSSEC.DNSSECException {
        set.rrs().forEach(record -> answer.addRecord(record, section));
        Instant now = Instant.now();
        answer.addRecord(
                DNSSEC.sign(
                        set,
                        key,
                        forged ? keyPair().getPrivate() : keys.getPrivate(),
                        now.minus(Duration.ofHours(1)),
                        now.plus(Duration.ofHours(1))),
                section);
    }

    /// A record in the usual text form.
    public static Record record(String name, int type, String data) throws IOException {
        return ZoneServer.record(name, type, data);
    }

    @Override
    public void close() {
        socket.close();
    }
}
