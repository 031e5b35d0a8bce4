package io.github.counterfoil.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** A mail server that takes every mail, but at one place answers something else, or hangs up. */
final class ScriptedServer implements AutoCloseable {
    static final String HANGS_UP = "";

    private final ServerSocket socket;
    private final String place;
    private final String answer;

    /** @param place a command, {@code GREETING}, or {@code .} for the end of the mail */
    ScriptedServer(String place, String answer) {
        this.place = place;
        this.answer = answer;
        try {
            socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "scripted mail server");
        thread.setDaemon(true);
        thread.start();
    }

    Properties session() {
        Properties session = new Properties();
        session.setProperty("mail.smtp.host", socket.getInetAddress().getHostAddress());
        session.setProperty("mail.smtp.port", String.valueOf(socket.getLocalPort()));
        return session;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(client);
            } catch (IOException e) {
                // The next one is served, if there is one.
            }
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = client.getOutputStream();
        boolean goesOn = say(out, "GREETING", "220 ready");
        while (goesOn) {
            String line = in.readLine();
            if (line == null) {
                return;
            }
            String command = line.split("[ :]", 2)[0];
            goesOn = say(out, command, usual(command));
            if (goesOn && command.equals("DATA") && !place.equals("DATA")) {
                while (!".".equals(line)) {
                    line = in.readLine();
                }
                goesOn = say(out, ".", "250 OK");
            }
        }
    }

    private static String usual(String command) {
        return switch (command) {
            case "EHLO" -> "250-here\r\n250 AUTH PLAIN";
            case "DATA" -> "354 go on";
            default -> "250 OK";
        };
    }

    private boolean say(OutputStream out, String at, String usual) throws IOException {
        String said = at.equals(place) ? answer : usual;
        if (said.equals(HANGS_UP)) {
            return false;
        }
        out.write((said + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return true;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
