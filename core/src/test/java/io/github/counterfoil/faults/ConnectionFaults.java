package io.github.counterfoil.faults;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** What happens to one connection, on its way through the proxy. */
final class ConnectionFaults {
    private ConnectionFaults() {}

    static boolean beforeTheServer(Stage stage) {
        stage.proxy().strike(Cut.beforeTheServer());
        return true;
    }

    static boolean afterTheServer(Stage stage) {
        stage.proxy().strike(Cut.afterTheServer());
        return true;
    }

    static boolean anywhere(Stage stage) {
        Random random = stage.random();
        List<Supplier<Cut>> cuts = List.of(
                Cut::race,
                () -> Cut.insideTheRequest(random.nextDouble()),
                () -> Cut.insideTheRequest(random.nextDouble()),
                () -> Cut.insideTheAnswer(random.nextInt(5), random.nextDouble()),
                () -> Cut.insideTheAnswer(random.nextInt(5), random.nextDouble()),
                Cut::endOfRequests,
                Cut::endOfAnswers,
                () -> Cut.delay(Duration.ofMillis(random.nextInt(200))),
                Cut::byteByByte);
        stage.proxy().strike(cuts.get(random.nextInt(cuts.size())).get());
        return true;
    }

    static boolean silence(Stage stage) {
        stage.proxy().strike(Cut.silence(stage.random().nextBoolean()));
        return true;
    }
}
