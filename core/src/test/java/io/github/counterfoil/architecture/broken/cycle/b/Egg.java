package io.github.counterfoil.architecture.broken.cycle.b;

import io.github.counterfoil.architecture.broken.cycle.a.Chicken;
import java.util.List;

public record Egg(List<Chicken> from) {}
