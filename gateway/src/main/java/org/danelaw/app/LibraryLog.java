package org.danelaw.app;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// What libraries log, dnsjava's and SQLite's by way of SLF4J: warnings and errors go to standard error, in one line
/// each; the rest is none of the operator's business. What Danelaw itself has to tell is in its own logs.
///
/// SLF4J makes one when something first logs.
public final class LibraryLog implements SLF4JServiceProvider {
    private static final String SLF4J_VERSION = "2.0";

    private final PrintStream err;

    /// What SLF4J calls.
    public LibraryLog() {
        this(System.err);
    }

    LibraryLog(PrintStream err) {
        this.err = err;
    }

    /// Names itself to SLF4J, which else looks into every jar for one, and the first line of a command waits for that.
    static void install() {
        System.getProperties().putIfAbsent("slf4j.provider", LibraryLog.class.getName());
        System.getProperties().putIfAbsent("slf4j.internal.verbosity", "WARN");
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return library -> new Lines(library, err);
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return new BasicMarkerFactory();
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return new NOPMDCAdapter();
    }

    @Override
    public String getRequestedApiVersion() {
        return SLF4J_VERSION;
    }

    @Override
    public void initialize() {}

    /// What one part of a library says.
    private static final class Lines extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1;

        private final transient PrintStream err;

        Lines(String library, PrintStream err) {
            this.name = library;
            this.err = err;
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return false;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                Object @Nullable [] arguments,
                @Nullable Throwable cause) {
            String said = MessageFormatter.basicArrayFormat(pattern, arguments);
            String line = "danelaw: " + name + " says: " + said + (cause == null ? "" : ": " + cause);
            err.println(line.replaceAll("\\p{Cntrl}+", " "));
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return "";
        }
    }
}
