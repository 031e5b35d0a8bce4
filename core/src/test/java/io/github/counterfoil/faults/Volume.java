package io.github.counterfoil.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a server keeps its data: a volume of its own in memory that can be filled, where this process may mount one, and
 * else a plain folder.
 */
final class Volume implements AutoCloseable {
    private static final int CHUNK = 1 << 20;
    private static final String SIZE = "size=768m,mode=0700";

    private final Path folder;
    private final boolean own;

    private Volume(Path folder, boolean own) {
        this.folder = folder;
        this.own = own;
    }

    static Volume at(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new Volume(
                folder,
                Commands.isRoot() && Commands.run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", folder.toString()) == 0);
    }

    Path folder() {
        return folder;
    }

    /** Whether it can be filled without filling what is others'. */
    boolean isOwn() {
        return own;
    }

    void fill() {
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = Files.newOutputStream(ballast())) {
            for (int length = CHUNK; length > 0; ) {
                try {
                    out.write(chunk, 0, length);
                } catch (IOException e) {
                    length /= 2;
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void free() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    @Override
    public void close() {
        if (own) {
            Commands.require(List.of("umount", folder.toString()));
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
