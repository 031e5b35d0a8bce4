package io.github.counterfoil.testing;

import io.github.counterfoil.spi.CallObserver;
import java.util.ArrayList;
import java.util.List;

/** An observer that remembers what it was told, by all threads. */
public final class ToldCalls implements CallObserver {
    private final List<Told> calls = new ArrayList<>();
    private final List<String> order = new ArrayList<>();
    private int running;

    /** A call that has ended. */
    public record Told(Call call, End end, boolean sameThread) {
        public String operation() {
            return call.operation();
        }

        public Side side() {
            return call.side();
        }

        /** Its outcome, with its error if there was one. */
        public String outcome() {
            return end.outcome() + end.error().map(error -> " " + error).orElse("");
        }
    }

    @Override
    public synchronized Observation begin(Call call) {
        order.add(call.operation() + " begins");
        running++;
        Thread caller = Thread.currentThread();
        return end -> ended(new Told(call, end, caller == Thread.currentThread()));
    }

    private synchronized void ended(Told told) {
        order.add(told.operation() + " ends");
        running--;
        calls.add(told);
    }

    /** All that have ended, in that order. */
    public synchronized List<Told> calls() {
        return List.copyOf(calls);
    }

    /** Which began or ended, in the order in which they did. */
    public synchronized List<String> order() {
        return List.copyOf(order);
    }

    /** How many began more than ended. */
    public synchronized int running() {
        return running;
    }

    /** What is told of the work, which is forgotten again. */
    public List<Told> of(Runnable work) {
        forget();
        work.run();
        List<Told> told = calls();
        forget();
        return told;
    }

    /** As {@link #of}, of one call. */
    public Told only(Runnable call) {
        List<Told> told = of(call);
        if (told.size() != 1) {
            throw new AssertionError("one call was told " + told.size() + " times: " + told);
        }
        return told.get(0);
    }

    private synchronized void forget() {
        calls.clear();
        order.clear();
    }
}
