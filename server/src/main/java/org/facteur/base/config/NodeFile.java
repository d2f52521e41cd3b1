package org.facteur.base.config;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// What a node file says. Everything in it may be absent.
///
/// @param hostname who the node is, or null to find out
/// @param listen addresses by service; an empty list is "off", an absent service its default
/// @param sockets files to listen on by service; LMTP alone has them
/// @param proxies who says by the PROXY protocol whom it brings
/// @param dnsServers resolvers to ask, or empty for the machine's own
/// @param filter who is asked about letters before they are accepted, or null for nobody
/// @param tls certificates with their keys, the first for peers that name no host or one we do not
///   know; empty for a self-signed pair
public record NodeFile(
        @Nullable String hostname,
        Map<Service, List<InetSocketAddress>> listen,
        Map<Service, List<Path>> sockets,
        List<AddressRange> proxies,
        List<InetSocketAddress> dnsServers,
        @Nullable Filter filter,
        List<TlsFiles> tls) {
    public static final NodeFile EMPTY = plain(null, Map.of(), List.of(), List.of());

    private static final String UNIX = "unix:";

    private static final int DNS_PORT = 53;

    /// A filter that speaks the milter protocol.
    ///
    /// @param address of a port, or of a socket file
    /// @param acceptWhenDown whether letters are taken while it is down; otherwise they are to be
    ///   brought again
    public record Filter(SocketAddress address, boolean acceptWhenDown) {
        public Filter {
            Objects.requireNonNull(address);
        }
    }

    /// Both PEM; relative names count from the node file's directory.
    public record TlsFiles(Path certificate, Path key) {
        public TlsFiles {
            Objects.requireNonNull(certificate);
            Objects.requireNonNull(key);
        }
    }

    public NodeFile {
        listen = Map.copyOf(listen);
        sockets = Map.copyOf(sockets);
        proxies = List.copyOf(proxies);
        dnsServers = List.copyOf(dnsServers);
        tls = List.copyOf(tls);
    }

    /// A node without sockets in the file system and without proxies.
    public static NodeFile plain(
            @Nullable String hostname,
            Map<Service, List<InetSocketAddress>> listen,
            List<InetSocketAddress> dnsServers,
            List<TlsFiles> tls) {
        return new NodeFile(hostname, listen, Map.of(), List.of(), dnsServers, null, tls);
    }

    /// Reads a file.
    ///
    /// @throws ConfigFault for a file that cannot be read, broken TOML, an unknown name or a value
    ///   of the wrong form
    public static NodeFile read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException _) {
            throw new ConfigFault(
                    file + " cannot be read.", "Le fichier " + file + " ne peut pas être lu.");
        }
        Path directory = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
        return parse(text, directory);
    }

    /// @param directory from which relative file names count
    public static NodeFile parse(String text, Path directory) {
        TomlParseResult toml = Toml.parse(text);
        if (toml.hasErrors()) {
            var first = toml.errors().getFirst();
            throw at(
                    first.position(),
                    String.valueOf(first.getMessage()),
                    "TOML invalide : " + first.getMessage());
        }
        allow(toml, Set.of("hostname", "listen", "proxy", "dns", "milter", "tls"));
        Map<Service, List<InetSocketAddress>> listen = new EnumMap<>(Service.class);
        Map<Service, List<Path>> sockets = new EnumMap<>(Service.class);
        table(toml, "listen").ifPresent(table -> readListen(table, directory, listen, sockets));
        List<AddressRange> proxies =
                table(toml, "proxy").map(NodeFile::readProxy).orElse(List.of());
        List<InetSocketAddress> servers = new ArrayList<>();
        table(toml, "dns").ifPresent(table -> readDns(table, servers));
        Filter filter =
                table(toml, "milter").map(table -> readFilter(table, directory)).orElse(null);
        List<TlsFiles> tls =
                table(toml, "tls").map(table -> readTls(table, directory)).orElse(List.of());
        return new NodeFile(
                string(toml, "hostname"), listen, sockets, proxies, servers, filter, tls);
    }

    private static void readListen(
            TomlTable table,
            Path directory,
            Map<Service, List<InetSocketAddress>> listen,
            Map<Service, List<Path>> sockets) {
        for (String key : table.keySet()) {
            Service service =
                    Service.find(key).orElseThrow(() -> unknown(position(table, key), key));
            List<String> texts = texts(table, key);
            TomlPosition position = position(table, key);
            List<Path> files =
                    texts.stream()
                            .filter(text -> text.startsWith(UNIX))
                            .map(text -> directory.resolve(text.substring(UNIX.length())))
                            .toList();
            if (!files.isEmpty() && service != Service.LMTP) {
                throw at(
                        position,
                        "only lmtp can listen on a file.",
                        "seul lmtp peut écouter sur un fichier.");
            }
            sockets.put(service, files);
            listen.put(
                    service,
                    texts.stream()
                            .filter(text -> !text.startsWith(UNIX))
                            .map(text -> address(text, position))
                            .toList());
        }
    }

    private static List<AddressRange> readProxy(TomlTable table) {
        allow(table, Set.of("from"));
        TomlPosition position = position(table, "from");
        return texts(table, "from").stream()
                .map(
                        text ->
                                AddressRange.parse(text)
                                        .orElseThrow(
                                                () ->
                                                        at(
                                                                position,
                                                                "\""
                                                                        + text
                                                                        + "\" is not of the form"
                                                                        + " address/bits.",
                                                                "« "
                                                                        + text
                                                                        + " » n'est pas de la forme"
                                                                        + " adresse/bits.")))
                .toList();
    }

    private static Filter readFilter(TomlTable table, Path directory) {
        allow(table, Set.of("address", "when-down"));
        TomlPosition position = position(table, "address");
        List<String> addresses = texts(table, "address");
        String down = Objects.requireNonNullElse(string(table, "when-down"), "tempfail");
        if (addresses.size() != 1 || !Set.of("tempfail", "accept").contains(down)) {
            throw at(
                    position,
                    "[milter] has one address; when-down is \"tempfail\" or \"accept\".",
                    "[milter] a une adresse ; when-down vaut « tempfail » ou « accept ».");
        }
        String text = addresses.getFirst();
        return new Filter(
                text.startsWith(UNIX)
                        ? UnixDomainSocketAddress.of(
                                directory.resolve(text.substring(UNIX.length())))
                        : address(text, position),
                down.equals("accept"));
    }

    private static void readDns(TomlTable table, List<InetSocketAddress> servers) {
        allow(table, Set.of("servers"));
        if (table.contains("servers")) {
            TomlPosition position = position(table, "servers");
            texts(table, "servers").forEach(text -> servers.add(address(text, position)));
        }
    }

    /// One pair, or two lists of the same length: a certificate and, at the same place, its key.
    private static List<TlsFiles> readTls(TomlTable table, Path directory) {
        allow(table, Set.of("certificate", "key"));
        if (!table.contains("certificate") || !table.contains("key")) {
            throw new ConfigFault(
                    "[tls] needs both certificate and key.",
                    "[tls] demande à la fois certificate et key.");
        }
        List<String> certificates = texts(table, "certificate");
        List<String> keys = texts(table, "key");
        if (certificates.size() != keys.size() || certificates.isEmpty()) {
            throw at(
                    position(table, "key"),
                    "[tls] needs as many keys as certificates, in the same order.",
                    "[tls] demande autant de clés que de certificats, dans le même ordre.");
        }
        List<TlsFiles> pairs = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            pairs.add(
                    new TlsFiles(
                            directory.resolve(certificates.get(i)),
                            directory.resolve(keys.get(i))));
        }
        return pairs;
    }

    /// A text, a list of these, or "off" for none.
    private static List<String> texts(TomlTable table, String key) {
        Object value = table.get(List.of(key));
        TomlPosition position = position(table, key);
        return switch (value) {
            case String text when text.equals("off") -> List.of();
            case String text -> List.of(text);
            case TomlArray array -> {
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < array.size(); i++) {
                    if (!(array.get(i) instanceof String text)) {
                        throw form(position, key);
                    }
                    texts.add(text);
                }
                yield List.copyOf(texts);
            }
            case null, default -> throw form(position, key);
        };
    }

    /// A numeric address and a port; an IPv6 address in brackets; `*` for every address.
    private static InetSocketAddress address(String text, @Nullable TomlPosition position) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        String host = colon < 0 || text.endsWith("]") ? text : text.substring(0, colon);
        String digits = colon < 0 || text.endsWith("]") ? "" + DNS_PORT : text.substring(colon + 1);
        if (bracketed && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = port(digits);
        boolean numeric =
                host.equals("*") || host.matches("[0-9.]+") || (bracketed && host.contains(":"));
        if (port < 0 || !(numeric || host.equals("localhost"))) {
            throw at(
                    position,
                    "\"" + text + "\" is not of the form address:port.",
                    "« " + text + " » n'est pas de la forme adresse:port.");
        }
        return host.equals("*")
                ? new InetSocketAddress(port)
                : new InetSocketAddress(host.equals("localhost") ? "127.0.0.1" : host, port);
    }

    private static int port(String digits) {
        try {
            int port = Integer.parseInt(digits);
            return port > 65_535 ? -1 : port;
        } catch (NumberFormatException notOne) {
            return -1;
        }
    }

    private static Optional<TomlTable> table(TomlTable in, String key) {
        Object value = in.get(List.of(key));
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof TomlTable table) {
            return Optional.of(table);
        }
        throw form(position(in, key), key);
    }

    private static @Nullable String string(TomlTable in, String key) {
        Object value = in.get(List.of(key));
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw form(position(in, key), key);
    }

    private static void allow(TomlTable table, Set<String> names) {
        for (String key : table.keySet()) {
            if (!names.contains(key)) {
                throw unknown(position(table, key), key);
            }
        }
    }

    private static @Nullable TomlPosition position(TomlTable table, String key) {
        return table.inputPositionOf(List.of(key));
    }

    private static ConfigFault unknown(@Nullable TomlPosition position, String key) {
        return at(
                position,
                "\"" + key + "\" is not a setting of the node file.",
                "« " + key + " » n'est pas un réglage du fichier de nœud.");
    }

    private static ConfigFault form(@Nullable TomlPosition position, String key) {
        return at(
                position,
                "the value of \"" + key + "\" has the wrong form.",
                "la valeur de « " + key + " » n'a pas la bonne forme.");
    }

    private static ConfigFault at(@Nullable TomlPosition position, String english, String french) {
        if (position == null) {
            return new ConfigFault(english, french);
        }
        return new ConfigFault(
                "line " + position.line() + ": " + english,
                "ligne " + position.line() + " : " + french);
    }
}
