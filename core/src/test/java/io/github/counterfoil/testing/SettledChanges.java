package io.github.counterfoil.testing;

import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.change.Changes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Feeds of a server that is shared with other tests: each call waits until nothing is held back by what those do. */
public final class SettledChanges {
    private SettledChanges() {}

    public static Changes of(Changes changes, TestDatabase database) {
        return settled(Changes.class, changes, database);
    }

    private static <T> T settled(Class<T> type, T feed, TestDatabase database) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("forCustomers")) {
                        return settled(ChangeFeed.class, ((Changes) feed).forCustomers(), database);
                    }
                    database.awaitOthers();
                    try {
                        return method.invoke(feed, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
