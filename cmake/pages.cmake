# bellows_pages(TARGET HEADER FOLDER FILES...): pages of FOLDER as rows {"topic", "text"} in one generated header, in the order given.

function(bellows_pages target header folder)
  set(output ${PROJECT_BINARY_DIR}/${header})
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${output}" "-DFOLDER=${folder}" "-DFILES=${ARGN}" -P ${PROJECT_SOURCE_DIR}/cmake/pages_script.cmake
    DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/cmake/pages_script.cmake
    COMMENT "Embedding ${header}"
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
