package org.facteur.main;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.facteur.base.fault.Refusal;
import org.jspecify.annotations.Nullable;

/// A table in CSV (RFC 4180 §2) whose first line names its columns.
///
/// Fields are parted by commas, or by semicolons when the first line has those instead, as
/// spreadsheets in French write them. Lines end with CRLF or LF; blank lines are left out.
///
/// @param columns lower case
record CsvTable(List<String> columns, List<Row> rows) {
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_COLUMNS = 50;

    CsvTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// One field and where it begins.
    ///
    /// @param line from 1
    /// @param column of its first character, from 1
    record Field(String text, int line, int column) {}

    /// One line of the table.
    record Row(List<Field> fields) {
        Row {
            fields = List.copyOf(fields);
        }

        int line() {
            return fields.getFirst().line();
        }
    }

    /// The field under a name; null where the column or the text is missing.
    @Nullable Field find(Row row, String column) {
        int at = columns.indexOf(column);
        if (at < 0 || at >= row.fields().size()) {
            return null;
        }
        Field field = row.fields().get(at);
        return field.text().isEmpty() ? null : field;
    }

    /// @throws Refusal INVALID for what is no such table, naming line and column
    static CsvTable parse(String text) {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        int end = plain.indexOf('\n');
        String first = end < 0 ? plain : plain.substring(0, end);
        char separator = first.indexOf(';') >= 0 && first.indexOf(',') < 0 ? ';' : ',';
        List<Row> rows = new Reader(plain, separator).rows();
        if (rows.isEmpty()) {
            throw invalid(
                    1,
                    1,
                    "the first line names the columns",
                    "la première ligne nomme les colonnes");
        }
        List<String> columns =
                rows.getFirst().fields().stream()
                        .map(field -> field.text().strip().toLowerCase(Locale.ROOT))
                        .toList();
        for (Row row : rows) {
            if (row.fields().size() > columns.size()) {
                Field extra = row.fields().get(columns.size());
                throw invalid(
                        extra.line(),
                        extra.column(),
                        "more fields than columns",
                        "plus de champs que de colonnes");
            }
        }
        return new CsvTable(columns, rows.subList(1, rows.size()));
    }

    static Refusal invalid(int line, int column, String english, String french) {
        return new Refusal(
                Refusal.Reason.INVALID,
                "Line " + line + ", column " + column + ": " + english + ".",
                "Ligne " + line + ", colonne " + column + " : " + french + ".");
    }

    /// A cursor over the text.
    private static final class Reader {
        private final String text;
        private final char separator;
        private int at;
        private int line = 1;
        private int lineStart;

        Reader(String text, char separator) {
            this.text = text;
            this.separator = separator;
        }

        // file = record *(CRLF record) [CRLF]
        List<Row> rows() {
            List<Row> rows = new ArrayList<>();
            while (at < text.length()) {
                List<Field> fields = row();
                if (fields.size() > 1 || !fields.getFirst().text().isBlank()) {
                    rows.add(new Row(fields));
                }
                if (rows.size() > MOST_ROWS) {
                    throw invalid(line, 1, "too many lines", "trop de lignes");
                }
            }
            return rows;
        }

        // record = field *(COMMA field)
        private List<Field> row() {
            List<Field> fields = new ArrayList<>();
            fields.add(field());
            while (at < text.length() && text.charAt(at) == separator) {
                at++;
                fields.add(field());
                if (fields.size() > MOST_COLUMNS) {
                    throw invalid(line, column(), "too many fields", "trop de champs");
                }
            }
            if (at < text.length() && text.charAt(at) == '\r') {
                at++;
            }
            if (at < text.length()) {
                if (text.charAt(at) != '\n') {
                    throw invalid(
                            line,
                            column(),
                            "a separator or the end of the line is expected",
                            "un séparateur ou la fin de la ligne est attendu");
                }
                newLine();
            }
            return fields;
        }

        private int column() {
            return at - lineStart + 1;
        }

        private void newLine() {
            at++;
            line++;
            lineStart = at;
        }

        // field = (escaped / non-escaped)
        private Field field() {
            int fieldLine = line;
            int fieldColumn = column();
            String value =
                    at < text.length() && text.charAt(at) == '"' ? escaped() : plain().strip();
            return new Field(value, fieldLine, fieldColumn);
        }

        private String plain() {
            int from = at;
            while (at < text.length()
                    && text.charAt(at) != separator
                    && text.charAt(at) != '\r'
                    && text.charAt(at) != '\n') {
                at++;
            }
            return text.substring(from, at);
        }

        // escaped = DQUOTE *(TEXTDATA / COMMA / CR / LF / 2DQUOTE) DQUOTE
        private String escaped() {
            int openLine = line;
            int openColumn = column();
            StringBuilder value = new StringBuilder();
            at++;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    if (at >= text.length() || text.charAt(at) != '"') {
                        return value.toString();
                    }
                }
                value.append(c);
                if (c == '\n') {
                    newLine();
                } else {
                    at++;
                }
            }
            throw invalid(
                    openLine, openColumn, "a quote is never closed", "un guillemet reste ouvert");
        }
    }
}
