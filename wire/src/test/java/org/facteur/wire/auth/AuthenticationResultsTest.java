package org.facteur.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationResultsTest {
    private static AuthenticationResults results(String value) {
        return new AuthenticationResults(
                "mx.example.org",
                List.of(
                        new AuthenticationResults.Finding(
                                "spf",
                                "fail",
                                "",
                                List.of(
                                        new AuthenticationResults.Property(
                                                "smtp.mailfrom", value)))));
    }

    private static AuthenticationResults again(AuthenticationResults results) {
        String field = results.toField();
        return AuthenticationResults.parse(field.substring(field.indexOf(':') + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.org",
                "example.org",
                "legit.example'a.attack.example",
                "any@legit.example(a.attack.example",
                "x; dkim=pass header.d=bank.example",
                "\"; dkim=pass header.d=bank.example; x=\"",
                "a b@example.org",
                "\\\"; dmarc=pass header.from=bank.example",
                "",
                "(;"
            })
    void nothingASenderTypesBecomesAFinding(String value) {
        AuthenticationResults read = again(results(value));
        assertThat(read.findings()).hasSize(1);
        assertThat(read.findings().getFirst().value("smtp.mailfrom")).isEqualTo(value);
        assertThat(results(value).toField())
                .matches("(?s)[^\\r\\n]*(\\r\\n[ \\t][^\\r\\n]*)*\\r\\n");
    }

    @Test
    void controlsAndForeignLettersAreNotWritten() {
        String field = results("a\r\n\r\nFrom: x\u0000é@y").toField();
        assertThat(field).contains("\"a????From: x??@y\"");
    }

    @Test
    void longLinesAreFolded() {
        String field =
                new AuthenticationResults(
                                "mx.example.org",
                                List.of(
                                        new AuthenticationResults.Finding(
                                                "dkim",
                                                "pass",
                                                "the key is short",
                                                List.of(
                                                        new AuthenticationResults.Property(
                                                                "header.d", "a".repeat(60)),
                                                        new AuthenticationResults.Property(
                                                                "header.s", "b".repeat(60))))))
                        .toField();
        assertThat(field.lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void noneIsSaid() {
        AuthenticationResults none = new AuthenticationResults("mx.example.org", List.of());
        assertThat(none.toField()).isEqualTo("Authentication-Results: mx.example.org; none\r\n");
        assertThat(again(none)).isEqualTo(none);
    }

    @Test
    void whatOthersWriteIsRead() {
        AuthenticationResults read =
                AuthenticationResults.parse(
                        " (hi) mx.example.com 1;\r\n dkim=pass (good (very)) reason=\"ok;\""
                                + " header.d=example.org header.i=@example.org;\r\n"
                                + " spf/1 = softfail smtp . mailfrom = \"a b\"@example.org;");
        assertThat(read.server()).isEqualTo("mx.example.com");
        assertThat(read.findings()).hasSize(2);
        assertThat(read.findings().get(0).reason()).isEqualTo("ok;");
        assertThat(read.findings().get(0).value("header.i")).isEqualTo("@example.org");
        assertThat(read.findings().get(1).result()).isEqualTo("softfail");
        assertThat(read.findings().get(1).value("smtp.mailfrom")).isEqualTo("a b@example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "mx; dkim",
                "mx; dkim=",
                "mx; dkim=pass header",
                "mx; dkim=pass (",
                "mx; dkim=pass header.d=\"x",
                "mx pass"
            })
    void otherTextIsAFault(String value) {
        assertThatThrownBy(() -> AuthenticationResults.parse(value))
                .isInstanceOf(SyntaxFault.class);
    }
}
