package org.facteur.wire.jmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderFormTest {
    @Test
    void aPropertyNamesFieldFormAndInstances() {
        HeaderProperty property = HeaderProperty.parse("header:List-Post:asURLs:all").orElseThrow();
        assertThat(property.field()).isEqualTo("list-post");
        assertThat(property.name()).isEqualTo("List-Post");
        assertThat(property.form()).isEqualTo(HeaderProperty.Form.URLS);
        assertThat(property.all()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "header:",
                "header:a b",
                "header:From:asText",
                "header:Subject:asDate",
                "header:X:asNothing",
                "header:X:all:all",
                "From"
            })
    void whatIsNoPropertyIsNone(String property) {
        assertThat(HeaderProperty.parse(property)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "header:Subject:asText | \"Hello\" | Subject: Hello",
                "header:X-A | \" raw value\" | X-A: raw value",
                "header:To:asAddresses | [{\"name\":\"B \\\"Q\\\"\",\"email\":\"b@x.example\"}] |"
                        + " To: \"B \\\"Q\\\"\" <b@x.example>",
                "header:Cc:asGroupedAddresses |"
                        + " [{\"name\":\"Us\",\"addresses\":[{\"email\":\"a@x.example\"}]}] |"
                        + " Cc: \"Us\": a@x.example;",
                "header:References:asMessageIds | [\"a@b\",\"c@d\"] | References: <a@b> <c@d>",
                "header:Date:asDate | \"2026-11-22T10:00:00+01:00\" |"
                        + " Date: Sun, 22 Nov 2026 10:00:00 +0100",
                "header:List-Post:asURLs | [\"mailto:a@b\"] | List-Post: <mailto:a@b>"
            })
    void aFieldIsWrittenFromItsForm(String property, String value, String field) {
        assertThat(
                        HeaderFormat.fields(
                                HeaderProperty.parse(property).orElseThrow(), JmapText.read(value)))
                .containsExactly(field + "\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "header:X-A | \"a\\r\\nBcc: b@x.example\"",
                "header:To:asAddresses | [{\"email\":\"a@x\\r\\nBcc: b\"}]",
                "header:To:asAddresses | \"a@x.example\"",
                "header:References:asMessageIds | [\"a> <b\"]",
                "header:Date:asDate | \"yesterday\"",
                "header:List-Post:asURLs | [\"a b\"]"
            })
    void whatWouldBeAnotherFieldIsRefused(String property, String value) {
        assertThatThrownBy(
                        () ->
                                HeaderFormat.fields(
                                        HeaderProperty.parse(property).orElseThrow(),
                                        JmapText.read(value)))
                .isInstanceOf(SetFault.class);
    }
}
