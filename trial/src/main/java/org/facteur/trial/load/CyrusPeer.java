package org.facteur.trial.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Cyrus as Debian builds it, unpacked beside the system; process limits raised, any password.
final class CyrusPeer implements Peer {
    private static final String OWNER = "mail";
    private static final List<String> DIRECTORIES =
            List.of(
                    "conf",
                    "conf/socket",
                    "conf/proc",
                    "conf/log",
                    "conf/msg",
                    "conf/quota",
                    "conf/user",
                    "conf/sieve",
                    "conf/db",
                    "conf/lock",
                    "spool");

    /// Where Debian's packages were unpacked.
    private static final Path ROOT =
            Path.of(System.getProperty("facteur.peers", "/opt/facteur-peers"));

    private final Doors doors;
    private final Endpoint imaps;
    private final Process process;

    private CyrusPeer(Doors doors, Endpoint imaps, Process process) {
        this.doors = doors;
        this.imaps = imaps;
        this.process = process;
    }

    /// Whether it is there.
    static boolean installed() {
        return Files.isExecutable(program("master"));
    }

    private static Path program(String name) {
        return ROOT.resolve("usr/lib/cyrus/bin").resolve(name);
    }

    static CyrusPeer start(Path home) throws IOException {
        for (String name : DIRECTORIES) {
            Files.createDirectories(home.resolve(name));
        }
        Doors doors =
                new Doors(null, Children.freePort(), Children.freePort(), Children.freePort());
        Endpoint imaps = Children.freePort();
        Certified certified = Certified.make(home, OWNER);
        Path settings = home.resolve("imapd.conf");
        Files.writeString(
                settings,
                SETTINGS.formatted(home, OWNER, certified.certificate(), certified.key()));
        Path services = home.resolve("cyrus.conf");
        Files.writeString(
                services,
                SERVICES.formatted(
                        program("").toString(),
                        settings,
                        doors.imap().port(),
                        imaps.port(),
                        doors.lmtp().port()));
        own(home);
        Path log = home.resolve("cyrus.out");
        String libraries =
                ROOT.resolve("usr/lib/x86_64-linux-gnu")
                        + ":"
                        + ROOT.resolve("lib/x86_64-linux-gnu");
        Process process =
                Children.start(
                        log,
                        Map.of("LD_LIBRARY_PATH", libraries),
                        List.of(
                                program("master").toString(),
                                "-C",
                                settings.toString(),
                                "-M",
                                services.toString(),
                                "-D",
                                "-p",
                                home.resolve("master.pid").toString()));
        Children.awaitBanner(doors.imap(), process, log);
        return new CyrusPeer(doors, imaps, process);
    }

    private static void own(Path home) throws IOException {
        UserPrincipal owner =
                home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(OWNER);
        try (Stream<Path> inside = Files.walk(home)) {
            for (Path path : inside.toList()) {
                Files.setOwner(path, owner);
            }
        }
    }

    /// Home, owner, certificate, key.
    private static final String SETTINGS =
            """
            configdirectory: %1$s/conf
            partition-default: %1$s/spool
            defaultpartition: default
            cyrus_user: %2$s
            cyrus_group: %2$s
            sasl_pwcheck_method: alwaystrue
            sasl_mech_list: PLAIN
            allowplaintext: yes
            virtdomains: userid
            defaultdomain: example.org
            unixhierarchysep: yes
            altnamespace: yes
            autocreate_quota: 0
            autocreate_post: yes
            lmtp_downcase_rcpt: yes
            idlesocket: %1$s/conf/socket/idle
            lmtpsocket: %1$s/conf/socket/lmtp
            maxlogins_per_host: 0
            duplicatesuppression: 0
            tls_server_cert: %3$s
            tls_server_key: %4$s
            """;

    /// Programs, settings, ports of IMAP, IMAPS and LMTP.
    private static final String SERVICES =
            """
            START {
              recover cmd="%1$s/ctl_cyrusdb -C %2$s -r"
              idled cmd="%1$s/idled -C %2$s"
            }
            SERVICES {
              imap cmd="%1$s/imapd -U 30 -C %2$s" listen="127.0.0.1:%3$d" prefork=2 maxchild=4000
              imaps cmd="%1$s/imapd -s -U 30 -C %2$s" listen="127.0.0.1:%4$d" prefork=2 maxchild=4000
              lmtp cmd="%1$s/lmtpd -a -C %2$s" listen="127.0.0.1:%5$d" prefork=2 maxchild=100
            }
            EVENTS {
            }
            """;

    @Override
    public String name() {
        return "Cyrus";
    }

    @Override
    public Doors doors() {
        return doors;
    }

    @Override
    public @Nullable Endpoint imaps() {
        return imaps;
    }

    @Override
    public List<ProcessTree> processes() {
        return List.of(new ProcessTree(process.pid()));
    }

    @Override
    public void close() throws IOException {
        Children.end(process);
    }
}
