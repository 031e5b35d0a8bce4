package io.github.counterfoil.input;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.spi.AttachmentStore;
import io.github.counterfoil.spi.CallObserver;
import io.github.counterfoil.spi.ConnectionSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All that a host can hand something to, as the module exports it: what is added is found without a word here. */
final class ExportedApi {

    private ExportedApi() {}

    /** Every public constructor and method that takes anything, in an order that stays. */
    static List<Executable> takers() {
        return types().flatMap(type -> Stream.concat(
                        type.isInterface() || Modifier.isAbstract(type.getModifiers())
                                ? Stream.empty()
                                : Stream.of(type.getConstructors()),
                        Stream.of(type.getDeclaredMethods())))
                .filter(taker -> Modifier.isPublic(taker.getModifiers()) && !taker.isSynthetic())
                .filter(taker -> taker.getParameterCount() > 0)
                .filter(taker -> !isJavas(taker))
                .sorted(Comparator.comparing(Executable::toGenericString))
                .toList();
    }

    /** Beside exceptions, which Counterfoil makes, and what the host implements. */
    static Stream<Class<?>> types() {
        Path classes = classes();
        ModuleDescriptor module = ModuleFinder.of(classes)
                .find("io.github.counterfoil")
                .orElseThrow()
                .descriptor();
        return module.exports().stream()
                .map(ModuleDescriptor.Exports::source)
                .map(name -> classes.resolve(name.replace('.', '/')))
                .flatMap(ExportedApi::classFiles)
                .<Class<?>>map(file -> type(classes.relativize(file).toString()))
                .filter(ExportedApi::isPublic)
                .filter(type -> !Throwable.class.isAssignableFrom(type)
                        && type != ConnectionSource.class
                        && type != AttachmentStore.class
                        && type != CallObserver.class
                        && type != CallObserver.Observation.class
                        && type != ChangeFeed.Handler.class);
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    /** What every class or enum has. */
    private static boolean isJavas(Executable taker) {
        Class<?>[] parameters = taker.getParameterTypes();
        return (taker.getName().equals("equals") && Arrays.equals(parameters, new Class<?>[] {Object.class}))
                || (taker.getName().equals("valueOf")
                        && taker.getDeclaringClass().isEnum());
    }

    private static Path classes() {
        try {
            return Path.of(TicketService.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Path> classFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".class")
                            && !file.toString().endsWith("package-info.class")
                            && !file.toString().endsWith("module-info.class"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> type(String file) {
        String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        try {
            return Class.forName(name, false, ExportedApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
