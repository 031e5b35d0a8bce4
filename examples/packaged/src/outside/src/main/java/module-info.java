/** A host that is a module. */
module com.example.desk {
    requires io.github.counterfoil;
}
