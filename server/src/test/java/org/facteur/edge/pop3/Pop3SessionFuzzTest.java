package org.facteur.edge.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.facteur.core.account.Door;
import org.facteur.core.login.CredentialEditor;
import org.facteur.core.login.Login;
import org.facteur.core.mailbox.House;
import org.facteur.net.listen.ScriptedConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole sessions on whatever a client says, in four states: a stranger, a name given, inside an
/// AUTH exchange, signed in. Nothing but lines of ASCII that begin as replies do may come of it,
/// and no incident.
class Pop3SessionFuzzTest {
    private static final House HOUSE = House.inMemory();
    private static final Login LOGIN = new Login(HOUSE.directory(), HOUSE::now, event -> {});
    private static Pop3Server server;
    private static String password;

    @BeforeAll
    static void open() {
        password =
                new CredentialEditor(HOUSE.directory(), LOGIN, HOUSE::now)
                        .addDevice(HOUSE.alice(), "PC", Set.of(Door.POP3));
        server =
                new Pop3Server(
                        new Pop3Services(LOGIN, HOUSE.boxes(), HOUSE::now, event -> {}),
                        Pop3Settings.DEFAULT);
        for (int i = 0; i < 3; i++) {
            HOUSE.append(House.letter(i));
        }
    }

    @AfterAll
    static void close() {
        LOGIN.close();
        HOUSE.close();
    }

    @FuzzTest
    void strangersMaySayAnything(byte[] said) throws IOException {
        hold("", said);
    }

    @FuzzTest
    void whoGaveANameMaySayAnything(byte[] said) throws IOException {
        hold("USER alice@example.org\r\n", said);
    }

    @FuzzTest
    void whoIsSigningInMaySayAnything(byte[] said) throws IOException {
        hold("AUTH SCRAM-SHA-256\r\n", said);
    }

    @FuzzTest
    void peopleMaySayAnything(byte[] said) throws IOException {
        hold("USER alice@example.org\r\nPASS " + password + "\r\n", said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LIST\r\nUIDL\r\nTOP 1 0\r\nTOP 3 999999999\r\nDELE 1\r\nRSET\r\nQUIT\r\n",
                "DELE 1\r\nDELE 1\r\nRETR 1\r\nLIST 1\r\nUIDL 1\r\nSTAT\r\n",
                "RETR 0\r\nRETR 4\r\nRETR 999999999\r\nRETR 9999999999\r\nTOP 1\r\n",
                "=\r\n*\r\nbiwsbj1h\r\nAUTH PLAIN =\r\nAUTH PLAIN AGEAYg==\r\n",
                "STLS\r\nCAPA\r\nUTF8\r\nLANG\r\nLANG fr\r\nLANG *\r\nAUTH\r\nNOOP \r\n",
                "\r\n \r\nQUIT \r\n",
                "retr 1\r\nReTr 2\r\n\u0000\r\nUSER \u00e9\r\nPASS \r\n",
                "CAPA\nQUIT\r\n",
                "quit"
            })
    void someThingsClientsSay(String said) throws IOException {
        byte[] octets = said.getBytes(StandardCharsets.UTF_8);
        strangersMaySayAnything(octets);
        whoGaveANameMaySayAnything(octets);
        whoIsSigningInMaySayAnything(octets);
        peopleMaySayAnything(octets);
    }

    private static void hold(String before, byte[] said) throws IOException {
        byte[] start = before.getBytes(StandardCharsets.US_ASCII);
        byte[] script = new byte[start.length + said.length];
        System.arraycopy(start, 0, script, 0, start.length);
        System.arraycopy(said, 0, script, start.length, said.length);
        ScriptedConnection connection = new ScriptedConnection(script);
        try {
            server.run(connection);
        } catch (EOFException left) {
            // The script ended inside an exchange.
        }
        String heard = new String(connection.heard(), StandardCharsets.ISO_8859_1);
        assertThat(heard).startsWith("+OK").doesNotContain("incident");
        for (String line : heard.split("\r\n", -1)) {
            assertThat(line.chars().allMatch(c -> c >= ' ' && c != 0x7f)).as(line).isTrue();
        }
    }
}
