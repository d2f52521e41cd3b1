package org.facteur.net.dns;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.facteur.wire.address.Domain;

/// A fixed table in place of the DNS: for demonstrations, where servers listen on high ports of the
/// loopback. Any thread.
public final class StaticZone implements MailExchangers {
    private final Map<Domain, Answer> answers;

    /// @param answers what is said of each domain; of any other, that it does not exist
    public StaticZone(Map<Domain, Answer> answers) {
        this.answers = Map.copyOf(answers);
    }

    /// A zone in which one server receives for some domains.
    public static StaticZone of(List<Domain> domains, Domain host, InetSocketAddress address) {
        Answer found = new Found(List.of(new Exchanger(host, List.of(address))));
        return new StaticZone(
                domains.stream()
                        .distinct()
                        .collect(java.util.stream.Collectors.toMap(name -> name, name -> found)));
    }

    @Override
    public Answer find(Domain domain) {
        return answers.getOrDefault(domain, new NoSuchDomain());
    }
}
