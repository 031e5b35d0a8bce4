package io.github.counterfoil.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one run, below the temporary folder and named after the process. What the run of a killed process left
 * behind (a server, a mounted volume, files) is ended and removed by the next run.
 */
final class Workplace implements AutoCloseable {
    private static final String PREFIX = "counterfoil-faults-";

    private final Path folder;

    private Workplace(Path folder) {
        this.folder = folder;
    }

    static Workplace open() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<Path> others = Files.list(temporary)) {
            others.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .filter(Files::isWritable)
                    .filter(path -> !isAlive(path))
                    .forEach(Workplace::clear);
            return new Workplace(Files.createTempDirectory(
                    temporary, PREFIX + ProcessHandle.current().pid() + "-"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        Volume.delete(folder);
    }

    private static boolean isAlive(Path path) {
        String name = path.getFileName().toString().substring(PREFIX.length());
        return ProcessHandle.of(Long.parseLong(name.substring(0, name.indexOf('-'))))
                .isPresent();
    }

    private static void clear(Path left) {
        Path data = left.resolve(OwnServer.DATA);
        runningIn(data).ifPresent(postmaster -> {
            postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
            postmaster.destroyForcibly();
        });
        Commands.run("umount", data.toString());
        Volume.delete(left);
    }

    /** By the recorded id, if it is still a server of this folder. */
    private static Optional<ProcessHandle> runningIn(Path data) {
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
            return ProcessHandle.of(pid)
                    .filter(process -> process.info().commandLine().orElse("").contains(data.toString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
