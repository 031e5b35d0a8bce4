package io.github.counterfoil.internal.observation;

import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.change.Changes;
import io.github.counterfoil.change.SearchIndex;
import io.github.counterfoil.desk.AdminDesk;
import io.github.counterfoil.desk.AgentCommands;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.AttachmentSweep;
import io.github.counterfoil.desk.Attachments;
import io.github.counterfoil.desk.Automation;
import io.github.counterfoil.desk.BulkCommands;
import io.github.counterfoil.desk.CustomerCommands;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.desk.Redactions;
import io.github.counterfoil.document.Documents;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.people.Directory;
import io.github.counterfoil.people.Figures;
import io.github.counterfoil.people.People;
import io.github.counterfoil.schema.Schema;
import io.github.counterfoil.spi.CallObserver.Call;
import io.github.counterfoil.spi.CallObserver.Side;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a door. Each method is a call of its own, but for those that lead to another door, which is observed in its turn. So none can
 * be forgotten, and what a door calls on itself is not told.
 */
final class ObservedDoor implements InvocationHandler {
    private static final Map<Class<?>, String> NAMES = Map.ofEntries(
            Map.entry(AgentDesk.class, "agent"),
            Map.entry(AgentHandle.class, "agent"),
            Map.entry(AgentCommands.class, "agent"),
            Map.entry(BulkCommands.class, "bulk"),
            Map.entry(Automation.class, "automation"),
            Map.entry(CustomerDesk.class, "customer"),
            Map.entry(CustomerHandle.class, "customer"),
            Map.entry(CustomerCommands.class, "customer"),
            Map.entry(AdminDesk.class, "admin"),
            Map.entry(Redactions.class, "redactions"),
            Map.entry(People.class, "people"),
            Map.entry(Directory.class, "directory"),
            Map.entry(Figures.class, "figures"),
            Map.entry(Changes.class, "changes"),
            Map.entry(ChangeFeed.class, "customerChanges"),
            Map.entry(SearchIndex.class, "searchIndex"),
            Map.entry(Attachments.class, "attachments"),
            Map.entry(AttachmentSweep.class, "attachmentSweep"),
            Map.entry(Imports.class, "imports"),
            Map.entry(Documents.class, "documents"),
            Map.entry(Schema.class, "schema"));

    private final Observed observed;
    private final String name;
    private final Side side;
    private final Object door;

    private ObservedDoor(Observed observed, String name, Side side, Object door) {
        this.observed = observed;
        this.name = name;
        this.side = side;
        this.door = door;
    }

    static <T> T around(Observed observed, Class<T> type, Side side, T door) {
        String name = Objects.requireNonNull(NAMES.get(type));
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new ObservedDoor(observed, name, side, door)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        if (NAMES.containsKey(method.getReturnType())) {
            return lead(method.getReturnType(), invoke(method, arguments));
        }
        Observed.Running running = observed.begin(new Call(name + "." + method.getName(), side));
        try {
            Object result = invoke(method, arguments);
            running.ended(Answer.of(result));
            return result;
        } catch (Throwable e) {
            running.ended(Answer.thrown(e));
            throw e;
        }
    }

    private <T> T lead(Class<T> type, @Nullable Object next) {
        return around(observed, type, side, Objects.requireNonNull(type.cast(next)));
    }

    private @Nullable Object invoke(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(door, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private @Nullable Object ofObject(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "equals" -> proxy == Objects.requireNonNull(arguments)[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> invoke(method, arguments);
        };
    }
}
