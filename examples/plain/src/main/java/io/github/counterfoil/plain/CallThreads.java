package io.github.counterfoil.plain;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What calls run on: a virtual thread each on Java 21 and later, so many platform threads before. */
final class CallThreads {
    private CallThreads() {}

    // region: threads
    static ExecutorService start(int platformThreads) {
        try {
            return (ExecutorService) Executors.class
                    .getMethod("newVirtualThreadPerTaskExecutor") // by name, since this is compiled for Java 17 too
                    .invoke(null);
        } catch (ReflectiveOperationException e) {
            return Executors.newFixedThreadPool(platformThreads);
        }
    }
    // endregion
}
