package io.github.counterfoil.internal.document;

import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.internal.database.Database;
import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.atomic.AtomicReference;

/** Writes what is read in several statements as it was at one moment. */
final class Written {

    private Written() {}

    /** What is read and written. */
    interface Export {
        /** Whether there is such a thing. */
        boolean write(Database database, Writer out) throws IOException;
    }

    static boolean atOneMoment(Database database, Writer out, Export export) throws IOException {
        // What the host's writer throws is the host's own, and no failure of the database.
        AtomicReference<Exception> hosts = new AtomicReference<>();
        boolean found = database.atOneMoment(moment -> {
            try {
                return export.write(moment, out);
            } catch (CounterfoilException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                hosts.set(e);
                return false;
            }
        });
        if (hosts.get() instanceof IOException e) {
            throw e;
        }
        if (hosts.get() instanceof RuntimeException e) {
            throw e;
        }
        return found;
    }
}
