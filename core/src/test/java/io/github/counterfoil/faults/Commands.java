package io.github.counterfoil.faults;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of the operating system that end by themselves. */
final class Commands {
    private static final long LIMIT_SECONDS = 60;

    private Commands() {}

    /** The exit code. */
    static int run(String... command) {
        return run(List.of(command));
    }

    static int run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command.get(0) + " did not end");
            }
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static void require(List<String> command) {
        if (run(command) != 0) {
            throw new IllegalStateException("failed: " + command);
        }
    }

    /** Sends a signal to a process whose id was recorded; false if it has gone. */
    static boolean signal(String name, long pid) {
        return run("kill", "-" + name, Long.toString(pid)) == 0;
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
