package org.facteur.edge.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.facteur.base.event.EventSink;
import org.facteur.base.word.Language;
import org.facteur.core.account.Account;
import org.facteur.core.account.Actor;
import org.facteur.core.account.Directory;
import org.facteur.core.account.DirectoryEditor;
import org.facteur.core.account.Door;
import org.facteur.core.change.Hints;
import org.facteur.core.deliver.Bounces;
import org.facteur.core.deliver.Delivery;
import org.facteur.core.deliver.LocalRetry;
import org.facteur.core.login.CredentialEditor;
import org.facteur.core.login.Login;
import org.facteur.core.login.LoginResult;
import org.facteur.core.login.Password;
import org.facteur.core.mailbox.Letter;
import org.facteur.core.mailbox.LetterBox;
import org.facteur.core.mailbox.LetterBoxes;
import org.facteur.core.mailbox.LetterContent;
import org.facteur.core.mailbox.MailboxView;
import org.facteur.core.mailbox.Role;
import org.facteur.core.queue.Queue;
import org.facteur.core.queue.RetrySchedule;
import org.facteur.core.sieve.Scripts;
import org.facteur.net.listen.Admission;
import org.facteur.net.listen.Listener;
import org.facteur.net.listen.ListenerSettings;
import org.facteur.net.listen.Network;
import org.facteur.net.tls.Certificates;
import org.facteur.store.kv.EngineStore;
import org.facteur.store.kv.Store;
import org.facteur.store.memory.MemoryEngine;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.sieve.SieveLimits;
import org.jspecify.annotations.Nullable;

/// A whole post office on the memory engine: `example.org` with alice and bob, listening on the
/// loopback.
public final class TestOffice implements AutoCloseable {
    public static final String PASSWORD = "correct horse battery staple";
    public static final Domain HOST = Domain.parse("mail.example.org");

    public final InstantSource clock = InstantSource.system();
    public final Store store = new EngineStore(new MemoryEngine(), new Random(1), clock);
    public final Directory directory = new Directory(store);
    public final DirectoryEditor editor = new DirectoryEditor(directory, clock);
    public final Login login = new Login(directory, clock, EventSink.NONE);
    public final LetterBoxes boxes =
            new LetterBoxes(store, directory, new Hints(), clock, 10_000_000);
    public final Queue queue = new Queue(store, clock, () -> RetrySchedule.DEFAULT, EventSink.NONE);
    public final Scripts scripts = new Scripts(store, new Hints(), clock, SieveLimits.STANDARD);
    public final Delivery delivery =
            new Delivery(
                    directory, new Delivery.Boxes(boxes, scripts), queue, clock, EventSink.NONE);
    public final Bounces bounces = new Bounces(delivery, queue, HOST, clock);
    public final LocalRetry retry = new LocalRetry(delivery, boxes, queue, clock);
    public final Network network = new Network(new Admission(Admission.Limits.DEFAULT));
    public final SmtpServices services =
            new SmtpServices(
                    directory,
                    login,
                    boxes,
                    delivery,
                    SmtpServices.Caps.standard(clock),
                    new SmtpServices.Extras(true, this::token, null),
                    clock);
    public final Account alice;
    public final Account bob;
    private final Certificates certificates;
    private final List<Listener> listeners = new ArrayList<>();

    public TestOffice(Path directoryForKeys) throws IOException {
        editor.addDomain(Domain.parse("example.org"), null);
        alice = person("alice@example.org");
        bob = person("bob@example.org");
        certificates = Certificates.selfSigned(directoryForKeys, HOST.name(), clock);
    }

    private Account person(String address) {
        Account account = editor.addAccount(EmailAddress.parse(address), "", Language.ENGLISH);
        boxes.prepare(account.id(), Language.ENGLISH);
        return account;
    }

    /// Tokens here are `token-` and a name.
    private LoginResult token(@Nullable String name, String token, Door door, InetAddress source) {
        return directory
                .findAccount(
                        EmailAddress.parse(
                                token.substring(token.indexOf('-') + 1) + "@example.org"))
                .filter(account -> name == null || name.equals(account.address().toString()))
                .<LoginResult>map(
                        account ->
                                new LoginResult.Granted(Actor.system(account.id(), door), account))
                .orElse(new LoginResult.Denied(Duration.ZERO));
    }

    public void setPassword(Account account) {
        new CredentialEditor(directory, login, clock)
                .setPassword(account, Password.of(PASSWORD), false);
    }

    /// Settings whose errors are answered without pauses.
    static SmtpSettings quick(SmtpRole role) {
        return SmtpSettings.standard(HOST, role)
                .with(SmtpSettings.Times.STANDARD.withLongestPause(Duration.ZERO));
    }

    /// A listener for a role, STARTTLS offered.
    public InetSocketAddress listen(SmtpRole role) throws IOException {
        return listen(quick(role), ListenerSettings.Security.OFFERED);
    }

    InetSocketAddress listen(SmtpSettings settings, ListenerSettings.Security security)
            throws IOException {
        return listen(
                        settings,
                        new ListenerSettings(
                                settings.role().name(),
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                security,
                                "421 4.7.0 Too many connections"))
                .address();
    }

    Listener listen(SmtpSettings settings, ListenerSettings where) throws IOException {
        Listener listener =
                network.listen(
                        where, certificates, new SmtpServer(settings, services, () -> false));
        listeners.add(listener);
        return listener;
    }

    /// The letters in somebody's inbox as readers see them, oldest first.
    public List<String> inbox(Account account) {
        LetterBox box = boxes.open(Actor.system(account.id(), Door.IMAP));
        MailboxView view = box.view(box.mailboxes().find(Role.INBOX).orElseThrow().id());
        List<String> letters = new ArrayList<>();
        for (int i = 0; i < view.size(); i++) {
            Letter letter = box.findLetter(view.letter(i)).orElseThrow();
            try (LetterContent content = box.content(letter)) {
                letters.add(
                        new String(content.read(0, (int) content.size()), StandardCharsets.UTF_8));
            }
        }
        return letters;
    }

    @Override
    public void close() {
        listeners.forEach(listener -> listener.stop(Duration.ZERO));
        network.close();
        login.close();
        store.close();
    }
}
