package io.github.counterfoil.benchmark.volume;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.SearchIndex;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Gives the texts of imported tickets the words that searches find them by. Run again, it goes on where it broke off. */
final class SearchedTexts {
    private static final int AT_ONCE = 500;

    private final SearchIndex index;
    private final Together together;
    private final PrintStream progress;
    private final AtomicLong looked = new AtomicLong();

    SearchedTexts(TicketService tickets, int workers, PrintStream progress) {
        this.index = tickets.searchIndex();
        this.together = new Together(workers);
        this.progress = progress;
    }

    /** @return how many changes were looked at; 0 if all had been */
    long catchUp() {
        long start = System.nanoTime();
        together.run(
                () -> {
                    for (int done = index.catchUp(AT_ONCE); done > 0; done = index.catchUp(AT_ONCE)) {
                        looked.addAndGet(done);
                    }
                },
                () -> tell(start));
        return looked.get();
    }

    private void tell(long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        progress.printf(
                Locale.ROOT, "%,d changes looked at for words, %,.0f a second%n", looked.get(), looked.get() / seconds);
    }
}
