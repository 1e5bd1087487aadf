# Run by bellows_pages: writes FILES, which lie below FOLDER, as a table `pages` of C into OUTPUT.

set(text "/* Generated from pages by cmake/pages.cmake. */\n")
# ISO C promises 4,095 bytes of string literal; both our compilers take more.
string(APPEND text "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n")
string(APPEND text "static const Page pages[] = {\n")
foreach(file ${FILES})
  file(RELATIVE_PATH topic ${FOLDER} ${file})
  string(REGEX REPLACE "\\.md$" "" topic "${topic}")
  file(READ ${file} content)
  string(REPLACE "\\" "\\\\" content "${content}")
  string(REPLACE "\"" "\\\"" content "${content}")
  string(REPLACE "?" "\\?" content "${content}")
  string(REPLACE "\n" "\\n\"\n    \"" content "${content}")
  string(APPEND text "{\"${topic}\",\n    \"${content}\"},\n")
endforeach()
file(WRITE ${OUTPUT} "${text}};\n")
