package org.facteur.wire.smtp;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.facteur.wire.text.SyntaxFault;

/// What a server said to EHLO.
///
/// @param offered each extension with its parameters, in upper case
public record SmtpCapabilities(Map<SmtpCapability, List<String>> offered) {
    /// A server that only knows HELO.
    public static final SmtpCapabilities NONE = new SmtpCapabilities(Map.of());

    public SmtpCapabilities {
        offered = Map.copyOf(offered);
    }

    // ehlo-line = ehlo-keyword *( SP ehlo-param )
    /// Reads a positive answer to EHLO (RFC 5321 §4.1.1.1); what is not known here is skipped.
    public static SmtpCapabilities of(SmtpReply reply) {
        EnumMap<SmtpCapability, List<String>> offered = new EnumMap<>(SmtpCapability.class);
        for (String line : reply.lines().subList(1, reply.lines().size())) {
            List<String> words = words(line.toUpperCase(Locale.ROOT));
            if (!words.isEmpty()) {
                SmtpCapability.find(words.getFirst())
                        .ifPresent(
                                known ->
                                        offered.putIfAbsent(
                                                known,
                                                List.copyOf(words.subList(1, words.size()))));
            }
        }
        return new SmtpCapabilities(offered);
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= line.length(); i++) {
            if (i == line.length() || line.charAt(i) == ' ') {
                if (i > from) {
                    words.add(line.substring(from, i));
                }
                from = i + 1;
            }
        }
        return words;
    }

    public boolean has(SmtpCapability capability) {
        return offered.containsKey(capability);
    }

    /// The largest letter taken in octets; the largest number where that is not said or is 0 (RFC
    /// 1870 §4).
    public long sizeLimit() {
        List<String> parameters = offered.getOrDefault(SmtpCapability.SIZE, List.of());
        if (parameters.isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            long limit = SmtpParser.number(parameters.getFirst(), 18);
            return limit == 0 ? Long.MAX_VALUE : limit;
        } catch (SyntaxFault odd) {
            return Long.MAX_VALUE;
        }
    }

    // limits-param = limit-name "=" limit-value
    /// A limit the server names (RFC 9422 §4), for example `RCPTMAX`; `most` where it names none or
    /// one that makes no sense.
    public int limit(String name, int most) {
        String prefix = name + "=";
        for (String parameter : offered.getOrDefault(SmtpCapability.LIMITS, List.of())) {
            if (parameter.startsWith(prefix)) {
                try {
                    long limit = SmtpParser.number(parameter.substring(prefix.length()), 6);
                    return limit == 0 ? most : (int) Math.min(most, limit);
                } catch (SyntaxFault odd) {
                    return most;
                }
            }
        }
        return most;
    }
}
