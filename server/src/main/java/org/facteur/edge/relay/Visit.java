package org.facteur.edge.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.facteur.net.dns.MailExchangers.Exchanger;
import org.facteur.net.listen.OutgoingConnection;
import org.facteur.net.tls.Protection;
import org.facteur.wire.address.Domain;
import org.facteur.wire.text.LineFault;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes from server to server of one way until one of them talks. One thread.
final class Visit {
    private static final Logger LOG = LoggerFactory.getLogger(Visit.class);

    /// Sessions take source addresses in turns.
    private static final AtomicInteger TURN = new AtomicInteger();

    private static final int MOST_ADDRESSES = 10;
    private static final int MOST_RECIPIENTS = 1000;

    private final RelaySettings settings;
    private final RelayServices services;
    private final Outgoing outgoing;
    private final Way way;
    private final ArrayDeque<Door> doors = new ArrayDeque<>();
    private String status = "4.4.1";
    private String why = "no server was tried";

    private record Door(Exchanger exchanger, InetSocketAddress address) {}

    Visit(RelaySettings settings, RelayServices services, Outgoing outgoing, Way way) {
        this.settings = settings;
        this.services = services;
        this.outgoing = outgoing;
        this.way = way;
        for (Exchanger exchanger : way.exchangers()) {
            for (InetSocketAddress address : exchanger.addresses()) {
                if (doors.size() < MOST_ADDRESSES) {
                    doors.add(new Door(exchanger, address));
                }
            }
        }
    }

    /// Enhanced status of the last failure.
    String status() {
        return status;
    }

    /// The last failure in words, for the log and the sender.
    String why() {
        return why;
    }

    /// A session with the next server that talks; null when there is no other.
    @Nullable Session next() {
        for (Door door = doors.poll(); door != null; door = doors.poll()) {
            Session session = open(door);
            if (session != null) {
                return session;
            }
        }
        return null;
    }

    /// A session ended badly with the server that was last given out.
    void failed(Domain host, String reason) {
        status = "4.4.2";
        why = host + ": " + reason;
    }

    private @Nullable Session open(Door door) {
        return switch (services.outside().protector().of(way, door.exchanger())) {
            case RelayServices.Guard.Lines lines -> open(door, lines);
            case RelayServices.Guard.Nothing(String code, String reason) -> {
                status = code;
                why = reason;
                yield null;
            }
        };
    }

    private @Nullable Session open(Door door, RelayServices.Guard.Lines lines) {
        for (Protection protection : lines.protections()) {
            try {
                return open(door, protection, lines.watch());
            } catch (Opening.Unprotected unprotected) {
                SessionWatch watch = lines.watch();
                if (watch != null) {
                    watch.failed(door.address(), unprotected.fault());
                }
                status = "4.7.5";
                why = String.valueOf(unprotected.getMessage());
                LOG.info("{}", why);
            } catch (Opening.Unwelcome unwelcome) {
                status = "4.3.2";
                why = door.exchanger().host() + ": " + unwelcome.getMessage();
                return null;
            } catch (IOException broken) {
                status = "4.4.1";
                why = door.exchanger().host() + ": no conversation: " + broken.getMessage();
                return null;
            } catch (SyntaxFault | LineFault odd) {
                status = "4.5.0";
                why = door.exchanger().host() + ": it does not speak SMTP: " + odd.getMessage();
                return null;
            }
        }
        return null;
    }

    /// The next of our addresses that can reach a server; null for whichever the system chooses.
    ///
    /// @throws IOException when none of those we may use can
    private @Nullable InetAddress source(Door door) throws IOException {
        List<InetAddress> all = way.key().sources();
        if (all.isEmpty()) {
            return null;
        }
        Class<?> kind = door.address().getAddress().getClass();
        List<InetAddress> fitting = all.stream().filter(kind::isInstance).toList();
        if (fitting.isEmpty()) {
            throw new IOException("no address of ours that may be used reaches it");
        }
        return fitting.get(Math.floorMod(TURN.getAndIncrement(), fitting.size()));
    }

    private Session open(Door door, Protection protection, @Nullable SessionWatch watch)
            throws IOException {
        Domain host = door.exchanger().host();
        OutgoingConnection connection =
                services.outside()
                        .network()
                        .connect(door.address(), source(door), settings.times().connect());
        boolean opened = false;
        try {
            Opening.Opened ready =
                    new Opening(settings, services.outside().tls(), connection, host, protection)
                            .run(way);
            if (watch != null) {
                watch.opened(door.address(), protection, connection.peerCertificates());
            }
            Session.Limits limits =
                    new Session.Limits(
                            ready.capabilities().limit("MAILMAX", settings.perSession()),
                            ready.capabilities().limit("RCPTMAX", MOST_RECIPIENTS));
            Session session =
                    new Session(
                            new Session.Frame(settings.times(), host, limits),
                            connection,
                            ready.capabilities(),
                            ready.carriage(),
                            outgoing);
            opened = true;
            return session;
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }
}
