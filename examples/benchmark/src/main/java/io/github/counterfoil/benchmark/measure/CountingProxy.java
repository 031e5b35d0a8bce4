package io.github.counterfoil.benchmark.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and PostgreSQL, passes on every byte, and counts bytes and round trips: the messages of the
 * <a href="https://www.postgresql.org/docs/current/protocol-flow.html">protocol</a> after which a client waits.
 */
public final class CountingProxy implements AutoCloseable {
    private static final int HEADER = 5;
    private static final String BEGIN = "BEGIN\0";

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final AtomicLong trips = new AtomicLong();
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();

    private CountingProxy(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public static CountingProxy before(String host, int port) throws IOException {
        return new CountingProxy(host, port);
    }

    /** Of the loopback address. */
    public int port() {
        return listener.getLocalPort();
    }

    public long trips() {
        return trips.get();
    }

    public long up() {
        return up.get();
    }

    public long down() {
        return down.get();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket(host, port);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Requests requests = new Requests();
            start(() -> pump(client, server, (bytes, length) -> {
                up.addAndGet(length);
                requests.read(bytes, length);
            }));
            start(() -> pump(server, client, (bytes, length) -> down.addAndGet(length)));
        }
    }

    /** Counts before it passes on, so that who has an answer finds it counted. */
    private static void pump(Socket from, Socket to, Reader reader) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[1 << 16];
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                reader.read(bytes, length);
                out.write(bytes, 0, length);
            }
        }
    }

    private interface Reader {
        void read(byte[] bytes, int length);
    }

    /** Finds where the client's messages begin. The first one has no type; it and its answer are a round trip too. */
    private final class Requests {
        private final byte[] header = new byte[HEADER];
        private final StringBuilder query = new StringBuilder();
        private int have = 1;
        private long rest;

        void read(byte[] bytes, int length) {
            for (int i = 0; i < length; i++) {
                if (rest > 0) {
                    int taken = (int) Math.min(rest, length - i);
                    rest -= taken;
                    body(bytes, i, taken);
                    i += taken - 1;
                } else {
                    header[have++] = bytes[i];
                    if (have == HEADER) {
                        begin();
                    }
                }
            }
        }

        private void begin() {
            int size = 0;
            for (int i = 1; i < HEADER; i++) {
                size = size << 8 | (header[i] & 0xFF);
            }
            rest = size - (HEADER - 1);
            have = 0;
            query.setLength(0);
            // Sync, the end of a COPY's rows, a password, the start.
            if ("Scp\0".indexOf(header[0]) >= 0) {
                trips.incrementAndGet();
            }
        }

        /** A simple query is waited for, but for a BEGIN, which the driver sends together with what follows. */
        private void body(byte[] bytes, int from, int length) {
            if (header[0] == 'Q') {
                query.append(new String(bytes, from, Math.min(length, BEGIN.length()), StandardCharsets.US_ASCII));
                if (rest == 0 && !query.toString().equals(BEGIN)) {
                    trips.incrementAndGet();
                }
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One of the two ends was closed.
                    }
                },
                "counting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
