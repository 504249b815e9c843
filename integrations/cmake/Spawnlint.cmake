# spawnlint for CMake projects (3.20 or later, generators of Makefiles and Ninja).
#
#   include(Spawnlint)
#   spawnlint_target(server)            # each build of `server` checks its C files, as CMAKE_C_CLANG_TIDY does
#   spawnlint_target(server WARN_ONLY)  # findings do not fail the build
#   spawnlint_add_check(lint)           # `cmake --build . --target lint` checks all C files of the project
#
# OPTIONS passes more options of the check, READ_OPTIONS those that say how files are read (--config and the like).
# A file is read again when it, one of its headers or the build's compile commands changed. SPAWNLINT_EXECUTABLE names
# the program; without it, it is looked for, and missing it is an error.

include_guard(GLOBAL)
cmake_minimum_required(VERSION 3.20)

find_program(SPAWNLINT_EXECUTABLE spawnlint DOC "The program spawnlint")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

function(_spawnlint_require)
  if(NOT SPAWNLINT_EXECUTABLE)
    message(FATAL_ERROR "spawnlint is not on the PATH: set SPAWNLINT_EXECUTABLE")
  endif()
  if(NOT CMAKE_GENERATOR MATCHES "Ninja|Makefiles")
    message(FATAL_ERROR "spawnlint needs compile_commands.json, which ${CMAKE_GENERATOR} does not write")
  endif()
endfunction()

# All C files of the project, in one run.
function(spawnlint_add_check name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "OPTIONS")
  _spawnlint_require()
  add_custom_target(${name}
    COMMAND ${SPAWNLINT_EXECUTABLE} check -p ${CMAKE_BINARY_DIR} ${arg_OPTIONS}
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    USES_TERMINAL VERBATIM
    COMMENT "spawnlint: all C files")
endfunction()

# The C files of one target, with each of its builds.
function(spawnlint_target target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "WARN_ONLY" "" "OPTIONS;READ_OPTIONS")
  _spawnlint_require()
  # For whoever includes this file with `set(CMAKE_EXPORT_COMPILE_COMMANDS OFF)` around.
  set_target_properties(${target} PROPERTIES EXPORT_COMPILE_COMMANDS ON)
  get_target_property(sources ${target} SOURCES)
  get_target_property(folder ${target} SOURCE_DIR)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/spawnlint_${target}.dir)
  set(all_facts)
  foreach(source IN LISTS sources)
    if(NOT source MATCHES "\\.c$" OR source MATCHES "\\$<")
      continue()
    endif()
    get_filename_component(path ${source} ABSOLUTE BASE_DIR ${folder})
    string(MD5 hash ${path})
    string(SUBSTRING ${hash} 0 8 hash)
    get_filename_component(name ${source} NAME)
    set(facts ${output}/${name}.${hash}.facts)
    add_custom_command(
      OUTPUT ${facts}
      COMMAND ${CMAKE_COMMAND} -E make_directory ${output}
      COMMAND ${SPAWNLINT_EXECUTABLE} index -p ${CMAKE_BINARY_DIR} ${path} ${arg_READ_OPTIONS}
              -o ${facts} --depfile ${facts}.d
      DEPENDS ${path} ${CMAKE_BINARY_DIR}/compile_commands.json
      DEPFILE ${facts}.d
      WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
      VERBATIM COMMENT "spawnlint: reading ${source}")
    list(APPEND all_facts ${facts})
  endforeach()
  if(NOT all_facts)
    return()
  endif()
  set(options ${arg_OPTIONS})
  if(arg_WARN_ONLY)
    list(APPEND options --fail-on never)
  endif()
  # Without a stamp a check that failed is not forgotten by the next build.
  set(stamp ${output}/checked)
  add_custom_command(
    OUTPUT ${stamp}
    COMMAND ${SPAWNLINT_EXECUTABLE} link --quiet ${options} ${all_facts}
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${all_facts}
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    VERBATIM COMMENT "spawnlint: checking ${target}")
  add_custom_target(spawnlint_${target} DEPENDS ${stamp})
  add_dependencies(${target} spawnlint_${target})
endfunction()
