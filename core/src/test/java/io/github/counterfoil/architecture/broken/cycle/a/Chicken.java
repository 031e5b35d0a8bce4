package io.github.counterfoil.architecture.broken.cycle.a;

import io.github.counterfoil.architecture.broken.cycle.b.Egg;

public record Chicken(Egg from) {}
