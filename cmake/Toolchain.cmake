# Compiler cache and linker: used where present, never required.
find_program(FAIRWAY_CCACHE ccache)
if(FAIRWAY_CCACHE)
  # The base folder lets checkouts in different places share one cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros "${FAIRWAY_CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER "${CMAKE_CXX_COMPILER_LAUNCHER}")
endif()

find_program(FAIRWAY_MOLD mold)
if(FAIRWAY_MOLD AND NOT FAIRWAY_FUZZ)
  add_link_options(-fuse-ld=mold)
endif()

set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")
