package org.facteur.main;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where log lines go: standard error, as text or as JSON, one line each.
final class Logs {
    /// Controls in a message become blanks, so that nothing a peer says makes a line of its own.
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %replace(%msg){'[\\p{Cntrl}"
                    + "\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]', ' '}%n%ex";

    private Logs() {}

    /// The server's log.
    static void serve(boolean json, Level level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        EncoderBase<ILoggingEvent> encoder;
        if (json) {
            JsonEncoder lines = new JsonEncoder();
            lines.setWithContext(false);
            lines.setWithSequenceNumber(false);
            lines.setWithNanoseconds(false);
            encoder = lines;
        } else {
            PatternLayoutEncoder text = new PatternLayoutEncoder();
            text.setPattern(PATTERN);
            encoder = text;
        }
        encoder.setContext(context);
        encoder.start();
        append(context, encoder, level);
    }

    /// A command's log: only what somebody must act on.
    static void quiet() {
        serve(false, Level.ERROR);
    }

    private static void append(LoggerContext context, Encoder<ILoggingEvent> encoder, Level level) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        // What the HTTP server tells of its start and its lines is for programmers.
        context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
        root.addAppender(appender);
    }
}
