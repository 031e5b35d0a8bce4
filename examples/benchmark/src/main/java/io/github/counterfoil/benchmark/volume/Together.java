package io.github.counterfoil.benchmark.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * So many do the same until each is done.
 *
 * @param number of threads
 */
record Together(int number) {
    private static final int TOLD_EVERY_SECONDS = 5;

    /**
     * @param work what each does, until there is nothing left
     * @param tell how far they are, from time to time and in the end
     */
    void run(Runnable work, Runnable tell) {
        ExecutorService threads = Executors.newFixedThreadPool(number);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                all.add(threads.submit(work));
            }
            for (Future<?> one : all) {
                await(one, tell);
            }
            tell.run();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(Future<?> one, Runnable tell) {
        while (true) {
            try {
                one.get(TOLD_EVERY_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                tell.run();
            } catch (ExecutionException e) {
                throw new IllegalStateException("one of several failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
