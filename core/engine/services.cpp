#include "core/engine/engine.h"

// The services' meta objects are compiled here; what the real ones do stands in the other files of this folder.
