package io.github.counterfoil.error;

/**
 * A feed of changes cannot be read so: {@code consumer.unknown} if no consumer of this name is registered,
 * {@code consumer.other_feed} if one is that follows the other feed, {@code consumer.not_held} if what is acknowledged was given to
 * somebody else meanwhile, since it was held for too long, or if the consumer was set to another place,
 * {@code changes.not_announced} if somebody waits for changes that nobody announces, and {@code changes.distributed} where the tickets
 * are on several servers of Citus, whose transactions have no order in common.
 */
public final class ConsumerRefused extends Refusal {
    private static final long serialVersionUID = 1L;

    public ConsumerRefused(String code) {
        super(code, code);
    }
}
