# The Debian package: `cpack --config build/release/CPackConfig.cmake`.
