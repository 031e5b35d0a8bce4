package io.github.counterfoil.faults;

/** An error of the virtual machine that a hook throws: no answer of the library's. */
final class Thrown extends VirtualMachineError {
    private static final long serialVersionUID = 1L;
}
