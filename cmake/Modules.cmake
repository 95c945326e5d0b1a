# One INTERFACE target carries every project-wide flag; modules link it, nothing is global.
add_library(fairway_flags INTERFACE)
target_compile_options(fairway_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  $<$<BOOL:${FAIRWAY_WERROR}>:-Werror>)
target_compile_definitions(fairway_flags INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_KEYWORDS
  QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_DISABLE_DEPRECATED_BEFORE=0x060400
  FAIRWAY_VERSION="${PROJECT_VERSION}")
# A test's own code is compiled the quick way: it is the modules that are looked at, and optimizing tests took half of their build.
target_compile_options(fairway_flags INTERFACE $<$<BOOL:$<TARGET_PROPERTY:FAIRWAY_IS_TEST>>:-O0>)
if(FAIRWAY_SANITIZE)
  target_compile_options(fairway_flags INTERFACE -fsanitize=${FAIRWAY_SANITIZE} -fno-omit-frame-pointer -g1
    $<$<AND:$<CONFIG:Debug>,$<NOT:$<BOOL:$<TARGET_PROPERTY:FAIRWAY_IS_TEST>>>>:-O1>)
  target_link_options(fairway_flags INTERFACE -fsanitize=${FAIRWAY_SANITIZE})
  # GCC's manual: instrumented code draws false reports of this one (moves of tl::expected do).
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(fairway_flags INTERFACE -Wno-maybe-uninitialized)
  endif()
  if(FAIRWAY_SANITIZE MATCHES "undefined")
    # Without the first UBSan prints and goes on: a finding would not fail the test.
    target_compile_options(fairway_flags INTERFACE -fno-sanitize-recover=undefined
      $<$<BOOL:$<TARGET_PROPERTY:FAIRWAY_IS_TEST>>:-fno-sanitize=undefined>)
    # These check every access to a member, which ASan's traps do too, and double the time GCC takes. The fuzz preset has them.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(fairway_flags INTERFACE -fno-sanitize=null,alignment,object-size)
    endif()
  endif()
endif()
if(FAIRWAY_FUZZ)
  target_compile_options(fairway_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# fairway_module(core_http SOURCES ... [DEPENDS core_base ...] [LIBS ...] [QT Core])
# A static library that may include only its own headers and those of its DEPENDS (transitively).
# The declared edges are collected for the `layering` test (cmake/Layering.cmake).
function(fairway_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;QT;LIBS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PUBLIC fairway_flags ${ARG_DEPENDS} ${ARG_LIBS})
  foreach(component IN LISTS ARG_QT)
    target_link_libraries(${name} PUBLIC Qt6::${component})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
  endforeach()
  file(RELATIVE_PATH dir "${PROJECT_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}")
  string(REPLACE ";" "," deps "${ARG_DEPENDS}")
  string(REPLACE ";" "," qt "${ARG_QT}")
  set_property(GLOBAL APPEND PROPERTY FAIRWAY_LAYERING "${name} ${dir} deps=${deps} qt=${qt}")
endfunction()

# A target for each label, so that a preset that runs one kind of test builds no more than that kind needs.
foreach(label core threaded fuzz)
  add_custom_target(${label}_tests)
endforeach()

function(fairway_label name)
  set_tests_properties(${name} PROPERTIES LABELS "${ARGN}")
  foreach(label IN LISTS ARGN)
    if(TARGET ${label}_tests)
      add_dependencies(${label}_tests ${name})
    endif()
  endforeach()
endfunction()

# fairway_test(tst_x SOURCES ... LINK ... [LABELS core threaded] [TIMEOUT s])   GoogleTest, for what has no Qt.
function(fairway_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES FAIRWAY_IS_TEST ON)
  target_link_libraries(${name} PRIVATE fairway_flags GTest::gtest GTest::gtest_main ${ARG_LINK})
  add_test(NAME ${name} COMMAND ${name})
  fairway_label(${name} ${ARG_LABELS})
  if(ARG_TIMEOUT)
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT})
  endif()
endfunction()

# fairway_qtest(tst_x SOURCES ... LINK ... [LABELS widgets])   QtTest, offscreen.
function(fairway_qtest name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC ON FAIRWAY_IS_TEST ON)
  target_link_libraries(${name} PRIVATE fairway_flags Qt6::Test ${ARG_LINK})
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
  if(ARG_TIMEOUT)
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT})
  endif()
endfunction()

# fairway_fuzz(fuzz_x SOURCE fuzz_x.cpp CORPUS folder LINK ... [REPLAY_ONLY])
# Built with the fuzz preset only. As a test it replays the corpus and searches briefly with a fixed seed; a young target, which
# `./test --long` has not searched yet, only replays.
function(fairway_fuzz name)
  cmake_parse_arguments(ARG "REPLAY_ONLY" "SOURCE;CORPUS" "LINK" ${ARGN})
  if(NOT FAIRWAY_FUZZ)
    return()
  endif()
  add_executable(${name} ${ARG_SOURCE})
  target_link_libraries(${name} PRIVATE fairway_flags ${ARG_LINK})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  set(found "${CMAKE_CURRENT_BINARY_DIR}/found/${name}")
  file(MAKE_DIRECTORY "${found}")
  add_test(NAME ${name} COMMAND ${name} -runs=$<IF:$<BOOL:${ARG_REPLAY_ONLY}>,0,100000> -max_total_time=15 -seed=1 -timeout=10 -rss_limit_mb=2048
    "${found}" "${CMAKE_CURRENT_SOURCE_DIR}/${ARG_CORPUS}")
  fairway_label(${name} fuzz)
endfunction()
