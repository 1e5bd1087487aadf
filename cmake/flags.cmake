# Warnings, sanitizers and the one way a room is declared.

add_library(bellows_flags INTERFACE)
target_include_directories(bellows_flags INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
target_compile_definitions(bellows_flags INTERFACE _POSIX_C_SOURCE=200809L BELLOWS_VERSION="${PROJECT_VERSION}")
target_compile_options(bellows_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wswitch-enum -Wmissing-prototypes
  -Wstrict-prototypes -Wvla -Wcast-qual -Wcast-align -Wwrite-strings -Wundef -Wformat=2 -Wnull-dereference
  -Wimplicit-fallthrough)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  target_compile_options(bellows_flags INTERFACE -Wduplicated-cond -Wduplicated-branches -Wlogical-op)
else()
  # Clang's -Wextra has two more: rows of tables leave their last columns out, and hold texts of two lines.
  target_compile_options(bellows_flags INTERFACE -Wno-missing-field-initializers -Wno-string-concatenation)
endif()
if(BELLOWS_WERROR)
  target_compile_options(bellows_flags INTERFACE -Werror)
endif()
if(BELLOWS_SANITIZE)
  target_compile_options(bellows_flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(bellows_flags INTERFACE -fsanitize=address,undefined)
endif()
if(BELLOWS_FUZZ)
  target_compile_options(bellows_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  # The same bytes wherever the folder lies.
  target_compile_options(bellows_flags INTERFACE -ffile-prefix-map=${PROJECT_BINARY_DIR}=build -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
endif()
if(BELLOWS_LINK STREQUAL "static")
  target_compile_definitions(bellows_flags INTERFACE BELLOWS_STATIC="${library_versions}")
endif()
if(BELLOWS_COVERAGE)
  target_compile_options(bellows_flags INTERFACE --coverage)
  target_link_options(bellows_flags INTERFACE --coverage)
endif()
if(BELLOWS_TIDY)
  set(CMAKE_C_CLANG_TIDY clang-tidy --quiet)
  # What flex and bison write is not ours to mend; clang-tidy wants at least one check.
  file(WRITE ${PROJECT_BINARY_DIR}/.clang-tidy "Checks: '-*,misc-definitions-in-headers'\n")
endif()

# --- rooms: rooms.txt as targets ---

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/rooms.txt)
file(STRINGS ${PROJECT_SOURCE_DIR}/cmake/rooms.txt room_rows REGEX "^[a-z]")
set(room_names)
foreach(row ${room_rows})
  string(REGEX MATCH "^[^ |]+" room "${row}")
  list(APPEND room_names ${room})
endforeach()

# The target of a room.
function(room_target room ret_target)
  string(REPLACE "/" "_" target bellows_${room})
  set(${ret_target} ${target} PARENT_SCOPE)
endfunction()

# bellows_room(ROW): the library of one row.
function(bellows_room row)
  string(REPLACE "|" ";" halves "${row} ")
  list(POP_FRONT halves ours)
  string(REGEX MATCHALL "[^ ]+" known "${ours}")
  string(REGEX MATCHALL "[^ ]+" foreign "${halves}")
  list(POP_FRONT known room)
  list(APPEND known base)

  room_target(${room} target)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${room}/*.c)
  list(REMOVE_ITEM sources ${PROJECT_SOURCE_DIR}/cli/main.c)
  add_library(${target} STATIC ${sources})
  foreach(word ${known})
    foreach(name ${room_names})
      if(name STREQUAL room)
        break() # only what stands above
      elseif("${name}/" MATCHES "^${word}/")
        room_target(${name} left)
        target_link_libraries(${target} PUBLIC ${left})
      endif()
    endforeach()
  endforeach()
  foreach(word ${foreign})
    target_link_libraries(${target} PUBLIC bellows_uses_${word})
  endforeach()
  target_link_libraries(${target} PRIVATE bellows_flags)
endfunction()

# bellows_layer(NAME [LEFT]): the libraries of the layer's rooms, and for tests `bellows_layer_NAME`: all of them, and of the layers
# to the left.
function(bellows_layer layer)
  add_library(bellows_layer_${layer} INTERFACE)
  foreach(left ${ARGN})
    target_link_libraries(bellows_layer_${layer} INTERFACE bellows_layer_${left})
  endforeach()
  foreach(row ${room_rows})
    string(REGEX MATCH "^[^ |]+" room "${row}")
    if("${room}/" MATCHES "^${layer}/")
      bellows_room("${row}")
      room_target(${room} target)
      target_link_libraries(bellows_layer_${layer} INTERFACE ${target})
    endif()
  endforeach()
endfunction()
