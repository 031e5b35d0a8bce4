package io.github.counterfoil.benchmark.sample;

/** Tickets that are there before anything is measured; each workload has its own, so that none changes another's. */
public enum TicketSet {
    /** Without events. */
    APPEND_EMPTY,
    /** With a short history. */
    APPEND_SHORT,
    /** With a long history. */
    APPEND_LONG,
    READ_SHORT,
    READ_LONG,
    TRIAGE,
    BULK,
    /** Assigned to agents, most of them closed. */
    QUEUE,
    /** Not there before: made batch by batch. */
    IMPORT
}
