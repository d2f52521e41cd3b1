package org.facteur.edge.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.facteur.core.queue.QueueItem;
import org.facteur.core.queue.RecipientResult;
import org.facteur.net.dns.MailExchangers;
import org.facteur.net.dns.MailExchangers.Exchanger;
import org.facteur.wire.address.Domain;
import org.facteur.wire.text.LineFault;
import org.facteur.wire.text.SyntaxFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tries one item at the servers of its domain. Any thread.
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
    private static final int SMTP_PORT = 25;
    private static final int MOST_ADDRESSES = 10;

    private final RelaySettings settings;
    private final RelayServices services;

    Attempt(RelaySettings settings, RelayServices services) {
        this.settings = settings;
        this.services = services;
    }

    /// @return a result for each waiting recipient
    List<RecipientResult> run(QueueItem item, Domain domain) {
        MailExchangers.Answer answer =
                domain.isLiteral() ? literal(domain) : services.outside().exchangers().find(domain);
        return switch (answer) {
            case MailExchangers.NullMx _ ->
                    Verdicts.refused(item, "5.1.10", domain + " receives no mail");
            case MailExchangers.NoSuchDomain _ ->
                    Verdicts.refused(item, "5.1.2", "there is no mail server for " + domain);
            case MailExchangers.Unreachable(String why) -> Verdicts.deferred(item, "4.4.3", why);
            case MailExchangers.Found(List<Exchanger> exchangers) -> {
                List<Exchanger> before = beforeOurselves(exchangers);
                yield before.isEmpty()
                        ? Verdicts.refused(
                                item,
                                "5.4.6",
                                "the mail server of "
                                        + domain
                                        + " is this one, which does not know it")
                        : each(item, before);
            }
        };
    }

    /// Where we are a server of the domain ourselves, only better ones are tried (RFC 5321 §5.1).
    private List<Exchanger> beforeOurselves(List<Exchanger> exchangers) {
        List<Exchanger> before = new ArrayList<>();
        for (Exchanger exchanger : exchangers) {
            if (exchanger.host().equals(settings.hostname())) {
                break;
            }
            before.add(exchanger);
        }
        return before;
    }

    private List<RecipientResult> each(QueueItem item, List<Exchanger> exchangers) {
        String why = "no server was tried";
        String status = "4.4.1";
        int tried = 0;
        for (Exchanger exchanger : exchangers) {
            for (InetSocketAddress address : exchanger.addresses()) {
                if (tried++ == MOST_ADDRESSES) {
                    return Verdicts.deferred(item, status, why);
                }
                switch (converse(item, exchanger.host(), address)) {
                    case Conversation.Done(List<RecipientResult> results) -> {
                        return results;
                    }
                    case Conversation.Next(String code, String reason) -> {
                        status = code;
                        why = exchanger.host() + ": " + reason;
                    }
                }
            }
        }
        return Verdicts.deferred(item, status, why);
    }

    private Conversation.Ending converse(QueueItem item, Domain host, InetSocketAddress address) {
        try {
            return once(item, host, address, true);
        } catch (Conversation.NotEncrypted failed) {
            LOG.info("TLS with {} failed, going on in the clear: {}", host, failed.getMessage());
            try {
                return once(item, host, address, false);
            } catch (Conversation.NotEncrypted impossible) {
                return new Conversation.Next("4.4.2", "the line broke");
            }
        }
    }

    private Conversation.Ending once(
            QueueItem item, Domain host, InetSocketAddress address, boolean encrypt)
            throws Conversation.NotEncrypted {
        try (var connection =
                services.outside().network().connect(address, settings.times().connect())) {
            return new Conversation(settings, services, connection, host, item).run(encrypt);
        } catch (Conversation.NotEncrypted failed) {
            throw failed;
        } catch (IOException broken) {
            LOG.debug("{} at {}: {}", host, address, broken.getMessage());
            return new Conversation.Next("4.4.1", "no conversation: " + broken.getMessage());
        } catch (SyntaxFault | LineFault odd) {
            return new Conversation.Next("4.5.0", "it does not speak SMTP: " + odd.getMessage());
        }
    }

    /// RFC 5321 §5.1: an address literal is its own server.
    private static MailExchangers.Answer literal(Domain domain) {
        String name = domain.name();
        String address = name.substring(name.startsWith("[IPv6:") ? 6 : 1, name.length() - 1);
        try {
            return new MailExchangers.Found(
                    List.of(
                            new Exchanger(
                                    domain,
                                    List.of(
                                            new InetSocketAddress(
                                                    InetAddress.getByName(address), SMTP_PORT)))));
        } catch (UnknownHostException impossible) {
            return new MailExchangers.NoSuchDomain();
        }
    }
}
