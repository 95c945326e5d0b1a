# Writes the declared module edges where the `layering` test reads them.
get_property(edges GLOBAL PROPERTY FAIRWAY_LAYERING)
list(JOIN edges "\n" edges)
file(WRITE "${PROJECT_BINARY_DIR}/layering.txt" "${edges}\n")
