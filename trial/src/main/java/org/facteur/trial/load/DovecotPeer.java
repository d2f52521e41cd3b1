package org.facteur.trial.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Dovecot, its synchronous writes as delivered, process limits raised.
final class DovecotPeer implements Peer {
    /// Debian has a user and group of this name in every installation.
    private static final String OWNER = "mail";

    private final Doors doors;
    private final Endpoint imaps;
    private final Process process;

    private DovecotPeer(Doors doors, Endpoint imaps, Process process) {
        this.doors = doors;
        this.imaps = imaps;
        this.process = process;
    }

    /// How it keeps letters.
    enum Storage {
        MAILDIR("maildir:~/Maildir"),
        SDBOX("sdbox:~/sdbox");

        private final String location;

        Storage(String location) {
            this.location = location;
        }
    }

    static DovecotPeer start(Path home, Boxes boxes) throws IOException {
        return start(home, boxes, Storage.MAILDIR);
    }

    static DovecotPeer start(Path home, Boxes boxes, Storage storage) throws IOException {
        Path mail = Children.directory(home, "mail");
        UserPrincipal owner =
                mail.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(OWNER);
        Files.setOwner(mail, owner);
        Doors doors =
                new Doors(null, Children.freePort(), Children.freePort(), Children.freePort());
        Endpoint imaps = Children.freePort();
        Certified certified = Certified.make(home, OWNER);
        String more =
                ENCRYPTED.formatted(
                        certified.certificate(), certified.key(), imaps.port(), storage.location);
        Path config =
                Files.writeString(
                        home.resolve("dovecot.conf"), config(home, mail, doors, boxes) + more);
        Path log = home.resolve("dovecot.out");
        Process process =
                Children.start(log, Map.of(), List.of("dovecot", "-F", "-c", config.toString()));
        Children.awaitBanner(doors.lmtp(), process, log);
        Children.awaitBanner(doors.imap(), process, log);
        return new DovecotPeer(doors, imaps, process);
    }

    /// Home, password, owner, mail, ports of LMTP, IMAP and POP3.
    private static final String CONFIG =
            """
            protocols = imap lmtp pop3
            listen = 127.0.0.1
            base_dir = %1$s/run
            state_dir = %1$s/state
            log_path = %1$s/dovecot.log
            disable_plaintext_auth = no
            first_valid_uid = 1
            mail_max_userip_connections = 10000
            import_environment = TZ LD_PRELOAD SYNC_MICROS
            default_process_limit = 512
            default_client_limit = 2048
            passdb {
              driver = static
              args = password=%2$s
            }
            userdb {
              driver = static
              args = uid=%3$s gid=%3$s home=%4$s/%%n allow_all_users=yes
            }
            service lmtp {
              inet_listener lmtp {
                port = %5$d
              }
            }
            service imap-login {
              service_count = 0
              process_min_avail = 2
              inet_listener imap {
                port = %6$d
              }
            }
            service pop3-login {
              service_count = 0
              process_min_avail = 2
              inet_listener pop3 {
                port = %7$d
              }
              inet_listener pop3s {
                port = 0
              }
            }
            service imap {
              process_limit = 8192
            }
            service pop3 {
              process_limit = 1024
            }
            namespace inbox {
              inbox = yes
            }
            """;

    /// Certificate, key, port of IMAPS, where letters lie.
    private static final String ENCRYPTED =
            """
            ssl = yes
            ssl_cert = <%s
            ssl_key = <%s
            service imap-login {
              inet_listener imaps {
                port = %d
              }
            }
            mail_location = %s
            """;

    private static String config(Path home, Path mail, Doors doors, Boxes boxes) {
        return CONFIG.formatted(
                home,
                boxes.password(),
                OWNER,
                mail,
                doors.lmtp().port(),
                doors.imap().port(),
                doors.pop3().port());
    }

    @Override
    public String name() {
        return "Dovecot LMTP";
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
