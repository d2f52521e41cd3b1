package org.facteur.core.filter;

import java.nio.charset.StandardCharsets;

/// What a file is by its first octets, whatever it is called.
enum RealType {
    /// Runs on Windows, Linux or a Mac.
    PROGRAM,
    /// A Windows shortcut, which may run anything.
    SHORTCUT,
    /// A disk that opens by a click.
    DISK_IMAGE,
    /// A OneNote section, which may hold programs behind pictures.
    NOTEBOOK,
    /// Compiled help, which may run anything.
    HELP,
    /// A script with its interpreter named.
    SCRIPT,
    ARCHIVE,
    PDF,
    /// An old Office document, or an installer.
    COMPOUND,
    PICTURE,
    MARKUP,
    UNKNOWN;

    /// How many octets are looked at.
    static final int LOOKED_AT = 512;

    private static final int FURTHEST_HEADER = 1 << 20;
    private static final int[] NOTEBOOK_MARK = {0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D};
    private static final int[] SHORTCUT_MARK = {0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0};
    private static final int[] COMPOUND_MARK = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
    private static final int[] ELF = {0x7F, 'E', 'L', 'F'};
    private static final int[] MACH = {0xCF, 0xFA, 0xED, 0xFE};
    private static final int[] MACH_OLD = {0xCE, 0xFA, 0xED, 0xFE};
    private static final int[] FAT_OR_CLASS = {0xCA, 0xFE, 0xBA, 0xBE};
    private static final int[] ZIP = {'P', 'K', 3, 4};
    private static final int[] GZIP = {0x1F, 0x8B};
    private static final int[] SEVEN_ZIP = {'7', 'z', 0xBC, 0xAF};
    private static final int[] RAR = {'R', 'a', 'r', '!', 0x1A};
    private static final int[] CABINET = {'M', 'S', 'C', 'F', 0, 0, 0, 0};
    private static final int[] PNG = {0x89, 'P', 'N', 'G'};
    private static final int[] JPEG = {0xFF, 0xD8, 0xFF};

    /// @param first the first octets, [#LOOKED_AT] of them where there are as many
    static RealType of(byte[] first) {
        if (isWindowsProgram(first)
                || begins(first, ELF)
                || begins(first, MACH)
                || begins(first, MACH_OLD)
                || begins(first, FAT_OR_CLASS)) {
            return PROGRAM;
        }
        if (begins(first, SHORTCUT_MARK)) {
            return SHORTCUT;
        }
        if (begins(first, NOTEBOOK_MARK)) {
            return NOTEBOOK;
        }
        if (begins(first, COMPOUND_MARK)) {
            return COMPOUND;
        }
        if (begins(first, ZIP)
                || begins(first, GZIP)
                || begins(first, SEVEN_ZIP)
                || begins(first, RAR)
                || begins(first, CABINET)) {
            return ARCHIVE;
        }
        if (begins(first, PNG) || begins(first, JPEG)) {
            return PICTURE;
        }
        return text(new String(first, StandardCharsets.ISO_8859_1));
    }

    private static RealType text(String first) {
        if (first.startsWith("%PDF-")) {
            return PDF;
        }
        if (first.startsWith("ITSF")) {
            return HELP;
        }
        if (first.startsWith("conectix") || first.startsWith("vhdxfile")) {
            return DISK_IMAGE;
        }
        if (first.startsWith("GIF8")) {
            return PICTURE;
        }
        if (first.startsWith("#!")) {
            return SCRIPT;
        }
        String start = first.stripLeading().toLowerCase(java.util.Locale.ROOT);
        return start.startsWith("<!doctype html")
                        || start.startsWith("<html")
                        || start.startsWith("<svg")
                        || start.startsWith("<script")
                ? MARKUP
                : UNKNOWN;
    }

    /// `MZ`, and where it says that the new header is, one begins or lies beyond what was read.
    private static boolean isWindowsProgram(byte[] first) {
        if (first.length < 64 || first[0] != 'M' || first[1] != 'Z') {
            return false;
        }
        int header =
                (first[60] & 0xFF)
                        | (first[61] & 0xFF) << 8
                        | (first[62] & 0xFF) << 16
                        | (first[63] & 0xFF) << 24;
        if (header < 0 || header > FURTHEST_HEADER) {
            return false;
        }
        return header + 1 >= first.length
                || header < 64
                || (first[header] == 'P' && first[header + 1] == 'E')
                || (first[header] == 'N' && first[header + 1] == 'E');
    }

    private static boolean begins(byte[] first, int[] mark) {
        if (first.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((first[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /// Whether opening it runs something.
    boolean runs() {
        return switch (this) {
            case PROGRAM, SHORTCUT, DISK_IMAGE, NOTEBOOK, HELP -> true;
            case SCRIPT, ARCHIVE, PDF, COMPOUND, PICTURE, MARKUP, UNKNOWN -> false;
        };
    }
}
