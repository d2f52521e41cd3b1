package org.facteur.move.file;

import java.util.List;

/// What an export wrote.
///
/// @param notes what could not be written as it is, in plain English
public record ExportReport(long letters, int mailboxes, List<String> notes) {
    public ExportReport {
        notes = List.copyOf(notes);
    }
}
