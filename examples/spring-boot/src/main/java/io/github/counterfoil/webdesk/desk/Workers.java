package io.github.counterfoil.webdesk.desk;

import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.webdesk.shown.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The colleagues, by name: a small desk has no more than fit on a page. */
record Workers(List<Choice> active, Map<UUID, String> names) {

    /** @param openLoad how much they have to do */
    public record Choice(UUID id, String name, int openLoad) {}

    static Workers at(AgentDesk desk) {
        List<Worker.Listed> all = desk.directory()
                .workers(Worker.Filter.all(), PageRequest.oldestFirst(200))
                .items();
        Map<UUID, String> names = new LinkedHashMap<>();
        all.forEach(listed -> names.put(listed.worker().id(), name(listed.worker())));
        return new Workers(
                all.stream()
                        .filter(listed -> listed.worker().active())
                        .map(listed -> new Choice(listed.worker().id(), name(listed.worker()), listed.openLoad()))
                        .toList(),
                names);
    }

    String name(UUID id) {
        return names.getOrDefault(id, "somebody");
    }

    private static String name(Worker worker) {
        return Names.full(worker.firstName(), worker.lastName());
    }
}
