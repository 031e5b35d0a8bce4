package io.github.counterfoil.architecture.broken.desk;

/** One method more than a desk may have, if defaults and what it inherits are counted. */
public interface CrowdedDesk extends Comparable<CrowdedDesk> {
    void one();

    void two();

    void three();

    void four();

    void five();

    void six();

    void seven();

    void eight();

    void nine();

    default void ten() {}
}
