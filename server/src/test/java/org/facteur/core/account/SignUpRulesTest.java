package org.facteur.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.facteur.base.fault.Refusal;
import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.address.LocalPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignUpRulesTest {
    private static final Domain HERE = Domain.parse("example.org");

    private static EmailAddress wish(String local) {
        return new EmailAddress(LocalPart.of(local), HERE);
    }

    @ParameterizedTest
    @CsvSource({
        "Éloïse, eloise",
        "Arthur Dupont, arthur.dupont",
        "Œdipe_Roi, oedipe_roi",
        "D'Artagnan, dartagnan",
        "ａｒｔｈｕｒ, arthur",
        "Straße-9, strasse-9"
    })
    void caseAndAccentsFold(String typed, String local) {
        assertThat(SignUpRules.address(wish(typed)).toString()).isEqualTo(local + "@example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                ".bob",
                "bob.",
                "bo..b",
                "b.-ob",
                "bob+tag",
                "боб",
                "a@b",
                "bob%",
                "<bob>",
                "admin",
                "Admin",
                "postmaster",
                "no-reply",
                "no.reply",
                "admin-2",
                "sécurité",
                "root1",
                "mailer-daemon"
            })
    void otherNamesAreRefused(String typed) {
        assertThatThrownBy(() -> SignUpRules.address(wish(typed))).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @CsvSource({
        "alice, аlice",
        "paul, pau1",
        "bob, b0b",
        "rené, rene",
        "martin, rnartin",
        "william, vvilliam",
        "alice, ａｌｉｃｅ",
        "marc, mаrс"
    })
    void lookAlikesShareARest(String one, String other) {
        assertThat(Resemblance.of(one)).isEqualTo(Resemblance.of(other));
    }

    @ParameterizedTest
    @CsvSource({"alice, alicia", "paul, paule", "jean.luc, jeanluc", "ben, bem"})
    void differentNamesDoNot(String one, String other) {
        assertThat(Resemblance.of(one)).isNotEqualTo(Resemblance.of(other));
    }

    @Test
    void aRestIsItsOwnRest() {
        String rest = Resemblance.of("Аrthur.Dupоnt-01");
        assertThat(Resemblance.of(rest)).isEqualTo(rest);
    }
}
