package org.facteur.edge.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.facteur.base.event.Event;
import org.facteur.core.account.Door;
import org.facteur.core.account.PopRule;
import org.facteur.core.login.CredentialEditor;
import org.facteur.core.login.Login;
import org.facteur.core.login.Password;
import org.facteur.core.login.Purpose;
import org.facteur.core.mailbox.House;
import org.facteur.core.mailbox.RecoverableLetter;
import org.facteur.net.listen.Admission;
import org.facteur.net.listen.Listener;
import org.facteur.net.listen.ListenerSettings;
import org.facteur.net.listen.Network;
import org.facteur.wire.pop3.Pop3Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Several devices of one person, each with its own password.
class Pop3DevicesTest {
    private static final String ALICE = "alice@example.org";
    private static final String MAIN = "lanterne sous la treille";

    private final House house = House.inMemory();
    private final Login login = new Login(house.directory(), house::now, event -> {});
    private final CredentialEditor editor =
            new CredentialEditor(house.directory(), login, house::now);
    private final Network network = new Network(new Admission(Admission.Limits.DEFAULT));
    private final List<Event> events = new ArrayList<>();
    private Listener listener;
    private String oldPc;
    private String newPc;

    @BeforeEach
    void listen() throws IOException {
        editor.setPassword(house.alice(), Password.of(MAIN), false);
        oldPc = editor.addDevice(house.alice(), "old PC", Set.of(Door.POP3));
        newPc = editor.addDevice(house.alice(), "new PC", Set.of(Door.POP3));
        listener = listen(Pop3Settings.DEFAULT);
    }

    private Listener listen(Pop3Settings settings) throws IOException {
        return network.listen(
                new ListenerSettings(
                        "pop3",
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        ListenerSettings.Security.NONE,
                        Pop3Server.REFUSAL),
                null,
                new Pop3Server(
                        new Pop3Services(login, house.boxes(), house::now, events::add),
                        settings.withInsecurePlaintextLogin()));
    }

    @AfterEach
    void close() {
        listener.stop(Duration.ofSeconds(5));
        network.close();
        login.close();
        house.close();
    }

    private Pop3Client signedIn(String password) throws IOException {
        Pop3Client client = new Pop3Client(listener);
        client.signIn(ALICE, password);
        return client;
    }

    /// Takes everything a device is offered.
    private List<String> collect(String password) throws IOException {
        List<String> letters = new ArrayList<>();
        try (Pop3Client client = signedIn(password)) {
            int count = client.lines("LIST").size();
            for (int i = 1; i <= count; i++) {
                letters.add(client.letter("RETR " + i));
                client.ok("DELE " + i);
            }
            client.ok("QUIT");
        }
        return letters;
    }

    @Test
    void everyDeviceGetsEveryLetterOnce() throws IOException {
        house.append(House.letter(1));
        house.append(House.letter(2));
        assertThat(collect(oldPc)).containsExactly(House.letter(1), House.letter(2));
        assertThat(house.box().view(house.inbox()).size()).isZero();
        house.append(House.letter(3));
        assertThat(collect(newPc))
                .containsExactly(House.letter(1), House.letter(2), House.letter(3));
        assertThat(collect(MAIN)).hasSize(3);
        assertThat(collect(oldPc)).containsExactly(House.letter(3));
        assertThat(collect(oldPc)).isEmpty();
        assertThat(collect(newPc)).isEmpty();
        assertThat(collect(MAIN)).isEmpty();
    }

    @Test
    void uniqueIdsAreTheSameForEveryDevice() throws IOException {
        house.append(House.letter(1));
        house.append(House.letter(2));
        try (Pop3Client one = signedIn(oldPc)) {
            one.ok("DELE 1");
            one.ok("QUIT");
        }
        try (Pop3Client one = signedIn(oldPc);
                Pop3Client two = signedIn(newPc)) {
            assertThat(one.lines("UIDL")).containsExactly("1 1.2");
            assertThat(two.lines("UIDL")).containsExactly("1 1.1", "2 1.2");
        }
    }

    @Test
    void aRestoredLetterIsForThoseWhoDidNotHaveIt() throws IOException {
        house.append(House.letter(1));
        collect(oldPc);
        List<Long> ids =
                house.box().recoverable(Instant.EPOCH, 10).stream()
                        .map(RecoverableLetter::id)
                        .toList();
        house.box().restore(ids);
        assertThat(house.box().view(house.inbox()).size()).isEqualTo(1);
        assertThat(collect(oldPc)).isEmpty();
        assertThat(collect(newPc)).hasSize(1);
    }

    @Test
    void aDeviceDoesWhatItsRuleSays() throws IOException {
        house.append(House.letter(1));
        var credential = editor.list(house.alice().id()).get(1);
        editor.setPurpose(
                house.alice().id(),
                credential.number(),
                new Purpose(
                        "old PC",
                        Set.of(Door.POP3),
                        new PopRule(PopRule.Sees.ALL, 30, PopRule.OnDelete.MARK_READ)));
        assertThat(collect(oldPc)).hasSize(1);
        assertThat(collect(oldPc)).isEmpty();
        assertThat(house.box().view(house.inbox()).state().counts().unseen()).isZero();
        assertThat(house.box().view(house.inbox()).size()).isEqualTo(1);
    }

    @Test
    void aMainPasswordThatIsSetAnewKeepsItsCursorAndItsRule() throws IOException {
        house.append(House.letter(1));
        assertThat(collect(MAIN)).hasSize(1);
        String other = "ardoise et fougère mouillée";
        editor.setPassword(house.alice(), Password.of(other), false);
        house.append(House.letter(2));
        assertThat(collect(other)).containsExactly(House.letter(2));
    }

    @Test
    void aPasswordThatMustBeChangedOpensNothingHere() throws IOException {
        String imposed = editor.imposePassword(house.alice(), true);
        try (Pop3Client client = new Pop3Client(listener)) {
            client.ok("USER " + ALICE);
            assertThat(client.err("PASS " + imposed).code()).isEqualTo(Pop3Code.AUTH);
            client.signIn(ALICE, oldPc);
        }
        editor.changePassword(house.alice(), Password.of(imposed), Password.of(MAIN));
        signedIn(MAIN).close();
    }

    @Test
    void theDelayBetweenSignInsCountsForEachDevice() throws IOException {
        Listener slow = listen(Pop3Settings.DEFAULT.withLoginDelay(Duration.ofMinutes(1)));
        try (Pop3Client client = new Pop3Client(slow)) {
            assertThat(client.lines("CAPA")).contains("LOGIN-DELAY 60");
            client.signIn(ALICE, oldPc);
        }
        try (Pop3Client client = new Pop3Client(slow)) {
            client.ok("USER " + ALICE);
            assertThat(client.err("PASS " + oldPc).code()).isEqualTo(Pop3Code.LOGIN_DELAY);
            client.signIn(ALICE, newPc);
        }
        house.later(Duration.ofMinutes(1));
        try (Pop3Client client = new Pop3Client(slow)) {
            client.signIn(ALICE, oldPc);
        }
        slow.stop(Duration.ofSeconds(5));
    }

    @Test
    void aDeviceThatTakesFarMoreThanUsualIsToldOf() throws IOException {
        collect(oldPc);
        house.later(Duration.ofDays(1));
        for (int i = 0; i < 60; i++) {
            house.append(House.letter(i));
        }
        collect(oldPc);
        assertThat(events).containsExactly(new Event.DeviceDeletesMuch(1, 2, 60, 0));
    }
}
