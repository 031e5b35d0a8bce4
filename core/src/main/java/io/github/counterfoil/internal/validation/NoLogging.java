package io.github.counterfoil.internal.validation;

import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.LoggerProvider;
import org.jspecify.annotations.Nullable;

/** Says nothing: the libraries inside Counterfoil's jar have no message for a host, and hold values in their hands. */
final class NoLogging implements LoggerProvider {

    @Override
    public Logger getLogger(String name) {
        return new Silent(name);
    }

    private static final class Silent extends Logger {
        private static final long serialVersionUID = 1;

        Silent(String name) {
            super(name);
        }

        @Override
        public boolean isEnabled(Level level) {
            return false;
        }

        @Override
        protected void doLog(
                Level level,
                String caller,
                Object message,
                Object @Nullable [] parameters,
                @Nullable Throwable thrown) {}

        @Override
        protected void doLogf(
                Level level,
                String caller,
                String format,
                Object @Nullable [] parameters,
                @Nullable Throwable thrown) {}
    }

    @Override
    public void clearMdc() {}

    @Override
    public @Nullable Object putMdc(String key, Object value) {
        return null;
    }

    @Override
    public @Nullable Object getMdc(String key) {
        return null;
    }

    @Override
    public void removeMdc(String key) {}

    @Override
    public Map<String, Object> getMdcMap() {
        return Map.of();
    }

    @Override
    public void clearNdc() {}

    @Override
    public String getNdc() {
        return "";
    }

    @Override
    public int getNdcDepth() {
        return 0;
    }

    @Override
    public String popNdc() {
        return "";
    }

    @Override
    public String peekNdc() {
        return "";
    }

    @Override
    public void pushNdc(String message) {}

    @Override
    public void setNdcMaxDepth(int maxDepth) {}
}
