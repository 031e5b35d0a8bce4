package io.github.counterfoil.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands between the driver and PostgreSQL, takes the protocol apart
 * (https://www.postgresql.org/docs/current/protocol-flow.html), and leaves to a {@link Traffic} what is passed on.
 */
public final class ProtocolProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final URI target;
    private final Traffic traffic;

    /** Decides what becomes of what is sent. */
    public interface Traffic {
        /** Whether a connection is let in; else it is closed at once. */
        default boolean accepts() {
            return true;
        }

        /** The driver sent something. */
        void request(Link link, Request request) throws IOException;

        /** The server sent one message, its type first. */
        default void answer(Link link, byte[] message) throws IOException {
            link.toClient(message);
        }

        /** One half of the connection has ended, and so has the other. */
        default void ended(Link link) {}
    }

    /**
     * What the driver sends in one go.
     *
     * @param awaited whether the driver now waits for the answer: it ends with a {@code Sync} or is a simple {@code Query}
     * @param statements the texts of the statements that it executes
     */
    public record Request(byte[] bytes, boolean awaited, List<String> statements) {}

    private ProtocolProxy(URI target, Traffic traffic) throws IOException {
        this.target = target;
        this.traffic = traffic;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** A proxy before the server of a JDBC address. */
    public static ProtocolProxy before(String jdbcUrl, Traffic traffic) {
        try {
            return new ProtocolProxy(URI.create(jdbcUrl.substring("jdbc:".length())), traffic);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JDBC address that leads through the proxy. */
    public String url() {
        String query = target.getRawQuery() == null ? "" : target.getRawQuery() + "&";
        return "jdbc:postgresql://" + listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort()
                + target.getPath() + "?" + query + "sslmode=disable&gssEncMode=disable";
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            start(() -> connect(client));
        }
    }

    private void connect(Socket client) throws IOException {
        if (!traffic.accepts()) {
            client.close();
            return;
        }
        Socket server;
        try {
            server = new Socket(target.getHost(), target.getPort() < 0 ? 5432 : target.getPort());
        } catch (IOException e) {
            client.close();
            return;
        }
        Link link = new Link(client, server);
        start(() -> link.pump(link::requests));
        start(() -> link.pump(link::answers));
    }

    /** One connection. */
    public final class Link {
        private final Socket client;
        private final Socket server;
        private final OutputStream toServer;
        private final OutputStream toClient;
        private final Map<String, String> prepared = new HashMap<>();

        private Link(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            toServer = server.getOutputStream();
            toClient = new BufferedOutputStream(client.getOutputStream());
        }

        public void toServer(byte... bytes) throws IOException {
            toServer.write(bytes);
            toServer.flush();
        }

        /** Kept back until nothing more is there to be passed on, or the connection is cut. */
        public void toClient(byte... bytes) throws IOException {
            toClient.write(bytes);
        }

        public void flush() throws IOException {
            toClient.flush();
        }

        /** Ends both halves. */
        public void cut() throws IOException {
            client.close();
            server.close();
        }

        /** Ends both halves as a peer does that has gone: no more data, an error at once. */
        public void reset() throws IOException {
            client.setSoLinger(true, 0);
            server.setSoLinger(true, 0);
            cut();
        }

        /** Tells the server that the driver will send nothing more. */
        public void endRequests() throws IOException {
            server.shutdownOutput();
        }

        /** Tells the driver that the server will send nothing more. */
        public void endAnswers() throws IOException {
            flush();
            client.shutdownOutput();
        }

        private void pump(Work direction) throws IOException {
            try {
                direction.run();
            } finally {
                cut();
                traffic.ended(this);
            }
        }

        private void requests() throws IOException {
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            // The first message has no type byte.
            toServer(message(in, -1));
            ByteArrayOutputStream together = new ByteArrayOutputStream();
            List<String> statements = new ArrayList<>();
            for (int type = in.read(); type >= 0; type = in.read()) {
                byte[] message = message(in, type);
                together.writeBytes(message);
                note(type, message, statements);
                if ("PBDEC".indexOf(type) < 0) {
                    traffic.request(
                            this,
                            new Request(together.toByteArray(), type == 'S' || type == 'Q', List.copyOf(statements)));
                    together.reset();
                    statements.clear();
                }
            }
        }

        private void answers() throws IOException {
            DataInputStream in = new DataInputStream(new BufferedInputStream(server.getInputStream()));
            for (int type = in.read(); type >= 0; type = in.read()) {
                traffic.answer(this, message(in, type));
                if (in.available() == 0) {
                    flush();
                }
            }
        }

        private void note(int type, byte[] message, List<String> statements) {
            int first = 1 + Integer.BYTES;
            if (type == 'P') {
                prepared.put(text(message, 0, first), text(message, 1, first));
            } else if (type == 'B') {
                statements.add(prepared.getOrDefault(text(message, 1, first), ""));
            } else if (type == 'Q') {
                statements.add(text(message, 0, first));
            }
        }
    }

    /** The n-th of the texts that end with a zero byte. */
    private static String text(byte[] message, int n, int from) {
        int end = from;
        while (message[end] != 0) {
            end++;
        }
        return n == 0 ? new String(message, from, end - from, StandardCharsets.UTF_8) : text(message, n - 1, end + 1);
    }

    private static byte[] message(DataInputStream in, int type) throws IOException {
        int length = in.readInt();
        ByteArrayOutputStream message = new ByteArrayOutputStream(length + 1);
        if (type >= 0) {
            message.write(type);
        }
        new DataOutputStream(message).writeInt(length);
        message.writeBytes(in.readNBytes(length - Integer.BYTES));
        return message.toByteArray();
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
                "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
