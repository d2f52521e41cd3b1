package org.facteur.wire.report;

import java.util.Locale;
import org.facteur.wire.text.SyntaxFault;

/// What was done with a letter for one recipient (RFC 3464 §2.3.3).
public enum DeliveryAction {
    FAILED,
    DELAYED,
    DELIVERED,
    RELAYED,
    EXPANDED;

    // action-value = "failed" / "delayed" / "delivered" / "relayed" / "expanded"
    static DeliveryAction parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "failed" -> FAILED;
            case "delayed" -> DELAYED;
            case "delivered" -> DELIVERED;
            case "relayed" -> RELAYED;
            case "expanded" -> EXPANDED;
            default -> throw SyntaxFault.at(0, "an action", "RFC 3464 §2.3.3");
        };
    }

    String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
