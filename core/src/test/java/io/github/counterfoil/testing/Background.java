package io.github.counterfoil.testing;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Work beside the test, each on a thread of its own. The JDK's common pool has one thread on a machine with two processors:
 * two pieces of work that wait for each other would wait there for ever.
 */
public final class Background {
    private Background() {}

    public static CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, Background::start);
    }

    public static <T> CompletableFuture<T> call(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Background::start);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "background");
        thread.setDaemon(true);
        thread.start();
    }
}
