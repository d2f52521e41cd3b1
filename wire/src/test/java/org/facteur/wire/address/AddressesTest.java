package org.facteur.wire.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.facteur.wire.text.SyntaxFault;
import org.junit.jupiter.api.Test;

class AddressesTest {
    private static List<HeaderAddress> list(String text) {
        return AddressList.decode(text.getBytes(StandardCharsets.UTF_8), AddressList.MOST);
    }

    @Test
    void domainsHaveOneForm() {
        assertThat(Domain.parse("EXAMPLE.Org").name()).isEqualTo("example.org");
        assertThat(Domain.parse("München.example").name()).isEqualTo("xn--mnchen-3ya.example");
        assertThat(Domain.parse("XN--mnchen-3ya.example").toUnicode()).isEqualTo("münchen.example");
        assertThat(Domain.parse("faß.de").name()).isEqualTo("xn--fa-hia.de");
        assertThat(Domain.parse("ｅｘａｍｐｌｅ。org").name()).isEqualTo("example.org");
        assertThat(Domain.parse("例え.テスト").toUnicode()).isEqualTo("例え.テスト");
        assertThat(Domain.parse("[192.0.2.1]").name()).isEqualTo("[192.0.2.1]");
        assertThat(Domain.parse("[ipv6:2001:DB8:0:0::1]").name()).isEqualTo("[IPv6:2001:db8::1]");
        assertThat(Domain.parse("[IPv6:::ffff:192.0.2.1]").name())
                .isEqualTo("[IPv6:::ffff:c000:201]");
        assertThat(Domain.parse("[IPv6:1::]").name()).isEqualTo("[IPv6:1::]");
    }

    @Test
    void invalidDomainsAreRefused() {
        for (String text :
                List.of(
                        "",
                        ".",
                        "a.",
                        ".a",
                        "a..b",
                        "-a.b",
                        "a-.b",
                        "a b",
                        "a@b",
                        "xn--a.example",
                        "xn--.b",
                        "xn--999999b.c",
                        "a".repeat(64) + ".b",
                        "ab--cd.example",
                        "a\u202Eb.c",
                        "\u0301a.b",
                        "a\u200Db.c",
                        "☃.net",
                        "[1.2.3]",
                        "[1.2.3.256]",
                        "[1.2.3.4",
                        "[01.2.3.4]",
                        "[IPv6:1:2]",
                        "[IPv6:1::2::3]",
                        "[x:y]",
                        "a,b",
                        "a\0b",
                        ("a".repeat(60) + ".").repeat(5) + "b",
                        "אa.example",
                        "xn--mnchen-3yA.x\n")) {
            assertThatThrownBy(() -> Domain.parse(text)).as(text).isInstanceOf(SyntaxFault.class);
        }
    }

    @Test
    void mailboxesAreReadStrictly() {
        EmailAddress quoted = EmailAddress.parse("\"a.b\"@Example.org");
        assertThat(quoted)
                .isEqualTo(EmailAddress.parse("a.b@example.org"))
                .hasToString("a.b@example.org");
        assertThat(EmailAddress.parse("\"a\\\"b c\"@x.org")).hasToString("\"a\\\"b c\"@x.org");
        assertThat(EmailAddress.parse("jürgen@bücher.example"))
                .hasToString("jürgen@xn--bcher-kva.example");
        assertThat(EmailAddress.parse("a+b@x.org").local().withoutTag('+').value()).isEqualTo("a");
        assertThat(EmailAddress.parse("+b@x.org").local().withoutTag('+').value()).isEqualTo("+b");
        for (String text :
                List.of(
                        "",
                        "@x",
                        "a@",
                        "a",
                        "a@b@c",
                        ".a@b",
                        "a.@b",
                        "a..b@c",
                        "<a@b>",
                        "a b@c",
                        " a@b",
                        "a@b ",
                        "a@b.example>,<c@d",
                        "=?utf-8?q?..?=@d@e",
                        "\"a@b",
                        "\"a\r\nb\"@c",
                        "\"\"@c",
                        "a\u2028b@c",
                        "\"a\u202Eb\"@c",
                        "x".repeat(65) + "@b",
                        "a(c)@b",
                        "@r:a@b")) {
            assertThatThrownBy(() -> EmailAddress.parse(text))
                    .as(text)
                    .isInstanceOf(SyntaxFault.class);
        }
        assertThatThrownBy(() -> EmailAddress.parse(new byte[] {(byte) 0xFF, '@', 'b'}))
                .isInstanceOf(SyntaxFault.class);
    }

    @Test
    void headerListsAreReadWithAllTheirObsoleteForms() {
        assertThat(list("Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>"))
                .containsExactly(new HeaderAddress("Pete", "pete@silly.test", null));
        assertThat(list("A Group:Ed Jones <joe@where.test>,joe@x.test;, last@y.test"))
                .containsExactly(
                        new HeaderAddress("Ed Jones", "joe@where.test", "A Group"),
                        new HeaderAddress(null, "joe@x.test", "A Group"),
                        new HeaderAddress(null, "last@y.test", null));
        assertThat(list("undisclosed-recipients:;")).isEmpty();
        assertThat(list("\"Joe, Q.\" <joe@x.test>, John Q. Public <jp@x.test>"))
                .containsExactly(
                        new HeaderAddress("Joe, Q.", "joe@x.test", null),
                        new HeaderAddress("John Q. Public", "jp@x.test", null));
        assertThat(list("Mary Smith <@node.test,@b.test:mary@example.net>, , jdoe@test . example"))
                .containsExactly(
                        new HeaderAddress("Mary Smith", "mary@example.net", null),
                        new HeaderAddress(null, "jdoe@test.example", null));
        assertThat(list("a@b.test (Ann)"))
                .containsExactly(new HeaderAddress("Ann", "a@b.test", null));
        assertThat(list("\"very odd\"@x.test, nobody, <>"))
                .extracting(HeaderAddress::address)
                .containsExactly("\"very odd\"@x.test", "nobody", "");
        assertThat(list("=?utf-8?B?w6k=?= <e@x.test>"))
                .containsExactly(new HeaderAddress("é", "e@x.test", null));
    }

    @Test
    void decodedWordsNeverBecomeAnAddress() {
        List<HeaderAddress> addresses =
                list("=?utf-8?Q?a=40evil=2Etest=2C_=3Cb=40c=3E?= <real@x.test>");
        assertThat(addresses).hasSize(1);
        assertThat(addresses.getFirst().address()).isEqualTo("real@x.test");
        assertThat(list("<=?utf-8?q?a=40b?=@x.test>").getFirst().mailbox()).isNotNull();
        assertThat(list("<a@b@c.test>").getFirst().mailbox()).isNull();
    }

    @Test
    void hostileListsStayBounded() {
        assertThat(list("a@b,".repeat(5000))).hasSize(AddressList.MOST);
        assertThat(list("(".repeat(100_000))).isEmpty();
        assertThat(list("\"".repeat(99_999))).hasSizeLessThanOrEqualTo(1);
        assertThat(list("<".repeat(100_000))).hasSizeLessThanOrEqualTo(1);
    }
}
