package org.facteur.wire.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.facteur.wire.text.Octets;
import org.facteur.wire.text.SyntaxFault;
import org.jspecify.annotations.Nullable;

/// A domain's SPF policy (RFC 7208 §3).
///
/// @param directives in order
/// @param redirect whose policy counts where no directive does; with macros
/// @param explanation where the words for who is refused are; with macros
record SpfRecord(
        List<Directive> directives, @Nullable String redirect, @Nullable String explanation) {
    private static final String VERSION = "v=spf1";
    private static final String RULE = "RFC 7208 §12";
    private static final int MOST_TERMS = 500;

    /// @param result what holds when the mechanism matches
    record Directive(SpfResult.Code result, Mechanism mechanism) {
        Directive {
            Objects.requireNonNull(result);
            Objects.requireNonNull(mechanism);
        }
    }

    /// What a sender's address is compared with (RFC 7208 §5). Domains have macros; null is the
    /// domain asked about.
    sealed interface Mechanism {}

    record All() implements Mechanism {}

    record Include(String domain) implements Mechanism {}

    /// @param mail whether the addresses of its mail servers count, and not its own
    record Hosts(boolean mail, @Nullable String domain, int fourBits, int sixBits)
            implements Mechanism {}

    record Ptr(@Nullable String domain) implements Mechanism {}

    /// @param network 4 or 16 octets
    record Network(Octets network, int bits) implements Mechanism {}

    record Exists(String domain) implements Mechanism {}

    SpfRecord {
        directives = List.copyOf(directives);
    }

    // version = "v=spf1"
    /// Whether a TXT record is an SPF policy (RFC 7208 §4.5).
    static boolean isOne(String text) {
        return text.regionMatches(true, 0, VERSION, 0, VERSION.length())
                && (text.length() == VERSION.length() || text.charAt(VERSION.length()) == ' ');
    }

    // record = version terms *SP    terms = *( 1*SP ( directive / modifier ) )
    /// @throws SyntaxFault wherever in it the fault is
    static SpfRecord parse(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                throw SyntaxFault.at(i, "ASCII", "RFC 7208 §3.1");
            }
        }
        List<Directive> directives = new ArrayList<>();
        String redirect = null;
        String explanation = null;
        List<String> terms = TagList.items(text.substring(VERSION.length()), ' ');
        if (terms.size() > MOST_TERMS) {
            throw new SyntaxFault(0, "at most 500 terms", null);
        }
        for (String term : terms) {
            int equals = modifier(term);
            String name = equals < 0 ? "" : term.substring(0, equals).toLowerCase(Locale.ROOT);
            if (term.isEmpty()) {
                continue;
            }
            if (equals < 0) {
                directives.add(directive(term));
            } else if (name.equals("redirect")) {
                redirect = once(redirect, term.substring(equals + 1));
            } else if (name.equals("exp")) {
                explanation = once(explanation, term.substring(equals + 1));
            } else {
                SpfMacro.check(term.substring(equals + 1), false);
            }
        }
        return new SpfRecord(directives, redirect, explanation);
    }

    private static String once(@Nullable String before, String domain) {
        if (before != null) {
            throw SyntaxFault.at(0, "the modifier once", "RFC 7208 §6");
        }
        SpfMacro.checkDomain(domain);
        return domain;
    }

    // modifier = redirect / explanation / unknown-modifier
    // name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." )
    /// @return where the `=` is; -1 for a directive
    private static int modifier(String term) {
        for (int i = 0; i < term.length(); i++) {
            char c = term.charAt(i);
            boolean alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean later = (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
            if (c == '=' && i > 0) {
                return i;
            }
            if (!alpha && (i == 0 || !later)) {
                return -1;
            }
        }
        return -1;
    }

    // directive = [ qualifier ] mechanism    qualifier = "+" / "-" / "?" / "~"
    private static Directive directive(String term) {
        SpfResult.Code result =
                switch (term.charAt(0)) {
                    case '-' -> SpfResult.Code.FAIL;
                    case '~' -> SpfResult.Code.SOFTFAIL;
                    case '?' -> SpfResult.Code.NEUTRAL;
                    default -> SpfResult.Code.PASS;
                };
        boolean qualified = "+-?~".indexOf(term.charAt(0)) >= 0;
        return new Directive(result, mechanism(qualified ? term.substring(1) : term));
    }

    // mechanism = ( all / include / a / mx / ptr / ip4 / ip6 / exists )
    private static Mechanism mechanism(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != ':' && text.charAt(end) != '/') {
            end++;
        }
        String name = text.substring(0, end).toLowerCase(Locale.ROOT);
        String rest = text.substring(end);
        return switch (name) {
            case "all" -> {
                if (!rest.isEmpty()) {
                    throw SyntaxFault.at(end, "nothing behind all", "RFC 7208 §5.1");
                }
                yield new All();
            }
            case "include" -> new Include(domain(rest));
            case "a" -> hosts(false, rest);
            case "mx" -> hosts(true, rest);
            case "ptr" -> new Ptr(rest.isEmpty() ? null : domain(rest));
            case "ip4" -> network(rest, 32);
            case "ip6" -> network(rest, 128);
            case "exists" -> new Exists(domain(rest));
            default -> throw SyntaxFault.at(0, "a mechanism", RULE);
        };
    }

    private static String domain(String rest) {
        if (!rest.startsWith(":")) {
            throw SyntaxFault.at(0, "a colon", RULE);
        }
        String domain = rest.substring(1);
        SpfMacro.checkDomain(domain);
        return domain;
    }

    // a = "a" [ ":" domain-spec ] [ dual-cidr-length ]
    // dual-cidr-length = [ ip4-cidr-length ] [ "/" ip6-cidr-length ]
    private static Mechanism hosts(boolean mail, String text) {
        String rest = text;
        int six = 128;
        int four = 32;
        int slashes = rest.lastIndexOf("//");
        if (slashes >= 0 && digits(rest, slashes + 2)) {
            six = bits(rest.substring(slashes + 2), 128);
            rest = rest.substring(0, slashes);
        }
        int slash = rest.lastIndexOf('/');
        if (slash >= 0 && digits(rest, slash + 1)) {
            four = bits(rest.substring(slash + 1), 32);
            rest = rest.substring(0, slash);
        }
        return new Hosts(mail, rest.isEmpty() ? null : domain(rest), four, six);
    }

    private static boolean digits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < text.length();
    }

    // ip4-cidr-length = "/" ("0" / %x31-39 [DIGIT])
    private static int bits(String text, int most) {
        boolean padded = text.length() > 1 && text.charAt(0) == '0';
        if (!digits(text, 0) || text.length() > 3 || padded || Integer.parseInt(text) > most) {
            throw SyntaxFault.at(0, "a length of at most " + most, "RFC 7208 §5.6");
        }
        return Integer.parseInt(text);
    }

    // ip4 = "ip4" ":" ip4-network [ ip4-cidr-length ]
    private static Mechanism network(String rest, int most) {
        int slash = rest.indexOf('/');
        int bits = slash < 0 ? most : bits(rest.substring(slash + 1), most);
        String address =
                rest.startsWith(":") ? rest.substring(1, slash < 0 ? rest.length() : slash) : "";
        Optional<Octets> network =
                most == 32
                        ? IpAddress.parseFour(address).map(IpAddress::octets)
                        : IpAddress.six(address).map(Octets::copyOf);
        return new Network(
                network.orElseThrow(() -> SyntaxFault.at(0, "an address", "RFC 7208 §5.6")), bits);
    }
}
