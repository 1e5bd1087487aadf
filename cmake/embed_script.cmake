# Run by bellows_embed: writes FILES as C strings into OUTPUT.

set(text "/* Generated from text files by cmake/embed.cmake. */\n")
# ISO C promises 4,095 bytes of string literal; both our compilers take more.
string(APPEND text "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n")
foreach(file ${FILES})
  get_filename_component(symbol ${file} NAME)
  string(REGEX REPLACE "[^A-Za-z0-9_]" "_" symbol ${symbol})
  file(READ ${file} content)
  string(REPLACE "\\" "\\\\" content "${content}")
  string(REPLACE "\"" "\\\"" content "${content}")
  string(REPLACE "\n" "\\n\"\n    \"" content "${content}")
  string(APPEND text "static const char ${symbol}[] __attribute__((unused)) =\n    \"${content}\";\n")
endforeach()
file(WRITE ${OUTPUT} "${text}")
