package io.github.counterfoil.benchmark.measure;

/**
 * What one operation takes, counted with nothing else at work.
 *
 * @param trips how often the client waits for the server
 * @param up bytes that the client sends
 * @param down bytes that the server sends
 * @param wal bytes of the server's log; -1 where it was not counted
 * @param heap bytes that the calling thread allocates; -1 where it is not in this JVM
 */
public record Cost(double trips, long up, long down, long wal, long heap) {}
