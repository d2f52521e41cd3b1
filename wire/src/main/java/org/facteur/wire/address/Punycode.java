package org.facteur.wire.address;

import org.facteur.wire.text.SyntaxFault;

/// Punycode (RFC 3492 §6) for single labels of at most 63 octets.
final class Punycode {
    private static final int BASE = 36;
    private static final int FIRST_POINT = 0x80;
    private static final int FIRST_BIAS = 72;
    private static final int LONGEST = 63;

    private Punycode() {}

    static String encode(String label) {
        int[] points = label.codePoints().toArray();
        if (points.length > LONGEST) {
            throw SyntaxFault.at(0, "a label of at most 63 octets", "RFC 5890 §2.3.2.1");
        }
        StringBuilder out = new StringBuilder();
        for (int point : points) {
            if (point < 0x80) {
                out.append((char) point);
            }
        }
        int basic = out.length();
        if (basic > 0) {
            out.append('-');
        }
        int done = basic;
        int next = FIRST_POINT;
        int delta = 0;
        int bias = FIRST_BIAS;
        while (done < points.length) {
            int smallest = Integer.MAX_VALUE;
            for (int point : points) {
                smallest = point >= next ? Math.min(smallest, point) : smallest;
            }
            delta += (smallest - next) * (done + 1);
            next = smallest;
            for (int point : points) {
                if (point < next) {
                    delta++;
                } else if (point == next) {
                    number(delta, bias, out);
                    bias = adapt(delta, done + 1, done == basic);
                    delta = 0;
                    done++;
                }
            }
            delta++;
            next++;
        }
        return out.toString();
    }

    private static void number(int delta, int bias, StringBuilder out) {
        int rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = threshold(k, bias);
            if (rest < threshold) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    static String decode(String text) {
        StringBuilder out = new StringBuilder();
        int basic = Math.max(0, text.lastIndexOf('-'));
        out.append(text, 0, basic);
        int at = basic > 0 ? basic + 1 : 0;
        long point = FIRST_POINT;
        long index = 0;
        int bias = FIRST_BIAS;
        int count = out.length();
        while (at < text.length()) {
            long before = index;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < text.length() ? value(text.charAt(at++)) : -1;
                if (digit < 0) {
                    throw fault(at);
                }
                index += digit * weight;
                int threshold = threshold(k, bias);
                if (index > Integer.MAX_VALUE) {
                    throw fault(at);
                }
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
                if (weight > Integer.MAX_VALUE) {
                    throw fault(at);
                }
            }
            bias = adapt((int) (index - before), count + 1, before == 0);
            point += index / (count + 1);
            index %= count + 1;
            if (point > Character.MAX_CODE_POINT || (point >= 0xD800 && point <= 0xDFFF)) {
                throw fault(at);
            }
            out.insert(out.offsetByCodePoints(0, (int) index), Character.toString((int) point));
            index++;
            count++;
        }
        return out.toString();
    }

    private static SyntaxFault fault(int at) {
        return SyntaxFault.at(at, "Punycode", "RFC 3492 §6.2");
    }

    private static int threshold(int k, int bias) {
        return Math.clamp(k - bias, 1, 26);
    }

    private static int adapt(int delta, int points, boolean first) {
        int rest = first ? delta / 700 : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > 455) {
            rest /= 35;
            k += BASE;
        }
        return k + 36 * rest / (rest + 38);
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int value(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
    }
}
