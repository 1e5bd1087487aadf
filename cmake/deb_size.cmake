# What CPack runs when its packages are made and not yet where they belong.
foreach(package ${CPACK_PACKAGE_FILES})
  execute_process(COMMAND ${CMAKE_CURRENT_LIST_DIR}/deb_size.sh ${package} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
