package io.github.counterfoil.webdesk.accounts;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Invented people whom the page of the login offers; there are none where nothing was invented. */
@Component
public class SampleSignIns {
    /** One password for all of them. */
    public static final String PASSWORD = "counterfoil";

    private final List<SignIn> all = new CopyOnWriteArrayList<>();

    /** @param what what they are, for people */
    public record SignIn(String email, String what) {}

    public void add(String email, String what) {
        all.add(new SignIn(email, what));
    }

    public List<SignIn> all() {
        return List.copyOf(all);
    }
}
