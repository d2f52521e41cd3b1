package org.facteur.edge.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.RouteBook;
import org.facteur.core.queue.Smarthost;
import org.facteur.core.queue.SourceBook;
import org.facteur.net.dns.MailExchangers;
import org.facteur.net.dns.MailExchangers.Exchanger;
import org.facteur.wire.address.Domain;

/// Finds the way of a letter. Any thread; may wait for the DNS.
final class Routes {
    private static final int SMTP_PORT = 25;

    private final RelaySettings settings;
    private final MailExchangers exchangers;
    private final RouteBook book;
    private final SourceBook sources;

    Routes(RelaySettings settings, MailExchangers exchangers, RouteBook book, SourceBook sources) {
        this.sources = sources;
        this.settings = settings;
        this.exchangers = exchangers;
        this.book = book;
    }

    /// Where a letter goes.
    sealed interface Route {
        record Go(Way way) implements Route {
            public Go {
                Objects.requireNonNull(way);
            }
        }

        /// Nowhere, for good.
        record Never(String status, String why) implements Route {
            public Never {
                Objects.requireNonNull(status);
                Objects.requireNonNull(why);
            }
        }

        /// Not now.
        record Later(String status, String why) implements Route {
            public Later {
                Objects.requireNonNull(status);
                Objects.requireNonNull(why);
            }
        }
    }

    Route find(QueueItem item, Domain domain) {
        return book.find(item.origin().sender(), domain)
                .map(smarthost -> over(smarthost, item))
                .orElseGet(() -> direct(item, domain));
    }

    private Route over(Smarthost smarthost, QueueItem item) {
        MailExchangers.Answer answer = exchangers.addresses(smarthost.host(), smarthost.port());
        return switch (answer) {
            case MailExchangers.Found(List<Exchanger> found) ->
                    new Route.Go(
                            new Way(
                                    new Way.Key(
                                            smarthost.toString(),
                                            item.letter().wishes().requireTls(),
                                            sources.find(item.origin().sender())),
                                    found,
                                    smarthost));
            case MailExchangers.NullMx _, MailExchangers.NoSuchDomain _ ->
                    new Route.Later("4.4.3", "the smarthost has no address");
            case MailExchangers.Unreachable(String why) -> new Route.Later("4.4.3", why);
        };
    }

    private Route direct(QueueItem item, Domain domain) {
        MailExchangers.Answer answer =
                domain.isLiteral()
                        ? MailExchangers.literal(domain, SMTP_PORT)
                        : exchangers.find(domain);
        return switch (answer) {
            case MailExchangers.NullMx _ -> new Route.Never("5.1.10", domain + " receives no mail");
            case MailExchangers.NoSuchDomain _ ->
                    new Route.Never("5.1.2", "there is no mail server for " + domain);
            case MailExchangers.Unreachable(String why) -> new Route.Later("4.4.3", why);
            case MailExchangers.Found(List<Exchanger> found) -> {
                List<Exchanger> before = beforeOurselves(found);
                yield before.isEmpty()
                        ? new Route.Never(
                                "5.4.6",
                                "the mail server of "
                                        + domain
                                        + " is this one, which does not know it")
                        : new Route.Go(
                                new Way(
                                        new Way.Key(
                                                domain.name(),
                                                item.letter().wishes().requireTls(),
                                                sources.find(item.origin().sender())),
                                        before,
                                        null));
            }
        };
    }

    /// Where we are a server of the domain ourselves, only better ones are tried (RFC 5321 §5.1).
    private List<Exchanger> beforeOurselves(List<Exchanger> found) {
        List<Exchanger> before = new ArrayList<>();
        for (Exchanger exchanger : found) {
            if (exchanger.host().equals(settings.hostname())) {
                break;
            }
            before.add(exchanger);
        }
        return before;
    }
}
