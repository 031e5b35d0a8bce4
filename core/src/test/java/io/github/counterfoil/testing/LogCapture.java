package io.github.counterfoil.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;

/**
 * All that the current thread logs while this is open, down to the finest level, by Counterfoil and by the libraries under
 * it. What the driver logs is the host's: it writes to java.util.logging, and only if told to.
 */
public final class LogCapture implements AutoCloseable {
    private static final List<String> CAPTURED =
            List.of("io.github.counterfoil", "org.jooq", "org.hibernate.validator", "com.fasterxml.jackson");

    private final Map<Thread, StringBuilder> lines = new ConcurrentHashMap<>();
    private final Map<String, Level> levels = new HashMap<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            StringBuilder log = lines.computeIfAbsent(Thread.currentThread(), thread -> new StringBuilder());
            log.append(event.getLoggerName())
                    .append(" ")
                    .append(event.getFormattedMessage())
                    .append('\n');
            if (event.getThrowableProxy() != null) {
                log.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    };

    private LogCapture() {}

    public static LogCapture open() {
        LogCapture capture = new LogCapture();
        capture.appender.start();
        for (String name : CAPTURED) {
            Logger logger = logger(name);
            capture.levels.put(name, logger.getLevel());
            logger.setLevel(Level.TRACE);
            logger.setAdditive(false);
            logger.addAppender(capture.appender);
        }
        return capture;
    }

    /** What this thread logged since it asked last. */
    public String drain() {
        StringBuilder log = lines.remove(Thread.currentThread());
        return log == null ? "" : log.toString();
    }

    @Override
    public void close() {
        for (String name : CAPTURED) {
            Logger logger = logger(name);
            logger.detachAppender(appender);
            logger.setAdditive(true);
            logger.setLevel(levels.get(name));
        }
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
