package org.facteur.edge.sieve;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.facteur.core.account.Door;
import org.facteur.core.change.Hints;
import org.facteur.core.login.CredentialEditor;
import org.facteur.core.login.Login;
import org.facteur.core.mailbox.House;
import org.facteur.core.sieve.Scripts;
import org.facteur.net.listen.ScriptedConnection;
import org.facteur.wire.sieve.SieveLimits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole sessions on whatever a client says, in three states: a stranger, inside an exchange,
/// signed in. Nothing but replies may come of it, and no incident.
class ManageSieveSessionFuzzTest {
    private static final House HOUSE = House.inMemory();
    private static final Login LOGIN = new Login(HOUSE.directory(), HOUSE::now, event -> {});
    private static ManageSieveServer server;
    private static String plain;

    @BeforeAll
    static void open() {
        String password =
                new CredentialEditor(HOUSE.directory(), LOGIN, HOUSE::now)
                        .addDevice(HOUSE.alice(), "PC", Set.of(Door.SIEVE));
        plain =
                Base64.getEncoder()
                        .encodeToString(
                                ("\0alice@example.org\0" + password)
                                        .getBytes(StandardCharsets.UTF_8));
        Scripts scripts = new Scripts(HOUSE.store(), new Hints(), HOUSE::now, SieveLimits.STANDARD);
        server =
                new ManageSieveServer(
                        new ManageSieveServices(LOGIN, scripts, HOUSE::now, "Facteur"),
                        ManageSieveSettings.STANDARD);
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
    void whoIsSigningInMaySayAnything(byte[] said) throws IOException {
        hold("AUTHENTICATE \"SCRAM-SHA-256\"\r\n", said);
    }

    @FuzzTest
    void peopleMaySayAnything(byte[] said) throws IOException {
        hold("AUTHENTICATE \"PLAIN\" \"" + plain + "\"\r\n", said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAPABILITY\r\nNOOP\r\nNOOP \"x\"\r\nLISTSCRIPTS\r\nLOGOUT\r\n",
                "PUTSCRIPT \"a\" {5+}\r\nkeep;\r\nSETACTIVE \"a\"\r\nDELETESCRIPT \"a\"\r\n"
                        + "RENAMESCRIPT \"a\" \"b\"\r\nGETSCRIPT \"b\"\r\nSETACTIVE \"\"\r\n"
                        + "DELETESCRIPT \"b\"\r\nUNAUTHENTICATE\r\nLISTSCRIPTS\r\n",
                "PUTSCRIPT \"\u0001\" \"keep;\"\r\nPUTSCRIPT \"\u2028\" \"keep;\"\r\n",
                "CHECKSCRIPT {0+}\r\n\r\nCHECKSCRIPT \"fly\"\r\nCHECKSCRIPT {3+}\r\n\"\"\"\r\n",
                "HAVESPACE \"a\" 99999999999999999999\r\nHAVESPACE \"\" 0\r\n",
                "\"=\"\r\n*\r\n\"*\"\r\nbiwsbj1h\r\n{8+}\r\nbiwsbj1h\r\n",
                "AUTHENTICATE \"PLAIN\" {8+}\r\nAGEAYg==\r\nSTARTTLS\r\n",
                "PUTSCRIPT \"a\" {1000001+}\r\nx",
                "PUTSCRIPT \"a\" {4294967296+}\r\n",
                "\r\n \r\nLOGOUT \r\n",
                "CAPABILITY\nLOGOUT\r\n",
                "logout"
            })
    void someThingsClientsSay(String said) throws IOException {
        byte[] octets = said.getBytes(StandardCharsets.UTF_8);
        strangersMaySayAnything(octets);
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
            // The script ended inside an exchange or a text.
        }
        String heard = new String(connection.heard(), StandardCharsets.UTF_8);
        assertThat(heard).startsWith("\"IMPLEMENTATION\"").doesNotContain("postmaster");
    }
}
