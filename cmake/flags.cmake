# Warnings, sanitizers and the one way a layer is declared.

add_library(bellows_flags INTERFACE)
target_include_directories(bellows_flags INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
target_compile_definitions(bellows_flags INTERFACE _POSIX_C_SOURCE=200809L BELLOWS_VERSION="${PROJECT_VERSION}")
target_compile_options(bellows_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wswitch-enum -Wmissing-prototypes
  -Wstrict-prototypes -Wvla -Wcast-qual -Wcast-align -Wwrite-strings -Wundef -Wformat=2 -Wnull-dereference
  -Wimplicit-fallthrough)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  target_compile_options(bellows_flags INTERFACE -Wduplicated-cond -Wduplicated-branches -Wlogical-op)
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
if(BELLOWS_COVERAGE)
  target_compile_options(bellows_flags INTERFACE --coverage)
  target_link_options(bellows_flags INTERFACE --coverage)
endif()
if(BELLOWS_TIDY)
  set(CMAKE_C_CLANG_TIDY clang-tidy --quiet)
  # What flex and bison write is not ours to mend; clang-tidy wants at least one check.
  file(WRITE ${PROJECT_BINARY_DIR}/.clang-tidy "Checks: '-*,misc-definitions-in-headers'\n")
endif()

# bellows_layer(NAME LEFT...): the library of the folder of that name, linking the layers to its left.
function(bellows_layer name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.c)
  add_library(bellows_${name} STATIC ${sources})
  target_link_libraries(bellows_${name} PUBLIC ${ARGN} PRIVATE bellows_flags)
endfunction()
