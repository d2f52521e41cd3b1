package org.facteur.edge.imap;

/// Looks for the blank line behind a header, octet by octet, as long as every line before it is
/// plainly a field or its continuation. One header, one thread.
final class HeaderScan {
    private Place place = Place.LINE_START;

    private enum Place {
        LINE_START,
        BLANK_LINE,
        NAME,
        VALUE
    }

    /// What is known after an octet.
    enum Found {
        INSIDE,
        /// The octet was the last of the blank line.
        ENDED,
        /// A line is no field: what is header here must be looked up.
        DOUBTFUL
    }

    Found next(byte octet) {
        return switch (place) {
            case LINE_START -> lineStart(octet);
            case BLANK_LINE -> octet == '\n' ? Found.ENDED : Found.DOUBTFUL;
            case NAME -> {
                if (octet == ':') {
                    place = Place.VALUE;
                    yield Found.INSIDE;
                }
                yield isName(octet) ? Found.INSIDE : Found.DOUBTFUL;
            }
            case VALUE -> {
                if (octet == '\n') {
                    place = Place.LINE_START;
                }
                yield Found.INSIDE;
            }
        };
    }

    private Found lineStart(byte octet) {
        if (octet == '\n') {
            return Found.ENDED;
        }
        if (octet == '\r') {
            place = Place.BLANK_LINE;
        } else if (octet == ' ' || octet == '\t') {
            place = Place.VALUE;
        } else if (isName(octet) && octet != ':') {
            place = Place.NAME;
        } else {
            return Found.DOUBTFUL;
        }
        return Found.INSIDE;
    }

    private static boolean isName(byte octet) {
        return octet > ' ' && octet < 0x7F;
    }
}
