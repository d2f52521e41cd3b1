package org.facteur.main;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.facteur.base.config.NodeFile;
import org.facteur.base.config.Service;
import org.facteur.base.config.Setting;
import org.facteur.base.event.EventSink;
import org.facteur.base.forks.Forks;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Door;
import org.facteur.core.login.Password;
import org.facteur.move.file.FileImport;
import org.facteur.move.file.ImportOptions;
import org.facteur.move.file.ImportReport;
import org.facteur.net.dns.MailExchangers;
import org.facteur.net.listen.Admission;
import org.facteur.net.listen.Network;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/// Two post offices on loopback, one per domain, with three people: what `facteur demo` shows.
///
/// They are two so that a letter really goes the whole way: submission, queue, SMTP, box.
/// Everything lies in a temporary directory that is removed at the end.
final class Demo implements AutoCloseable {
    private static final Domain VILLAGE = Domain.parse("village.example");
    private static final Domain TOWN = Domain.parse("town.example");
    private static final int VILLAGE_PORTS = 10_000;
    private static final int TOWN_PORTS = 20_000;
    private static final int CLIENTS = 8;
    private static final int PAGE = 50;

    private final Terminal terminal;
    private final Path directory;
    private final Network network = new Network(new Admission(Admission.Limits.DEFAULT));
    private final List<Person> people = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private @Nullable Running village;
    private @Nullable Running town;
    private long stepStarted;

    /// Somebody of the demo.
    private record Person(EmailAddress address, String name, String password, int ports) {}

    private Demo(Terminal terminal, Path directory) {
        this.terminal = terminal;
        this.directory = directory;
        people.add(
                new Person(
                        EmailAddress.parse("alice@village.example"),
                        "Alice Martin",
                        "cerfs volants de septembre",
                        VILLAGE_PORTS));
        people.add(
                new Person(
                        EmailAddress.parse("bruno@village.example"),
                        "Bruno Lefèvre",
                        "quatre sabots vernis",
                        VILLAGE_PORTS));
        people.add(
                new Person(
                        EmailAddress.parse("chloe@town.example"),
                        "Chloé Dubois",
                        "orchard lantern teapot",
                        TOWN_PORTS));
    }

    /// Starts both.
    static Demo open(Terminal terminal) throws IOException {
        Path directory = Files.createTempDirectory("facteur-demo");
        Demo demo = new Demo(terminal, directory);
        try {
            demo.begin();
            demo.village = demo.start("village", VILLAGE, VILLAGE_PORTS);
            demo.town = demo.start("town", TOWN, TOWN_PORTS);
            demo.done("Two post offices are open.", "Deux bureaux de poste sont ouverts.");
            return demo;
        } catch (IOException | RuntimeException failed) {
            demo.close();
            throw failed;
        }
    }

    private Running start(String name, Domain domain, int ports) throws IOException {
        Path data = directory.resolve(name);
        try (PostOffice office = PostOffice.open(data, EventSink.NONE)) {
            office.settings().set(Map.of(Setting.INSECURE_LOGIN, "on"));
            office.directoryEditor().addDomain(domain, null);
            office.domainKeys().ensure(domain);
            for (Person person : people) {
                if (person.address().domain().equals(domain)) {
                    AccountCommands.create(
                            office,
                            person.address(),
                            person.name(),
                            Password.of(person.password()),
                            terminal);
                }
            }
        }
        return Running.start(data, file(domain, ports), this::exchangers);
    }

    private static NodeFile file(Domain domain, int ports) {
        Map<Service, List<InetSocketAddress>> listen = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            listen.put(
                    service,
                    service.byDefault()
                            ? List.of(
                                    new InetSocketAddress(
                                            InetAddress.getLoopbackAddress(),
                                            free(ports + offset(service))))
                            : List.of());
        }
        return NodeFile.plain("mail." + domain.name(), listen, List.of(), List.of());
    }

    /// Browsers refuse to open port 10080.
    private static int offset(Service service) {
        return service == Service.HTTP ? 8080 : service.port();
    }

    /// The port, or 0 for any other when somebody has it.
    private static int free(int port) {
        try (var probe =
                java.nio.channels.ServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            return probe.isOpen() ? port : 0;
        } catch (IOException _) {
            return 0;
        }
    }

    /// The demo's own zone.
    private MailExchangers.Answer exchangers(Domain domain) {
        Running receiver = domain.equals(VILLAGE) ? village : domain.equals(TOWN) ? town : null;
        return receiver == null
                ? new MailExchangers.NoSuchDomain()
                : new MailExchangers.Found(
                        List.of(
                                new MailExchangers.Exchanger(
                                        Domain.parse("mail." + domain.name()),
                                        List.of(receiver.node().address(Service.SMTP)))));
    }

    /// Fills Alice's box.
    ///
    /// @param source null for the sample letters
    void importLetters(@Nullable Path source) throws IOException {
        begin();
        PostOffice office = running(village).office();
        Account alice = office.directory().findOwner(people.getFirst().address()).orElseThrow();
        Path from = source == null ? SampleLetters.writeTo(directory.resolve("samples")) : source;
        ImportReport report =
                new FileImport(
                                office.boxes(),
                                office.boxes().open(Actor.system(alice.id(), Door.COMMAND)),
                                office.clock())
                        .run(from, ImportOptions.DEFAULT, progress -> {});
        done(
                report.imported() + " letters are in " + alice.address() + "'s box.",
                report.imported() + " lettres sont dans la boîte de " + alice.address() + ".");
        report.refusals()
                .forEach(each -> terminal.err().println("  " + each.where() + ": " + each.why()));
        if (report.imported() == 0) {
            throw new IOException("no letter could be imported");
        }
    }

    /// A letter from one domain to the other, awaited by IMAP IDLE, fetched by POP3.
    void letterTravels() throws IOException {
        Person alice = people.getFirst();
        Person chloe = people.getLast();
        try (DemoTalk imap = talk(town, Service.IMAP)) {
            imap.expect("* OK");
            imap.ask("a login " + chloe.address() + " \"" + chloe.password() + "\"", "a OK");
            imap.ask("b select INBOX", "b OK");
            imap.ask("c idle", "+ ");
            begin();
            submit(alice, chloe.address(), "Bonjour de la demo");
            done(
                    "Alice's letter was accepted at the submission door (TLS, password).",
                    "La lettre d'Alice est acceptée au guichet d'envoi (TLS, mot de passe).");
            begin();
            imap.expect("* 1 EXISTS");
            done(
                    "It went through the queue and SMTP, and Chloé's IMAP client was told.",
                    "Elle a passé la file et SMTP, et le programme IMAP de Chloé est prévenu.");
            imap.ask("done", "c OK");
            imap.ask(
                    "d fetch 1 (body.peek[header.fields (subject)])",
                    "Subject: Bonjour de la demo");
            imap.expect("d OK");
        }
        begin();
        try (DemoTalk pop = talk(town, Service.POP3)) {
            pop.expect("+OK");
            pop.ask("USER " + chloe.address(), "+OK");
            pop.ask("PASS " + chloe.password(), "+OK");
            pop.ask("RETR 1", "Subject: Bonjour de la demo");
            pop.expect(".");
            pop.ask("QUIT", "+OK");
        }
        done("Chloé fetched it by POP3.", "Chloé l'a relevée par POP3.");
    }

    /// A letter to nobody: its sender is told, in words.
    void letterComesBack() throws IOException {
        Person bruno = people.get(1);
        begin();
        try (DemoTalk imap = talk(village, Service.IMAP)) {
            imap.expect("* OK");
            imap.ask("a login " + bruno.address() + " \"" + bruno.password() + "\"", "a OK");
            imap.ask("b select INBOX", "b OK");
            imap.ask("c idle", "+ ");
            submit(bruno, EmailAddress.parse("nobody@town.example"), "Y a-t-il quelqu'un ?");
            imap.expect("* 1 EXISTS");
        }
        done(
                "A letter to nobody came back to Bruno with an explanation.",
                "Une lettre pour personne est revenue à Bruno avec une explication.");
    }

    /// Letters of ten thousand octets by SMTP from several clients at a time, then their reading by
    /// IMAP and POP3.
    void manyLetters(int count) throws IOException {
        Person chloe = people.getLast();
        String body =
                ("Une ligne d'une lettre comme les autres, ni courte ni longue.\r\n").repeat(160);
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            clients.add(() -> deliver(chloe, count / CLIENTS, body));
        }
        int delivered = Forks.all(clients, CLIENTS).stream().mapToInt(each -> each).sum();
        try (DemoTalk imap = talk(town, Service.IMAP)) {
            imap.expect("* OK");
            imap.ask("a login " + chloe.address() + " \"" + chloe.password() + "\"", "a OK");
            imap.ask("b select INBOX", "b OK");
            for (int first = 1; first < delivered; first += PAGE) {
                imap.ask(
                        "c fetch %d:%d (uid flags envelope bodystructure)"
                                .formatted(first, first + PAGE - 1),
                        "c OK");
                imap.ask("d fetch " + first + " (body.peek[])", "d OK");
            }
        }
        try (DemoTalk pop = talk(town, Service.POP3)) {
            pop.expect("+OK");
            pop.ask("USER " + chloe.address(), "+OK");
            pop.ask("PASS " + chloe.password(), "+OK");
            for (int number = 1; number < delivered; number += CLIENTS) {
                pop.ask("RETR " + number, ".");
            }
            pop.ask("QUIT", "+OK");
        }
    }

    private int deliver(Person to, int letters, String body) throws IOException {
        for (int letter = 0; letter < letters; letter += PAGE) {
            try (DemoTalk smtp = talk(town, Service.SMTP)) {
                smtp.expect("220");
                smtp.ask("EHLO demo.example", "250 ");
                for (int i = letter; i < Math.min(letter + PAGE, letters); i++) {
                    smtp.ask("MAIL FROM:<demo@village.example>", "250");
                    smtp.ask("RCPT TO:<" + to.address() + ">", "250");
                    smtp.ask("DATA", "354");
                    smtp.say("From: Demo <demo@village.example>");
                    smtp.say("To: <" + to.address() + ">");
                    smtp.say("Subject: Lettre " + i);
                    smtp.say("Message-ID: <" + System.nanoTime() + "@village.example>");
                    smtp.say("Date: Sun, 22 Nov 2026 10:00:00 +0100\r\n");
                    smtp.say(body);
                    smtp.ask(".", "250");
                }
                smtp.ask("QUIT", "221");
            }
        }
        return letters;
    }

    private void submit(Person from, EmailAddress to, String subject) throws IOException {
        String plain = "\0" + from.address() + "\0" + from.password();
        try (DemoTalk smtp = talk(village, Service.SUBMISSION)) {
            smtp.expect("220");
            smtp.ask("EHLO demo.example", "250 ");
            smtp.ask("STARTTLS", "220");
            smtp.startTls();
            smtp.ask("EHLO demo.example", "250 ");
            smtp.ask(
                    "AUTH PLAIN "
                            + Base64.getEncoder()
                                    .encodeToString(plain.getBytes(StandardCharsets.UTF_8)),
                    "235");
            smtp.ask("MAIL FROM:<" + from.address() + ">", "250");
            smtp.ask("RCPT TO:<" + to + ">", "250");
            smtp.ask("DATA", "354");
            smtp.say("From: <" + from.address() + ">");
            smtp.say("To: <" + to + ">");
            smtp.say("Subject: " + subject);
            smtp.say("");
            smtp.say("Une lettre de la demo.");
            smtp.ask(".", "250");
            smtp.ask("QUIT", "221");
        }
    }

    private DemoTalk talk(@Nullable Running office, Service service) throws IOException {
        return DemoTalk.connect(network, running(office).node().address(service));
    }

    private static Running running(@Nullable Running office) {
        return Optional.ofNullable(office).orElseThrow();
    }

    private void begin() {
        stepStarted = System.nanoTime();
    }

    private void done(String english, String french) {
        long millis = Duration.ofNanos(System.nanoTime() - stepStarted).toMillis();
        String time = "%6d ms  ".formatted(millis);
        terminal.say(time + english, time + french);
    }

    /// Addresses, ports, passwords, and commands to paste.
    void showTable() {
        Printout printout = new Printout(terminal, false);
        terminal.out().println();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Person person : people) {
            Node node = running(person.ports() == VILLAGE_PORTS ? village : town).node();
            rows.add(
                    Printout.row(
                            "address", person.address().toString(),
                            "password", person.password(),
                            "smtp", port(node, Service.SMTP),
                            "submission", port(node, Service.SUBMISSION),
                            "imap", port(node, Service.IMAP),
                            "imaps", port(node, Service.IMAPS),
                            "pop3", port(node, Service.POP3),
                            "pop3s", port(node, Service.POP3S),
                            "webmail", webmail(node)));
        }
        printout.rows(rows);
        Person alice = people.getFirst();
        Person chloe = people.getLast();
        Node here = running(village).node();
        Node there = running(town).node();
        terminal.out().println();
        terminal.say(
                "The webmail of " + alice.name() + ": " + webmail(here),
                "Le courrier de " + alice.name() + " dans un navigateur : " + webmail(here));
        terminal.say("Try (all on 127.0.0.1):", "À essayer (tout est sur 127.0.0.1) :");
        terminal.out()
                .printf(
                        "  swaks --server 127.0.0.1:%d --tls --auth PLAIN --auth-user %s"
                                + " --auth-password '%s' --from %s --to %s%n",
                        port(here, Service.SUBMISSION),
                        alice.address(),
                        alice.password(),
                        alice.address(),
                        chloe.address());
        terminal.out()
                .printf(
                        "  curl -s 'imap://127.0.0.1:%d/INBOX;MAILINDEX=1' -u '%s:%s'%n",
                        port(there, Service.IMAP), chloe.address(), chloe.password());
        terminal.out()
                .printf(
                        "  curl -s pop3://127.0.0.1:%d/1 -u '%s:%s'%n",
                        port(there, Service.POP3), chloe.address(), chloe.password());
        terminal.out()
                .printf(
                        "  mutt -f 'imap://%s@127.0.0.1:%d/'%n",
                        alice.address().toString().replace("@", "%40"), port(here, Service.IMAP));
        terminal.say("Ctrl-C ends the demo.", "Ctrl-C termine l'essai.");
    }

    private static String webmail(Node node) {
        return "http://localhost:" + port(node, Service.HTTP) + "/";
    }

    private static int port(Node node, Service service) {
        return node.address(service).getPort();
    }

    void awaitEnd() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end of demo"));
        try {
            end.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        for (Running each : Stream.of(village, town).flatMap(Stream::ofNullable).toList()) {
            each.close();
        }
        village = null;
        town = null;
        network.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            terminal.err().println(directory + ": " + left.getMessage());
        }
        end.countDown();
    }
}
