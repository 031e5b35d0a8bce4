package io.github.counterfoil.architecture.broken.internal;

/** Stands for a type that is not exported. */
public final class Hidden {}
