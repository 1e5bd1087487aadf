# What `cmake --install` puts where, and the .deb that CPack makes of it (packaging/README.md).
#
#     bin/bellows
#     share/doc/bellows/          README.md, the pages of docs/, LICENSE, licences/ of what is linked into the program
#     share/man, share/bash-completion, share/zsh, share/fish      what the program itself prints

include(GNUInstallDirs)
install(TARGETS bellows RUNTIME COMPONENT program)

# --- documents ---

set(linked_in openssl libpg_query)
if(NOT BELLOWS_LINK STREQUAL "shared")
  list(APPEND linked_in jansson utf8proc protobuf-c)
endif()
if(BELLOWS_LINK STREQUAL "static")
  list(APPEND linked_in postgresql libedit ncurses musl)
endif()
foreach(name ${linked_in})
  install(FILES packaging/licences/${name}.txt DESTINATION ${CMAKE_INSTALL_DOCDIR}/licences COMPONENT licences)
endforeach()
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT licences)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT documents)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs COMPONENT documents FILES_MATCHING PATTERN "*.md" PATTERN "*.json"
  PATTERN "decisions" EXCLUDE)

# --- the manual: by the program; where it is built for another machine, by one of this version that runs here ---

set(BELLOWS_HERE "" CACHE FILEPATH "A bellows of this version that runs on this machine, to write the manual with")
if(BELLOWS_HERE)
  set(manual_writer ${BELLOWS_HERE})
else()
  set(manual_writer $<TARGET_FILE:bellows>)
endif()
# `more`: an argument of write_manual.sh.
function(bellows_install_manual more)
  install(CODE "
    set(share \"\${CMAKE_INSTALL_PREFIX}/share\")
    execute_process(COMMAND ${PROJECT_SOURCE_DIR}/cmake/write_manual.sh ${manual_writer} \"\$ENV{DESTDIR}\${share}\" ${more}
      OUTPUT_VARIABLE written COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL \"[^\n]+\" written \"\${written}\")
    list(TRANSFORM written PREPEND \"\${share}/\")
    list(APPEND CMAKE_INSTALL_MANIFEST_FILES \${written})" COMPONENT ${ARGN})
endfunction()
bellows_install_manual("" manual)
bellows_install_manual(--gzip debian EXCLUDE_FROM_ALL) # as Debian's policy has manuals

# --- the package of Debian ---

# One file says who holds which right, instead of the licences.
set(copyright ${PROJECT_BINARY_DIR}/debian/copyright)
configure_file(packaging/deb/copyright.in ${copyright} COPYONLY)
foreach(name ${linked_in})
  file(READ packaging/licences/${name}.txt text)
  file(APPEND ${copyright} "\n${name}:\n\n${text}")
endforeach()
set(changelog ${PROJECT_BINARY_DIR}/debian/changelog)
configure_file(packaging/deb/changelog.in ${changelog} @ONLY)
add_custom_command(OUTPUT ${changelog}.gz COMMAND gzip -9nc ${changelog} > ${changelog}.gz DEPENDS ${changelog})
add_custom_target(debian_changelog DEPENDS ${changelog}.gz)
install(FILES ${copyright} ${changelog}.gz DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT debian EXCLUDE_FROM_ALL)
set(CPACK_INSTALL_CMAKE_PROJECTS)
foreach(component program documents debian)
  list(APPEND CPACK_INSTALL_CMAKE_PROJECTS ${PROJECT_BINARY_DIR} bellows ${component} /)
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "${BELLOWS_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "schema migrations for PostgreSQL, from a Prisma schema")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "bellows compares a schema.prisma with a database or a folder of
migrations, writes the SQL between them, in phases where the running
program would suffer, and applies it. It keeps the history of Prisma's
migrate, so that both can be used in turn.

Where nobody names a database to develop on it starts a private
PostgreSQL, if one is installed.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Opened when first needed, so nothing derives them from the program.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libpq5 (>= 14)")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libedit2")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_POST_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/deb_size.cmake)
include(CPack)
