package org.facteur.wire.jmap;

/// Ids (RFC 8620 §1.2).
public final class JmapId {
    private static final int LONGEST = 255;

    private JmapId() {}

    // Id = 1*255( ALPHA / DIGIT / "-" / "_" )
    public static boolean valid(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fits =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '-'
                            || c == '_';
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
