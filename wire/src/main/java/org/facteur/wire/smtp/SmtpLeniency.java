package org.facteur.wire.smtp;

/// Deviations that are understood.
public enum SmtpLeniency {
    /// `MAIL FROM: <a@b>`: scanners, old Outlook, scripts.
    BLANK_BEFORE_PATH,
    /// `MAIL FROM:a@b`: devices that scan and fax.
    NO_BRACKETS,
    /// Blanks at the end of a command: telnet users and some Java programs.
    BLANK_AT_END,
    /// A greeting name that is no domain, as `my_pc!`: taken for no name.
    STRANGE_NAME
}
