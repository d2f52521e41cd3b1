package org.facteur.main;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.facteur.edge.jmap.PushPost;
import org.facteur.net.dns.MailExchangers;
import org.facteur.net.fetch.HttpsFetch;
import org.facteur.wire.address.Domain;
import org.facteur.wire.text.SyntaxFault;

/// Push services, reached with the guard of [HttpsFetch]: none of this machine or its network. Any
/// thread.
final class WebPush implements PushPost {
    private static final int HTTPS_PORT = 443;

    private final HttpsFetch fetch;
    private final MailExchangers names;

    WebPush(HttpsFetch fetch, MailExchangers names) {
        this.fetch = fetch;
        this.names = names;
    }

    @Override
    public Answer post(URI service, Map<String, String> fields, byte[] body) throws IOException {
        try {
            Domain host = Domain.parse(service.getHost());
            String way = service.getRawPath();
            String query = service.getRawQuery();
            String path = (way.isEmpty() ? "/" : way) + (query == null ? "" : "?" + query);
            HttpsFetch.Status status =
                    fetch.send(host, addresses(host), new HttpsFetch.Notice(path, fields, body));
            return new Answer(status.code(), status.retryAfter());
        } catch (SyntaxFault | IllegalArgumentException odd) {
            throw new IOException("no address of a push service", odd);
        }
    }

    private List<InetSocketAddress> addresses(Domain host) throws IOException {
        return switch (names.addresses(host, HTTPS_PORT)) {
            case MailExchangers.Found(var found) -> {
                List<InetSocketAddress> all = new ArrayList<>();
                found.forEach(each -> all.addAll(each.addresses()));
                yield all;
            }
            case MailExchangers.NullMx _, MailExchangers.NoSuchDomain _ ->
                    throw new IOException(host + " has no address");
            case MailExchangers.Unreachable(String why) -> throw new IOException(why);
        };
    }
}
