package org.facteur.main;

import org.facteur.wire.address.Domain;
import org.facteur.wire.address.EmailAddress;
import org.facteur.wire.text.SyntaxFault;
import picocli.CommandLine;

/// Words of a command line as typed values.
final class Converters {
    private Converters() {}

    static void register(CommandLine line) {
        line.registerConverter(EmailAddress.class, Converters::address);
        line.registerConverter(Domain.class, Converters::domain);
    }

    private static EmailAddress address(String text) {
        try {
            return EmailAddress.parse(text);
        } catch (SyntaxFault fault) {
            throw new CommandLine.TypeConversionException("'" + text + "': " + fault.getMessage());
        }
    }

    private static Domain domain(String text) {
        try {
            return Domain.parse(text);
        } catch (SyntaxFault fault) {
            throw new CommandLine.TypeConversionException("'" + text + "': " + fault.getMessage());
        }
    }
}
