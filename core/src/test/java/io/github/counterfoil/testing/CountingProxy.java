package io.github.counterfoil.testing;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between the driver and PostgreSQL and counts round trips: each time that the driver waits. */
public final class CountingProxy implements AutoCloseable {
    private final ProtocolProxy proxy;
    private final AtomicInteger roundTrips = new AtomicInteger();
    private final AtomicInteger bytesDown = new AtomicInteger();
    private volatile boolean swallowing;

    private CountingProxy(String jdbcUrl) {
        proxy = ProtocolProxy.before(jdbcUrl, new Counting());
    }

    /** A proxy before the server of a JDBC address. */
    public static CountingProxy before(String jdbcUrl) {
        return new CountingProxy(jdbcUrl);
    }

    /** The JDBC address that leads through the proxy. */
    public String url() {
        return proxy.url();
    }

    /** How many round trips the work takes. */
    public int count(Runnable work) {
        int before = roundTrips.get();
        work.run();
        return roundTrips.get() - before;
    }

    /** How many bytes PostgreSQL answers to the work. */
    public int bytesDown(Runnable work) {
        int before = bytesDown.get();
        work.run();
        return bytesDown.get() - before;
    }

    /** From now on PostgreSQL gets what is sent, and nobody hears its answers. */
    public void swallowAnswers() {
        swallowing = true;
    }

    private final class Counting implements ProtocolProxy.Traffic {
        @Override
        public void request(ProtocolProxy.Link link, ProtocolProxy.Request request) throws IOException {
            if (request.awaited()) {
                roundTrips.incrementAndGet();
            }
            link.toServer(request.bytes());
        }

        @Override
        public void answer(ProtocolProxy.Link link, byte[] message) throws IOException {
            bytesDown.addAndGet(message.length);
            if (!swallowing) {
                link.toClient(message);
            }
        }
    }

    @Override
    public void close() {
        proxy.close();
    }
}
