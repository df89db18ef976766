package org.danelaw.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/// What libraries log: warnings and errors go to standard error, in one line each; the rest is none of the operator's
/// business. What Danelaw itself has to tell is in its own logs.
///
/// Found by Logback over `META-INF/services`, where a file of its own would have to be parsed at each start.
public final class LibraryLog extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var layout = new OneLine();
        layout.setContext(context);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// The JDK and Angus Mail log through `java.util.logging`: the same for them, from the moment that they do.
    static void tameTheJdk() {
        System.getProperties().putIfAbsent("java.util.logging.config.class", JdkLog.class.getName());
    }

    /// `danelaw: NAME says: MESSAGE`, with what was thrown behind it.
    static final class OneLine extends LayoutBase<ILoggingEvent> {
        @Override
        public String doLayout(ILoggingEvent event) {
            var name = event.getLoggerName();
            var thrown = event.getThrowableProxy();
            var line = "danelaw: " + name.substring(name.lastIndexOf('.') + 1) + " says: " + event.getFormattedMessage()
                    + (thrown == null ? "" : ": " + thrown.getClassName() + ": " + thrown.getMessage());
            return line.replaceAll("\\p{Cntrl}+", " ") + System.lineSeparator();
        }
    }

    /// Made by [LogManager] when something first logs through it.
    public static final class JdkLog {
        private static final String SETTINGS = """
                handlers = java.util.logging.ConsoleHandler
                .level = WARNING
                java.util.logging.ConsoleHandler.formatter = java.util.logging.SimpleFormatter
                java.util.logging.SimpleFormatter.format = danelaw: %3$s says: %5$s%n
                """;

        public JdkLog() {
            try {
                LogManager.getLogManager()
                        .readConfiguration(
                                new java.io.ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.ISO_8859_1)));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }
}
