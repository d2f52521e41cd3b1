package org.facteur.net.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.facteur.net.listen.Network;
import org.facteur.net.listen.OutgoingConnection;
import org.facteur.net.tls.ClientContexts;
import org.facteur.net.tls.PeerTrust;
import org.facteur.net.tls.Protection;
import org.facteur.net.tls.TlsFault;
import org.facteur.wire.address.Domain;
import org.facteur.wire.text.LineFault;
import org.facteur.wire.text.LineReader;
import org.facteur.wire.text.Octets;

/// Fetches small documents. Any thread; waits for the network.
public final class HttpsFetch {
    private static final Duration ALL = Duration.ofSeconds(10);
    private static final int LONGEST_BODY = 64 * 1024;
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int MOST_LINES = 100;

    private final Network network;
    private final ClientContexts tls;
    private final PeerTrust trust;
    private final Predicate<InetAddress> reachable;

    /// @param reachable which addresses may be called; [#isGlobal] but in tests
    public HttpsFetch(
            Network network,
            ClientContexts tls,
            PeerTrust trust,
            Predicate<InetAddress> reachable) {
        this.network = network;
        this.tls = tls;
        this.trust = trust;
        this.reachable = reachable;
    }

    /// Whether an address is one that everybody reaches: nothing of this machine, of its network,
    /// of a private one or of a group (RFC 6890 §2.2).
    public static boolean isGlobal(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] octets = address.getAddress();
        int first = octets[0] & 0xFF;
        int second = octets[1] & 0xFF;
        if (octets.length == 4) {
            boolean shared = first == 100 && second >= 64 && second < 128;
            boolean benchmark = first == 198 && (second == 18 || second == 19);
            boolean protocol = first == 192 && second == 0;
            return first != 0 && first < 240 && !shared && !benchmark && !protocol;
        }
        boolean unique = (first & 0xFE) == 0xFC;
        boolean global = (first & 0xE0) == 0x20;
        boolean translated = first == 0x20 && second == 0x02;
        return global && !unique && !translated;
    }

    /// Gets one document.
    ///
    /// @param addresses of the host; the first that may be called is
    /// @return its body
    /// @throws IOException for anything else than a plain 200 in time from the host itself
    public byte[] get(Domain host, Iterable<InetSocketAddress> addresses, String path)
            throws IOException {
        return exchange(
                host,
                addresses,
                ("GET "
                                + path
                                + " HTTP/1.1\r\nHost: "
                                + host
                                + "\r\nAccept: text/plain\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII),
                new Expected(" 200", LONGEST_BODY));
    }

    /// What is asked for.
    ///
    /// @param path with its query; printable ASCII without blanks
    /// @param accept media types
    /// @param mostBytes of the body
    public record Wish(String path, String accept, int mostBytes) {
        public Wish {
            if (!path.startsWith("/") || !path.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new IllegalArgumentException("a path");
            }
            if (!accept.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                throw new IllegalArgumentException("media types");
            }
        }
    }

    /// Gets one document of another size or kind.
    ///
    /// @param addresses of the host; the first that may be called is
    /// @return its body
    /// @throws Elsewhere when it lies at another address
    /// @throws IOException for anything else than a plain 200 in time from the host itself
    public byte[] get(Domain host, Iterable<InetSocketAddress> addresses, Wish wish)
            throws IOException {
        byte[] request =
                ("GET "
                                + wish.path()
                                + " HTTP/1.1\r\nHost: "
                                + host
                                + "\r\nAccept: "
                                + wish.accept()
                                + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        return exchange(host, addresses, request, new Expected(" 200", wish.mostBytes()));
    }

    /// The document lies elsewhere (RFC 9110 §15.4). Whoever wants it there asks there.
    public static final class Elsewhere extends IOException {
        private static final long serialVersionUID = 1;
        private final String location;

        Elsewhere(String location) {
            super("it lies elsewhere");
            this.location = location;
        }

        /// What the Location field said; anything.
        public String location() {
            return location;
        }
    }

    /// @param status beginning after `HTTP/1.x`
    private record Expected(String status, int mostBytes) {}

    /// A document to hand over.
    ///
    /// @param path printable ASCII without blanks
    /// @param type its media type
    public record Post(String path, String type, Octets octets) {
        public Post {
            if (!path.startsWith("/") || !path.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new IllegalArgumentException("a path");
            }
            if (!type.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new IllegalArgumentException("a media type");
            }
            java.util.Objects.requireNonNull(octets);
        }
    }

    /// Hands one document over.
    ///
    /// @throws IOException for anything else than a 2xx in time from the host itself
    public void post(Domain host, Iterable<InetSocketAddress> addresses, Post post)
            throws IOException {
        byte[] head =
                ("POST "
                                + post.path()
                                + " HTTP/1.1\r\nHost: "
                                + host
                                + "\r\nContent-Type: "
                                + post.type()
                                + "\r\nContent-Length: "
                                + post.octets().length()
                                + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + post.octets().length());
        System.arraycopy(post.octets().toArray(), 0, request, head.length, post.octets().length());
        exchange(host, addresses, request, new Expected(" 2", LONGEST_BODY));
    }

    /// Something to hand over of which the answer's status alone matters.
    ///
    /// @param path printable ASCII without blanks
    /// @param fields of the request, besides Host, Content-Length and Connection
    /// @param octets belong to the record
    @SuppressWarnings("ArrayRecordComponent")
    public record Notice(String path, Map<String, String> fields, byte[] octets) {
        public Notice {
            if (!path.startsWith("/") || !path.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new IllegalArgumentException("a path");
            }
            fields = Map.copyOf(fields);
            fields.forEach(
                    (name, value) -> {
                        if (!(name + value).chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                            throw new IllegalArgumentException("a field");
                        }
                    });
            Objects.requireNonNull(octets);
        }
    }

    /// What was answered to a notice.
    ///
    /// @param retryAfter when to come again, where that was said in seconds; zero otherwise
    public record Status(int code, Duration retryAfter) {
        public Status {
            Objects.requireNonNull(retryAfter);
        }
    }

    /// Hands a notice over.
    ///
    /// @param addresses of the host; the first that may be called is
    /// @throws IOException where there is no answer of HTTP in time from the host itself
    public Status send(Domain host, Iterable<InetSocketAddress> addresses, Notice notice)
            throws IOException {
        StringBuilder head = new StringBuilder("POST ").append(notice.path());
        head.append(" HTTP/1.1\r\nHost: ").append(host);
        notice.fields()
                .forEach(
                        (name, value) ->
                                head.append("\r\n").append(name).append(": ").append(value));
        head.append("\r\nContent-Length: ").append(notice.octets().length);
        head.append("\r\nConnection: close\r\n\r\n");
        byte[] first = head.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(first, first.length + notice.octets().length);
        System.arraycopy(notice.octets(), 0, request, first.length, notice.octets().length);
        return call(host, addresses, request, HttpsFetch::status);
    }

    // status-line = HTTP-version SP status-code SP [ reason-phrase ]
    private static Status status(LineReader in) throws IOException {
        String line = line(in);
        if (!line.startsWith("HTTP/1.") || line.length() < 12) {
            throw new IOException("no answer of HTTP");
        }
        int code = (int) number(line.substring(9, 12), 10, 999);
        for (int i = 0; i < MOST_LINES; i++) {
            String field = line(in).toLowerCase(Locale.ROOT);
            if (field.isEmpty()) {
                break;
            }
            if (field.startsWith("retry-after:")) {
                return new Status(code, seconds(field.substring(12).strip()));
            }
        }
        return new Status(code, Duration.ZERO);
    }

    private static Duration seconds(String text) {
        long seconds = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i > 6) {
                return Duration.ZERO;
            }
            seconds = seconds * 10 + digit;
        }
        return Duration.ofSeconds(seconds);
    }

    private byte[] exchange(
            Domain host, Iterable<InetSocketAddress> addresses, byte[] request, Expected wanted)
            throws IOException {
        return call(host, addresses, request, in -> answer(in, wanted));
    }

    /// Reads an answer.
    private interface Reading<T> {
        T from(LineReader in) throws IOException;
    }

    private <T> T call(
            Domain host, Iterable<InetSocketAddress> addresses, byte[] request, Reading<T> reading)
            throws IOException {
        InetSocketAddress chosen = null;
        for (InetSocketAddress address : addresses) {
            if (!reachable.test(address.getAddress())) {
                throw new IOException("an address of " + host + " is not for everybody");
            }
            chosen = chosen == null ? address : chosen;
        }
        if (chosen == null) {
            throw new IOException(host + " has no address");
        }
        try (OutgoingConnection connection = network.connect(chosen, ALL)) {
            connection.deadline(ALL);
            connection.startTlsAsClient(tls.opportunistic(host.name()));
            connection.deadline(ALL);
            Optional<TlsFault> fault =
                    new Protection.Trusted(trust).fault(connection.peerCertificates(), host.name());
            if (fault.isPresent()) {
                throw new IOException(
                        "the certificate of " + host + " does not do: " + fault.get().keyword());
            }
            connection.output().write(request);
            connection.flush();
            return reading.from(connection.input());
        } catch (LineFault odd) {
            throw new IOException(host + " does not speak HTTP", odd);
        }
    }

    // status-line = HTTP-version SP status-code SP [ reason-phrase ]
    private static byte[] answer(LineReader in, Expected wanted) throws IOException {
        String status = line(in);
        boolean moved = status.startsWith("HTTP/1.") && status.startsWith(" 30", 8);
        if (!moved && (!status.startsWith("HTTP/1.") || !status.startsWith(wanted.status(), 8))) {
            throw new IOException("the answer was " + status);
        }
        long length = -1;
        boolean chunked = false;
        for (int i = 0; i < MOST_LINES; i++) {
            String written = line(in);
            String field = written.toLowerCase(Locale.ROOT);
            if (field.isEmpty()) {
                if (moved) {
                    throw new IOException("the answer was " + status);
                }
                return chunked
                        ? chunks(in, wanted.mostBytes())
                        : plain(in, length, wanted.mostBytes());
            }
            if (moved && field.startsWith("location:")) {
                throw new Elsewhere(written.substring(9).strip());
            }
            if (field.startsWith("content-length:")) {
                length = number(field.substring(15).strip(), 10, wanted.mostBytes());
            } else if (field.startsWith("transfer-encoding:")) {
                chunked = field.substring(18).strip().equals("chunked");
            }
        }
        throw new IOException("too many header lines");
    }

    private static String line(LineReader in) throws IOException {
        byte[] line = in.readLine(LONGEST_LINE);
        if (line == null) {
            throw new IOException("the answer ends early");
        }
        return new String(line, StandardCharsets.ISO_8859_1);
    }

    private static long number(String digits, int radix, int most) throws IOException {
        try {
            long number = Long.parseLong(digits, radix);
            if (number < 0 || number > most) {
                throw new IOException("too long a body");
            }
            return number;
        } catch (NumberFormatException odd) {
            throw new IOException("a length that is none", odd);
        }
    }

    private static byte[] plain(LineReader in, long length, int most) throws IOException {
        if (length >= 0) {
            byte[] body = new byte[(int) length];
            in.readFully(body, 0, body.length);
            return body;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        for (int some = in.read(piece, 0, piece.length);
                some >= 0;
                some = in.read(piece, 0, piece.length)) {
            body.write(piece, 0, some);
            if (body.size() > most) {
                throw new IOException("too long a body");
            }
        }
        return body.toByteArray();
    }

    // chunked-body = *chunk last-chunk trailer-section CRLF
    private static byte[] chunks(LineReader in, int most) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String head = line(in);
            int end = head.indexOf(';');
            int length = (int) number((end < 0 ? head : head.substring(0, end)).strip(), 16, most);
            if (length == 0) {
                return body.toByteArray();
            }
            byte[] chunk = new byte[length];
            in.readFully(chunk, 0, length);
            body.write(chunk, 0, length);
            if (body.size() > most || !line(in).isEmpty()) {
                throw new IOException("a broken body");
            }
        }
    }
}
