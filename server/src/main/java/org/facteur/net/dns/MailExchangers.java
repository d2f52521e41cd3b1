package org.facteur.net.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import org.facteur.wire.address.Domain;

/// Finds the mail servers of a domain. Any thread; may wait for the network.
@FunctionalInterface
public interface MailExchangers {
    Answer find(Domain domain);

    /// Where one server is: an address literal, or a name with its addresses. A fixed table says
    /// the same as of a domain.
    default Answer addresses(Domain host, int port) {
        return host.isLiteral() ? literal(host, port) : find(host);
    }

    /// An address literal is its own server (RFC 5321 §5.1).
    static Answer literal(Domain domain, int port) {
        String name = domain.name();
        String address = name.substring(name.startsWith("[IPv6:") ? 6 : 1, name.length() - 1);
        try {
            return new Found(
                    List.of(
                            new Exchanger(
                                    domain,
                                    List.of(
                                            new InetSocketAddress(
                                                    InetAddress.getByName(address), port)))));
        } catch (UnknownHostException impossible) {
            return new NoSuchDomain();
        }
    }

    /// A server that receives for a domain.
    ///
    /// @param host its name, as its certificate should have it
    /// @param addresses at least one, in the order to be tried
    record Exchanger(Domain host, List<InetSocketAddress> addresses) {
        public Exchanger {
            Objects.requireNonNull(host);
            addresses = List.copyOf(addresses);
            if (addresses.isEmpty()) {
                throw new IllegalArgumentException("a server has an address");
            }
        }
    }

    /// What is known of a domain.
    sealed interface Answer {}

    /// @param exchangers at least one, in the order to be tried (RFC 5321 §5.1)
    record Found(List<Exchanger> exchangers) implements Answer {
        public Found {
            exchangers = List.copyOf(exchangers);
            if (exchangers.isEmpty()) {
                throw new IllegalArgumentException("found means at least one");
            }
        }
    }

    /// The domain says that it receives no mail (RFC 7505 §3).
    record NullMx() implements Answer {}

    /// There is no such domain, or nothing in it that could receive.
    record NoSuchDomain() implements Answer {}

    /// Nobody could say; later somebody may.
    ///
    /// @param why for the log and the sender, in plain English
    record Unreachable(String why) implements Answer {
        public Unreachable {
            Objects.requireNonNull(why);
        }
    }
}
