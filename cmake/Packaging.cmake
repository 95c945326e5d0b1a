# The Debian package: `cpack --config build/release/CPackConfig.cmake`. packaging/test-deb.sh installs it on a clean root.
include(GNUInstallDirs)

set(desktop "${PROJECT_SOURCE_DIR}/packaging/desktop")
set(app_id io.github.fairway.Fairway)
if(FAIRWAY_GUI)
  install(FILES "${desktop}/${app_id}.desktop" DESTINATION "${CMAKE_INSTALL_DATADIR}/applications")
  install(FILES "${desktop}/${app_id}.metainfo.xml" DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo")
  install(FILES "${desktop}/${app_id}.svg" DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps")
endif()
install(FILES "${PROJECT_SOURCE_DIR}/packaging/copyright" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/fairway")

# Debian wants manual pages and the changelog compressed, the same bytes from the same sources (-n).
find_program(FAIRWAY_GZIP gzip)
function(install_compressed source name destination)
  if(NOT FAIRWAY_GZIP)
    return()
  endif()
  set(out "${PROJECT_BINARY_DIR}/packaging/${name}.gz")
  configure_file("${source}" "${PROJECT_BINARY_DIR}/packaging/${name}" COPYONLY)
  execute_process(COMMAND "${FAIRWAY_GZIP}" -9nf "${PROJECT_BINARY_DIR}/packaging/${name}")
  install(FILES "${out}" DESTINATION "${destination}")
endfunction()
install_compressed("${desktop}/fairway.1" fairway.1 "${CMAKE_INSTALL_MANDIR}/man1")
install_compressed("${desktop}/fairwayctl.1" fairwayctl.1 "${CMAKE_INSTALL_MANDIR}/man1")
install_compressed("${PROJECT_SOURCE_DIR}/CHANGELOG.md" changelog "${CMAKE_INSTALL_DATADIR}/doc/fairway")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME fairway)
set(CPACK_PACKAGE_VENDOR "The authors of Fairway")
set(CPACK_PACKAGE_CONTACT "The authors of Fairway <fairway@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "see, rehearse and steer the traffic of a Kubernetes cluster")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Fairway shows every route of a Kubernetes cluster (Istio, Gateway API) and where each request\n\
goes, plays a changed traffic split with real HTTP requests in its own proxy before anything is written, and then writes just\n\
the changed weights, with a diff, a dry run and an Undo. A practice cluster is built in.\n\
.\n\
The package holds the desktop application and fairwayctl, the same engine on the command line.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded while running, so no tool can see it: the SVG plug-in of the icons, what core/base/late_library.h opens, the fonts.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6svg6, libcurl4, libssl3, libcrypt1, libsqlite3-0, libgpgme11, libgvc6, fonts-inter, fonts-jetbrains-mono")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-noto-cjk, qt6-translations-l10n, ca-certificates, gpg, gpg-agent")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "kubernetes-client")
include(CPack)
