package org.facteur.wire.imap;

/// A command with the name its answer will carry.
///
/// @param tag 1*ASTRING-CHAR without `+`
public record TaggedCommand(String tag, ImapCommand command) {
    public TaggedCommand {
        if (!isTag(tag)) {
            throw new IllegalArgumentException("not a tag");
        }
    }

    static boolean isTag(String tag) {
        if (tag.isEmpty()) {
            return false;
        }
        for (int i = 0; i < tag.length(); i++) {
            if (tag.charAt(i) >= 128 || !Grammar.isTagChar((byte) tag.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
