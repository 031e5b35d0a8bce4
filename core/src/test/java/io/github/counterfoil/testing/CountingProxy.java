package io.github.counterfoil.testing;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the driver and PostgreSQL and counts round trips: each {@code Sync} or simple {@code Query} message of
 * the protocol (https://www.postgresql.org/docs/current/protocol-flow.html) is one time that the driver waits.
 */
public final class CountingProxy implements AutoCloseable {
    private final ServerSocket server;
    private final URI target;
    private final AtomicInteger roundTrips = new AtomicInteger();
    private volatile boolean swallowing;

    private CountingProxy(URI target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** A proxy before the server of a JDBC address. */
    public static CountingProxy before(String jdbcUrl) {
        try {
            return new CountingProxy(URI.create(jdbcUrl.substring("jdbc:".length())));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JDBC address that leads through the proxy. */
    public String url() {
        String query = target.getRawQuery() == null ? "" : target.getRawQuery() + "&";
        return "jdbc:postgresql://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort()
                + target.getPath() + "?" + query + "sslmode=disable&gssEncMode=disable";
    }

    /** How many round trips the work takes. */
    public int count(Runnable work) {
        int before = roundTrips.get();
        work.run();
        return roundTrips.get() - before;
    }

    /** From now on PostgreSQL gets what is sent, and nobody hears its answers. */
    public void swallowAnswers() {
        swallowing = true;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket upstream = new Socket(target.getHost(), target.getPort() < 0 ? 5432 : target.getPort());
            start(() -> forwardMessages(client.getInputStream(), upstream.getOutputStream()));
            start(() -> forwardAnswers(upstream.getInputStream(), client.getOutputStream()));
        }
    }

    private void forwardAnswers(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[8_192];
        for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
            if (!swallowing) {
                to.write(buffer, 0, length);
            }
        }
    }

    private void forwardMessages(InputStream from, OutputStream to) throws IOException {
        DataInputStream in = new DataInputStream(from);
        // The first message has no type byte.
        forward(in, to, in.readInt());
        while (true) {
            int type = in.read();
            if (type < 0) {
                return;
            }
            if (type == 'S' || type == 'Q') {
                roundTrips.incrementAndGet();
            }
            to.write(type);
            forward(in, to, in.readInt());
        }
    }

    private static void forward(DataInputStream in, OutputStream to, int length) throws IOException {
        byte[] rest = new byte[length - Integer.BYTES];
        in.readFully(rest);
        to.write(new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length});
        to.write(rest);
        to.flush();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (EOFException e) {
                // The driver closed its connection.
            } catch (IOException e) {
                // The proxy was closed.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
