package org.facteur.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.facteur.base.fault.Refusal;
import org.junit.jupiter.api.Test;

class CsvTableTest {
    private static String text(CsvTable table, int row, String column) {
        CsvTable.Field field = table.find(table.rows().get(row), column);
        return field == null ? "" : field.text();
    }

    @Test
    void fieldsMayBeQuotedAndHoldSeparatorsQuotesAndLines() {
        CsvTable table =
                CsvTable.parse(
                        "Address,name\r\n a@b.c ,\"Dupont, \"\"Zoé\"\"\nfils\"\r\n\r\nd@e.f,\n");
        assertThat(table.columns()).containsExactly("address", "name");
        assertThat(table.rows()).hasSize(2);
        assertThat(text(table, 0, "address")).isEqualTo("a@b.c");
        assertThat(text(table, 0, "name")).isEqualTo("Dupont, \"Zoé\"\nfils");
        assertThat(text(table, 1, "name")).isEmpty();
        assertThat(table.rows().get(1).line()).isEqualTo(5);
    }

    @Test
    void semicolonsAndAMarkOfByteOrderAreUnderstood() {
        CsvTable table = CsvTable.parse("\uFEFFaddress;name\nx@y.z;Renée\n");
        assertThat(text(table, 0, "name")).isEqualTo("Renée");
    }

    @Test
    void faultsNameLineAndColumn() {
        assertThatThrownBy(() -> CsvTable.parse("a,b\n1,2,3\n"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Line 2, column 5");
        assertThatThrownBy(() -> CsvTable.parse("a,b\n1,\"2\n"))
                .hasMessageContaining("Line 2, column 3");
        assertThatThrownBy(() -> CsvTable.parse("a,b\n\"1\"x,2\n"))
                .hasMessageContaining("Line 2, column 4");
        assertThatThrownBy(() -> CsvTable.parse("")).isInstanceOf(Refusal.class);
    }
}
