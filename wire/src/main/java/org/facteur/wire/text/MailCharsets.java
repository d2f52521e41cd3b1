package org.facteur.wire.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/// Charsets by the names letters give them, and text by them.
///
/// No decoding here fails: an unknown charset and a malformed sequence give U+FFFD. What declares
/// no charset is UTF-8 where it is valid UTF-8, else what a guess over its first 64 kB says, else
/// windows-1252.
public final class MailCharsets {
    private static final int GUESSED = 64 * 1024;
    private static final int LONGEST_NAME = 64;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Map<String, String> ALIASES = new HashMap<>();

    static {
        alias(
                "UTF-8",
                "utf8",
                "utf-8",
                "unicode-1-1-utf-8",
                "x-unicode20utf8",
                "utf_8",
                "cp65001",
                "utf8mb4",
                "utf-8n");
        alias(
                "windows-1252",
                "iso-8859-1",
                "iso8859-1",
                "iso_8859-1",
                "iso88591",
                "iso-88591",
                "8859-1",
                "latin1",
                "latin-1",
                "l1",
                "windows-1252",
                "cp1252",
                "cp-1252",
                "win-1252",
                "x-cp1252",
                "ansi",
                "ansi_x3.110-1983",
                "x-ansi",
                "iso-8859-1-windows-3.1-latin-1",
                "x-mac-roman-1252");
        alias("ISO-8859-2", "iso-8859-2", "latin2", "l2", "iso8859-2");
        alias("ISO-8859-3", "iso-8859-3", "latin3");
        alias("ISO-8859-4", "iso-8859-4", "latin4");
        alias("ISO-8859-5", "iso-8859-5", "cyrillic");
        alias("ISO-8859-6", "iso-8859-6", "iso-8859-6-i", "iso-8859-6-e", "arabic");
        alias("ISO-8859-7", "iso-8859-7", "greek", "greek8");
        alias(
                "ISO-8859-8",
                "iso-8859-8",
                "iso-8859-8-i",
                "iso-8859-8-e",
                "hebrew",
                "logical",
                "visual");
        alias(
                "windows-1254",
                "iso-8859-9",
                "iso8859-9",
                "latin5",
                "windows-1254",
                "cp1254",
                "x-cp1254");
        alias("ISO-8859-13", "iso-8859-13", "latin7");
        alias("ISO-8859-15", "iso-8859-15", "iso8859-15", "latin9", "latin-9", "iso-8859-15-euro");
        alias("ISO-8859-16", "iso-8859-16", "latin10");
        alias("windows-1250", "windows-1250", "cp1250", "x-cp1250", "win-1250");
        alias("windows-1251", "windows-1251", "cp1251", "x-cp1251", "win-1251", "cp-1251");
        alias("windows-1253", "windows-1253", "cp1253");
        alias("windows-1255", "windows-1255", "cp1255");
        alias("windows-1256", "windows-1256", "cp1256");
        alias("windows-1257", "windows-1257", "cp1257");
        alias("windows-1258", "windows-1258", "cp1258");
        alias(
                "x-windows-874",
                "windows-874",
                "cp874",
                "tis-620",
                "tis620",
                "iso-8859-11",
                "dos-874");
        alias("KOI8-R", "koi8-r", "koi8", "koi8_r", "cskoi8r");
        alias("KOI8-U", "koi8-u", "koi8-ru");
        alias("IBM866", "ibm866", "cp866", "866", "dos-866");
        alias("IBM850", "ibm850", "cp850", "850");
        alias("IBM437", "ibm437", "cp437", "437");
        alias("IBM852", "ibm852", "cp852");
        alias("x-MacRoman", "macintosh", "mac", "x-mac-roman", "macroman");
        alias("x-MacCyrillic", "x-mac-cyrillic", "x-mac-ukrainian");
        alias(
                "GB18030",
                "gb2312",
                "gb_2312-80",
                "gbk",
                "cp936",
                "gb18030",
                "x-gbk",
                "chinese",
                "euc-cn",
                "gb2312_charset");
        alias("Big5-HKSCS", "big5", "big5-hkscs", "cn-big5", "x-x-big5", "cp950", "csbig5");
        alias("EUC-TW", "euc-tw", "x-euc-tw");
        alias(
                "windows-31j",
                "shift_jis",
                "shift-jis",
                "sjis",
                "x-sjis",
                "ms_kanji",
                "windows-31j",
                "cp932",
                "ms932");
        alias("EUC-JP", "euc-jp", "x-euc-jp", "eucjp");
        alias(
                "x-windows-iso2022jp",
                "iso-2022-jp",
                "csiso2022jp",
                "iso-2022-jp-ms",
                "cp50220",
                "cp50221");
        alias("ISO-2022-JP-2", "iso-2022-jp-1", "iso-2022-jp-2");
        alias(
                "x-windows-949",
                "ks_c_5601-1987",
                "ks_c_5601",
                "euc-kr",
                "cp949",
                "windows-949",
                "korean",
                "ksc5601",
                "ksc_5601");
        alias("ISO-2022-KR", "iso-2022-kr", "csiso2022kr");
        alias("x-ISO-2022-CN-GB", "iso-2022-cn");
        alias("UTF-16", "utf-16", "utf16", "unicode", "ucs-2", "iso-10646-ucs-2");
        alias("UTF-16LE", "utf-16le");
        alias("UTF-16BE", "utf-16be");
        alias("UTF-32", "utf-32", "ucs-4");
        alias("TIS-620", "tis-620-2533");
    }

    private MailCharsets() {}

    private static void alias(String charset, String... names) {
        for (String name : names) {
            ALIASES.put(name, charset);
        }
    }

    /// The charset a letter means by a name; empty when it is not known here. `us-ascii`, UTF-7 and
    /// HZ are not charsets of this machine: [#decode] handles the first two.
    public static Optional<Charset> find(String name) {
        String key = normal(name);
        if (key.isEmpty() || key.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(ALIASES.getOrDefault(key, key)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            return Optional.empty();
        }
    }

    /// Text of a part or word in the charset it declares.
    ///
    /// @param name as declared; null, empty or an ASCII name with 8-bit octets counts as undeclared
    public static String decode(byte[] bytes, int from, int to, @Nullable String name) {
        String key = name == null ? "" : normal(name);
        if (key.isEmpty() || ascii(key)) {
            return decodeUndeclared(bytes, from, to);
        }
        if (key.equals("utf-7")
                || key.equals("unicode-1-1-utf-7")
                || key.equals("x-unicode-2-0-utf-7")) {
            return Utf7.decode(bytes, from, to);
        }
        return find(key)
                .map(charset -> new String(bytes, from, to - from, charset))
                .orElseGet(() -> unknown(bytes, from, to));
    }

    /// Text of an HTML part. UTF-7 is not decoded: its `+ADw-` would become markup that no filter
    /// saw.
    public static String decodeHtml(byte[] bytes, int from, int to, @Nullable String name) {
        if (name != null && normal(name).contains("utf-7")) {
            return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        }
        return decode(bytes, from, to, name);
    }

    public static String decodeUndeclared(byte[] bytes, int from, int to) {
        if (onlyAscii(bytes, from, to)) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        if (isUtf8(bytes, from, to)) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        return new String(bytes, from, to - from, guess(bytes, from, to));
    }

    /// Whether these are whole UTF-8 characters; one cut off at the very end is forgiven.
    public static boolean isUtf8(byte[] bytes, int from, int to) {
        var decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer out = CharBuffer.allocate(Math.min(8192, to - from + 2));
        while (true) {
            CoderResult result = decoder.decode(in, out, false);
            if (result.isError()) {
                return false;
            }
            if (result.isUnderflow()) {
                return true;
            }
            out.clear();
        }
    }

    public static boolean onlyAscii(byte[] bytes, int from, int to) {
        int high = 0;
        for (int i = from; i < to; i++) {
            high |= bytes[i];
        }
        return high >= 0;
    }

    private static Charset guess(byte[] bytes, int from, int to) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(bytes, from, Math.min(GUESSED, to - from));
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        return name == null
                ? WINDOWS_1252
                : find(name).filter(Charset::canEncode).orElse(WINDOWS_1252);
    }

    private static boolean ascii(String key) {
        return key.equals("us-ascii")
                || key.equals("ascii")
                || key.equals("ansi_x3.4-1968")
                || key.equals("us_ascii")
                || key.equals("usascii")
                || key.equals("7bit")
                || key.equals("iso646-us")
                || key.equals("unknown-8bit")
                || key.equals("x-unknown")
                || key.equals("default")
                || key.equals("x-user-defined");
    }

    private static String unknown(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    private static String normal(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && (name.charAt(from) <= ' ' || "\"'".indexOf(name.charAt(from)) >= 0)) {
            from++;
        }
        while (to > from
                && (name.charAt(to - 1) <= ' ' || "\"';,".indexOf(name.charAt(to - 1)) >= 0)) {
            to--;
        }
        return name.substring(from, to).toLowerCase(Locale.ROOT);
    }
}
