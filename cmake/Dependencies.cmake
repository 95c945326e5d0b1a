# Every library comes from Debian. Why each was chosen: ARCHITECTURE.md, "Decisions".
# So none has to be searched for. (Qt's project setup asks for a run path; padded in the build tree it would name the current
# folder, and every start would look there for each library first.)
set(CMAKE_SKIP_RPATH ON)
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(tl-expected REQUIRED)
find_package(fmt REQUIRED)
find_package(simdjson REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CLI11 REQUIRED)
# Opened when first needed (core/base/late_library.h): only their headers are used at build time.
find_package(OpenSSL 3 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(CURL REQUIRED)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET GLOBAL yaml-0.1)
pkg_check_modules(YAML_CPP REQUIRED IMPORTED_TARGET GLOBAL yaml-cpp)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET GLOBAL re2)

# Each shared library costs every start a tenth of a millisecond and more. Those that nothing else in the process uses are taken
# from the archives in their -dev packages.
foreach(library YAML:yaml YAML_CPP:yaml-cpp RE2:re2)
  string(REGEX MATCH "(.*):(.*)" ignored "${library}")
  find_library(FAIRWAY_${CMAKE_MATCH_1}_ARCHIVE "lib${CMAKE_MATCH_2}.a")
  if(FAIRWAY_${CMAKE_MATCH_1}_ARCHIVE)
    set_target_properties(PkgConfig::${CMAKE_MATCH_1} PROPERTIES
      INTERFACE_LINK_LIBRARIES "${FAIRWAY_${CMAKE_MATCH_1}_ARCHIVE};Threads::Threads")
  endif()
endforeach()

if(BUILD_TESTING)
  find_package(GTest REQUIRED)
endif()
if(FAIRWAY_GUI)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core DBus Gui Widgets Network Svg PrintSupport LinguistTools Test)
  find_package(QCustomPlotQt6 REQUIRED)
  qt_standard_project_setup()
  # moc only where a target asks for it: core is compiled the same with and without the window.
  set(CMAKE_AUTOMOC OFF)
  set(CMAKE_AUTOUIC OFF)
endif()
