package org.facteur.trial.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Postfix, which hands every letter to a Dovecot of its own by LMTP. Process limits are raised.
final class PostfixPeer implements Peer {
    private final Endpoint smtp;
    private final DovecotPeer dovecot;
    private final Process process;

    private PostfixPeer(Endpoint smtp, DovecotPeer dovecot, Process process) {
        this.smtp = smtp;
        this.dovecot = dovecot;
        this.process = process;
    }

    /// Needs root, as Postfix does.
    static PostfixPeer start(Path home, Boxes boxes, int sink) throws IOException {
        DovecotPeer dovecot = DovecotPeer.start(Children.directory(home, "dovecot"), boxes);
        @Nullable Process started = null;
        try {
            Endpoint smtp = Children.freePort();
            Path config = Children.directory(home, "etc");
            Path data = Children.directory(home, "data");
            Children.directory(home, "queue");
            Files.setOwner(
                    data,
                    data.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName("postfix"));
            StringBuilder known = new StringBuilder();
            boxes.addresses().forEach(address -> known.append(address).append(" here\n"));
            Files.writeString(config.resolve("boxes"), known);
            Files.writeString(
                    config.resolve("main.cf"), main(home, boxes, dovecot.doors().lmtp(), sink));
            Files.writeString(config.resolve("master.cf"), master(smtp));
            copyDynamicMaps(config);
            Path log = home.resolve("postfix.out");
            started =
                    Children.start(
                            log, Map.of(), List.of("postfix", "-c", config.toString(), "start-fg"));
            Children.awaitBanner(smtp, started, log);
            return new PostfixPeer(smtp, dovecot, started);
        } catch (IOException | RuntimeException failed) {
            if (started != null) {
                started.destroy();
            }
            dovecot.close();
            throw failed;
        }
    }

    /// Debian's Postfix looks for this beside its main file.
    private static void copyDynamicMaps(Path config) throws IOException {
        Path original = Path.of("/etc/postfix/dynamicmaps.cf");
        if (Files.exists(original)) {
            Files.copy(original, config.resolve("dynamicmaps.cf"));
        }
    }

    private static String main(Path home, Boxes boxes, Endpoint lmtp, int sink) {
        return """
        compatibility_level = 3.6
        import_environment = MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ LD_PRELOAD SYNC_MICROS
        queue_directory = %1$s/queue
        data_directory = %1$s/data
        command_directory = /usr/sbin
        daemon_directory = /usr/lib/postfix/sbin
        maillog_file = %1$s/postfix.log
        maillog_file_prefixes = %1$s
        mail_owner = postfix
        setgid_group = postdrop
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        myhostname = mail.%2$s
        mydestination =
        local_recipient_maps =
        alias_maps =
        alias_database =
        virtual_mailbox_domains = %2$s
        virtual_mailbox_maps = texthash:%1$s/etc/boxes
        virtual_transport = lmtp:inet:127.0.0.1:%3$d
        mynetworks = 127.0.0.0/8
        smtpd_relay_restrictions = permit_mynetworks, reject
        default_process_limit = 256
        virtual_alias_maps = inline:{ { away@%2$s = outside@relay.example } }
        transport_maps = inline:{ { relay.example = relay:[127.0.0.1]:%4$d } }
        relay_destination_concurrency_limit = 64
        lmtp_destination_concurrency_limit = 64
        initial_destination_concurrency = 64
        """
                .formatted(home, boxes.domain(), lmtp.port(), sink);
    }

    private static String master(Endpoint smtp) {
        StringBuilder services = new StringBuilder();
        services.append("127.0.0.1:").append(smtp.port()).append(" inet n - n - - smtpd\n");
        Stream.of(
                        "pickup unix n - n 60 1 pickup",
                        "cleanup unix n - n - 0 cleanup",
                        "qmgr unix n - n 300 1 qmgr",
                        "tlsmgr unix - - n 1000? 1 tlsmgr",
                        "rewrite unix - - n - - trivial-rewrite",
                        "bounce unix - - n - 0 bounce",
                        "defer unix - - n - 0 bounce",
                        "trace unix - - n - 0 bounce",
                        "verify unix - - n - 1 verify",
                        "flush unix n - n 1000? 0 flush",
                        "proxymap unix - - n - - proxymap",
                        "proxywrite unix - - n - 1 proxymap",
                        "smtp unix - - n - - smtp",
                        "relay unix - - n - - smtp",
                        "showq unix n - n - - showq",
                        "error unix - - n - - error",
                        "retry unix - - n - - error",
                        "discard unix - - n - - discard",
                        "local unix - n n - - local",
                        "virtual unix - n n - - virtual",
                        "lmtp unix - - n - - lmtp",
                        "anvil unix - - n - 1 anvil",
                        "scache unix - - n - 1 scache",
                        "postlog unix-dgram n - n - 1 postlogd")
                .forEach(service -> services.append(service).append('\n'));
        return services.toString();
    }

    @Override
    public String name() {
        return "Postfix chain";
    }

    @Override
    public Doors doors() {
        Doors inner = dovecot.doors();
        return new Doors(smtp, inner.lmtp(), inner.imap(), inner.pop3());
    }

    @Override
    public List<ProcessTree> processes() {
        return Stream.concat(
                        Stream.of(new ProcessTree(process.pid())), dovecot.processes().stream())
                .toList();
    }

    @Override
    public void close() throws IOException {
        // The process we started is not always the master: it may leave it behind.
        List<ProcessHandle> under = process.descendants().toList();
        try {
            Children.end(process);
            under.forEach(ProcessHandle::destroy);
        } finally {
            dovecot.close();
        }
    }
}
