package org.facteur.main;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.facteur.edge.web.RemotePictures;
import org.facteur.net.dns.MailExchangers;
import org.facteur.net.fetch.HttpsFetch;
import org.facteur.wire.address.Domain;

/// Pictures of other sites, fetched with the guard of [HttpsFetch] at each step. Any thread.
final class WebPictures implements RemotePictures {
    private static final int HTTPS_PORT = 443;
    private static final int MOST_STEPS = 4;
    private static final String TYPES = "image/webp,image/png,image/jpeg,image/gif";

    private final HttpsFetch fetch;
    private final MailExchangers names;

    WebPictures(HttpsFetch fetch, MailExchangers names) {
        this.fetch = fetch;
        this.names = names;
    }

    @Override
    public byte[] fetch(Domain host, String path, int mostBytes) throws IOException {
        Domain at = host;
        String asked = path;
        for (int step = 0; step < MOST_STEPS; step++) {
            try {
                return fetch.get(at, addresses(at), new HttpsFetch.Wish(asked, TYPES, mostBytes));
            } catch (HttpsFetch.Elsewhere moved) {
                URI next = next(at, asked, moved.location());
                at = Domain.parse(next.getHost());
                String query = next.getRawQuery();
                String way = next.getRawPath();
                asked = (way.isEmpty() ? "/" : way) + (query == null ? "" : "?" + query);
            } catch (IllegalArgumentException odd) {
                throw new IOException("no address", odd);
            }
        }
        throw new IOException("it lies elsewhere again and again");
    }

    private static URI next(Domain at, String asked, String location) throws IOException {
        try {
            URI next = URI.create("https://" + at + asked).resolve(URI.create(location));
            boolean usable =
                    "https".equals(next.getScheme())
                            && next.getHost() != null
                            && next.getPort() < 0
                            && next.getRawPath() != null;
            if (!usable) {
                throw new IOException("it lies where it is not fetched from");
            }
            return next;
        } catch (IllegalArgumentException odd) {
            throw new IOException("no address", odd);
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
