package io.github.counterfoil.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.WorkerRole;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exceptions go through Java's serialization whole, as remote calls and job stores send them; values do not go at all. */
class SerializationTest {
    private static final UUID ID = new UUID(7, 8);

    static Stream<CounterfoilException> exceptions() {
        return Stream.of(
                new CommandIdReused(ID),
                new Conflict("email.taken", ID),
                new ConsumerRefused("consumer.unknown"),
                new DatabaseFailure("42501"),
                new InvalidInput(List.of(
                        new InvalidInput.Fault("title", "too_long", 500L),
                        new InvalidInput.Fault("id", "required", null))),
                new NotAllowed("actor.unknown", "no such actor"),
                new OutcomeUnknown(ID),
                new OutcomeUnknown(null),
                new PersonNotFound("worker", ID),
                new SchemaMismatch("schema.too_old", "too old", 1, 2),
                new TicketNotFound(ID),
                new TransactionAborted(),
                new Unavailable("database.busy", "40001", true),
                UnsuitableConnection.undeclared(),
                UnsuitableConnection.withoutTransaction());
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void an_exception_comes_back_with_all_it_says(CounterfoilException exception) throws Exception {
        Object back = deserialized(serialized(exception));
        assertThat(back).isExactlyInstanceOf(exception.getClass());
        assertThat(says(back)).isEqualTo(says(exception)).containsKeys("code", "getMessage");
    }

    @Test
    void each_exception_of_the_package_is_tried() {
        assertThat(new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages("io.github.counterfoil.error")
                                .stream()
                                .filter(type -> type.isAssignableTo(CounterfoilException.class))
                                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                                .map(JavaClass::getName))
                .containsExactlyInAnyOrderElementsOf(exceptions()
                        .map(exception -> exception.getClass().getName())
                        .collect(Collectors.toSet()));
    }

    @Test
    void a_value_says_plainly_that_it_is_not_serializable() {
        for (Object value :
                List.of(PageRequest.newestFirst(1), new Page<>(List.of(WorkerRole.ADMIN), Optional.empty()))) {
            assertThatThrownBy(() -> serialized(value)).isInstanceOf(NotSerializableException.class);
        }
    }

    private static byte[] serialized(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("BanSerializableRead") // its own bytes
    private static Object deserialized(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    /** What its methods without parameters give. */
    private static Map<String, Object> says(Object exception) throws ReflectiveOperationException {
        Map<String, Object> said = new TreeMap<>();
        said.put("getMessage", ((Throwable) exception).getMessage());
        for (Method method : exception.getClass().getMethods()) {
            if (method.getParameterCount() == 0
                    && !Modifier.isStatic(method.getModifiers())
                    && method.getDeclaringClass().getName().startsWith("io.github.counterfoil")) {
                said.put(method.getName(), method.invoke(exception));
            }
        }
        return said;
    }
}
