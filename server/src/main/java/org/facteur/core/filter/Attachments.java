package org.facteur.core.filter;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.facteur.wire.mime.Anatomy;
import org.facteur.wire.mime.Disposition;
import org.facteur.wire.mime.Part;
import org.facteur.wire.mime.PartDecoder;

/// Programs among what is attached to a letter, by their names and by their first octets. Pure but
/// for reading the letter; bounded.
final class Attachments {
    private static final int MOST = 100;
    private static final int LONGEST_NAME = 60;
    private static final double STOPPED = 20;

    /// Kinds of files that run something when they are opened, by the end of their names.
    private static final Set<String> PROGRAMS =
            Set.of(
                    "exe",
                    "scr",
                    "com",
                    "pif",
                    "bat",
                    "cmd",
                    "js",
                    "jse",
                    "vbs",
                    "vbe",
                    "wsf",
                    "wsh",
                    "hta",
                    "lnk",
                    "iso",
                    "img",
                    "vhd",
                    "vhdx",
                    "one",
                    "chm",
                    "jar",
                    "msi",
                    "msp",
                    "ps1",
                    "cpl",
                    "reg",
                    "scf",
                    "url",
                    "appx",
                    "dll",
                    "sct",
                    "xll",
                    "library-ms");

    /// Kinds of files people open without a thought.
    private static final Set<String> PLAIN =
            Set.of(
                    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "txt",
                    "rtf", "csv", "jpg", "jpeg", "png", "gif", "mp3", "mp4", "avi", "htm", "html",
                    "xml", "zip", "eml", "ics", "vcf");

    private Attachments() {}

    /// What speaks against a letter for what it carries; one fact for each file that runs
    /// something.
    static List<Fact> of(Anatomy anatomy, ReadLetter.Source source) throws IOException {
        List<Fact> facts = new ArrayList<>();
        int looked = 0;
        for (Part part : anatomy.parts()) {
            String name = name(part);
            boolean file = !name.isEmpty() || !(part.type().isText() || part.type().isMultipart());
            if (!part.isLeaf() || !file || looked++ >= MOST) {
                continue;
            }
            RealType type = RealType.of(first(part, source));
            String shown = shown(name);
            if (isDisguised(name)) {
                facts.add(FactWords.fact("program-in-disguise", STOPPED, shown));
            } else if (type.runs() || PROGRAMS.contains(ending(name))) {
                facts.add(FactWords.fact("program", STOPPED, shown));
            }
        }
        return List.copyOf(facts);
    }

    private static String name(Part part) {
        Disposition disposition = part.details().disposition();
        return (disposition == null
                        ? java.util.Optional.<String>empty()
                        : disposition.find("filename"))
                .or(() -> part.type().find("name"))
                .orElse("");
    }

    private static byte[] first(Part part, ReadLetter.Source source) throws IOException {
        byte[] first = new byte[RealType.LOOKED_AT];
        int length = 0;
        try (InputStream body = source.open(part.range().bodyStart(), part.range().end())) {
            PartDecoder decoder = new PartDecoder(body::read, part.details().encoding());
            int some = decoder.read(first, 0, first.length);
            while (some >= 0 && length + some < first.length) {
                length += some;
                some = decoder.read(first, length, first.length - length);
            }
            length += Math.max(0, some);
        }
        return java.util.Arrays.copyOf(first, length);
    }

    /// The last part of a name, as programs see it.
    static String ending(String name) {
        String bare = bare(name);
        return bare.substring(bare.lastIndexOf('.') + 1);
    }

    /// Without what hides an ending: blanks and dots behind it, and marks that are not seen.
    private static String bare(String name) {
        StringBuilder kept = new StringBuilder(name.length());
        name.codePoints()
                .filter(point -> Character.getType(point) != Character.FORMAT)
                .forEach(kept::appendCodePoint);
        int end = kept.length();
        while (end > 0 && (kept.charAt(end - 1) <= ' ' || kept.charAt(end - 1) == '.')) {
            end--;
        }
        return kept.substring(0, end).toLowerCase(Locale.ROOT);
    }

    /// Two endings, the first of a document, the last of a program; an ending pushed out of sight;
    /// or writing turned around, so that an ending is read where it is not.
    static boolean isDisguised(String name) {
        if (!PROGRAMS.contains(ending(name))) {
            return false;
        }
        boolean turned = name.indexOf('\u202e') >= 0 || name.indexOf('\u202b') >= 0;
        String bare = bare(name);
        String before = bare.substring(0, Math.max(0, bare.lastIndexOf('.'))).stripTrailing();
        boolean doubled = PLAIN.contains(before.substring(before.lastIndexOf('.') + 1));
        boolean pushed = bare.contains("     ");
        return turned || (doubled && before.indexOf('.') >= 0) || pushed;
    }

    private static String shown(String name) {
        StringBuilder kept = new StringBuilder();
        name.codePoints()
                .filter(point -> Character.getType(point) != Character.FORMAT)
                .filter(point -> !Character.isISOControl(point))
                .limit(LONGEST_NAME)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
