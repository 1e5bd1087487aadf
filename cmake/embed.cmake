# bellows_embed(TARGET SYMBOL_HEADER FILES...): text files as C strings in one generated header.
#
# Each file `queries/tables.sql` becomes `static const char tables_sql[]`. The header is generated into
# the build tree under the given path and the target depends on it.

function(bellows_embed target header)
  set(output ${PROJECT_BINARY_DIR}/${header})
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${output}" "-DFILES=${ARGN}" -P ${PROJECT_SOURCE_DIR}/cmake/embed_script.cmake
    DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/cmake/embed_script.cmake
    COMMENT "Embedding ${header}"
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
