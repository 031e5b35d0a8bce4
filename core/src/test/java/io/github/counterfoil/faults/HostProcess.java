package io.github.counterfoil.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A child process that runs a class with the class path of this one, reads commands and answers in lines. */
final class HostProcess implements AutoCloseable {
    /** What tells an answer from a line that something logs. */
    private static final String ANSWER = "> ";
    /** Behind all that a process answered. */
    private static final String ENDED = "\0";

    private final Process process;
    private final Writer commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Thread ending;

    private HostProcess(Process process) {
        this.process = process;
        this.commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "answers");
        reader.setDaemon(true);
        reader.start();
        ending = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(ending);
    }

    static HostProcess start(Class<?> main, Path errors, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.jooq.no-logo=true",
                "-Dorg.jooq.no-tips=true",
                "-Dorg.jboss.logging.provider=slf4j",
                "-Duser.timezone=America/Los_Angeles",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new HostProcess(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                    .start());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ANSWER)) {
                    answers.add(line.substring(ANSWER.length()));
                }
            }
        } catch (IOException e) {
            // The process was ended.
        } finally {
            answers.add(ENDED);
        }
    }

    /** The next command that the process itself is given. It ends with who gives commands. */
    static String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = System.in.read(); next != '\n'; next = System.in.read()) {
            if (next < 0) {
                Runtime.getRuntime().halt(1);
            }
            line.append((char) next);
        }
        return line.toString();
    }

    /** What the process itself answers with. */
    static void reply(String answer) {
        System.out.println(ANSWER + answer);
    }

    long pid() {
        return process.pid();
    }

    void say(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new IllegalStateException("the host has ended", e);
        }
    }

    /** The next line that the process says. */
    String answer(long limitSeconds) {
        try {
            String answer = answers.poll(limitSeconds, TimeUnit.SECONDS);
            if (answer == null) {
                throw new IllegalStateException("no answer within " + limitSeconds + " s");
            }
            if (answer.equals(ENDED)) {
                answers.add(ENDED);
                throw new IllegalStateException("the host has ended");
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(ending);
    }
}
