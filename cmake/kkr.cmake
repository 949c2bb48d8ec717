# The kinds of target this project has. A folder's CMakeLists.txt uses only these.
include(GoogleTest)
include(compile_together)

# Targets that `cmake --build` makes on request only.
add_custom_target(benches)     # Every kkr_bench.
add_custom_target(tsan_tests)  # Every kkr_test labelled tsan: what the thread sanitizer runs.

# kkr_library(<target> SOURCES a.cc ... HEADERS a.h ... DEPS ... [ALONE a.cc ...] [DOMAIN])
# A static library, or an interface one without SOURCES. DOMAIN: a switch over an enumeration must
# name every enumerator, so that a new fact or rejection does not compile until it is handled.
# ALONE: sources that must not be compiled together with others.
function(kkr_library target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "DOMAIN" "" "SOURCES;HEADERS;DEPS;ALONE")
  kkr_reject_unknown_arguments(${target} "${arg_UNPARSED_ARGUMENTS}")
  if(NOT arg_SOURCES)
    add_library(${target} INTERFACE ${arg_HEADERS})
    target_link_libraries(${target} INTERFACE ${arg_DEPS})
    return()
  endif()
  add_library(${target} STATIC ${arg_SOURCES} ${arg_HEADERS})
  target_link_libraries(${target} PUBLIC ${arg_DEPS} PRIVATE kkr_warnings)
  kkr_compile_together(${target} "${arg_ALONE}")
  if(arg_DOMAIN)
    target_compile_options(${target} PRIVATE -Wswitch-enum)
  endif()
endfunction()

# kkr_executable(<target> SOURCES ... DEPS ...)
function(kkr_executable target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPS")
  kkr_reject_unknown_arguments(${target} "${arg_UNPARSED_ARGUMENTS}")
  add_executable(${target} ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE ${arg_DEPS} kkr_warnings ${KKR_ALLOCATOR})
  kkr_compile_together(${target} "")
endfunction()

# kkr_test(<target> SOURCES ... DEPS ... [ALONE a.cc ...] [LABELS ...] [TIMEOUT seconds]
#          [ONE_PROCESS])
# A GoogleTest program, one ctest test per TEST. Labels with a meaning to test.sh: tsan (run under
# the thread sanitizer too), long (only with --long). TIMEOUT holds for each TEST; 60 s unless
# given. ONE_PROCESS: the program is one ctest test, because its TESTs share what is slow to start.
function(kkr_test target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "ONE_PROCESS" "TIMEOUT" "SOURCES;DEPS;ALONE;LABELS")
  kkr_reject_unknown_arguments(${target} "${arg_UNPARSED_ARGUMENTS}")
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  add_executable(${target} ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE
    ${arg_DEPS} GTest::gmock GTest::gtest GTest::gtest_main kkr_warnings)
  kkr_compile_together(${target} "${arg_ALONE}")
  if(arg_ONE_PROCESS)
    add_test(NAME ${target} COMMAND ${target} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${target} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}")
  else()
    gtest_discover_tests(${target}
      DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
      WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
      PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}")
  endif()
  if("tsan" IN_LIST arg_LABELS)
    add_dependencies(tsan_tests ${target})
  endif()
endfunction()

# kkr_bench(<target> SOURCES ... DEPS ...): built by the target `benches`, not by default.
function(kkr_bench target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPS")
  kkr_reject_unknown_arguments(${target} "${arg_UNPARSED_ARGUMENTS}")
  add_executable(${target} EXCLUDE_FROM_ALL ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE ${arg_DEPS} benchmark::benchmark kkr_warnings
    ${KKR_ALLOCATOR})
  kkr_compile_together(${target} "")
  add_dependencies(benches ${target})
endfunction()

# kkr_proto(<package> [ROOT folder] FILES kkr/x/v1/a.proto ... DEPS <package> ...)
# proto_<package> holds the messages, proto_<package>_grpc the stubs of the files that define a
# service. ROOT is the import root of FILES, this folder unless given.
function(kkr_proto package)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "ROOT" "FILES;DEPS")
  kkr_reject_unknown_arguments(proto_${package} "${arg_UNPARSED_ARGUMENTS}")
  if(NOT arg_ROOT)
    set(arg_ROOT ${CMAKE_CURRENT_SOURCE_DIR})
  endif()
  set(out ${CMAKE_BINARY_DIR}/generated)
  file(MAKE_DIRECTORY ${out})

  foreach(file IN LISTS arg_FILES)
    set(path ${arg_ROOT}/${file})
    string(REGEX REPLACE "\\.proto$" "" stem ${out}/${file})
    set(outputs ${stem}.pb.cc ${stem}.pb.h)
    list(APPEND message_sources ${stem}.pb.cc)
    set(plugin_arguments "")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(STRINGS ${path} services REGEX "^service ")
    if(services)
      list(APPEND outputs ${stem}.grpc.pb.cc ${stem}.grpc.pb.h)
      list(APPEND stub_sources ${stem}.grpc.pb.cc)
      set(plugin_arguments --grpc_out=${out} --plugin=protoc-gen-grpc=${GRPC_CPP_PLUGIN})
    endif()
    # protobuf's own include folder stands before the npm package, which holds newer copies of
    # google/protobuf/*.proto that do not belong to the installed libprotobuf.
    add_custom_command(OUTPUT ${outputs} DEPENDS ${path}
      COMMAND ${PROTOC} --cpp_out=${out} ${plugin_arguments}
              -I ${arg_ROOT} -I ${CMAKE_SOURCE_DIR}/proto -I ${Protobuf_INCLUDE_DIRS}
              -I ${KKR_GOOGLE_PROTOS} ${path}
      COMMENT "protoc ${file}" VERBATIM)
  endforeach()

  list(TRANSFORM arg_DEPS PREPEND proto_ OUTPUT_VARIABLE message_deps)
  list(TRANSFORM message_deps APPEND _grpc OUTPUT_VARIABLE stub_deps)
  kkr_generated_library(proto_${package} "${message_sources}"
    "${message_deps};protobuf::libprotobuf")
  kkr_generated_library(proto_${package}_grpc "${stub_sources}"
    "proto_${package};${stub_deps};gRPC::grpc++")
endfunction()

function(kkr_generated_library target sources deps)
  set(scope INTERFACE)
  if(sources)
    set(scope PUBLIC)
    add_library(${target} STATIC ${sources})
    # protoc's code is not ours to check for undefined behaviour, which takes longest to compile.
    target_compile_options(${target} PRIVATE -w
      $<$<STREQUAL:${KKR_SANITIZE},address>:-fno-sanitize=undefined>)
    kkr_compile_together(${target} "")
  else()
    add_library(${target} INTERFACE)
  endif()
  target_include_directories(${target} SYSTEM ${scope} ${CMAKE_BINARY_DIR}/generated)
  target_link_libraries(${target} ${scope} ${deps})
endfunction()

function(kkr_reject_unknown_arguments target unknown)
  if(unknown)
    message(FATAL_ERROR "${target}: unknown arguments: ${unknown}")
  endif()
endfunction()

# kkr_embed(<target> FILE path SYMBOL name)
# A library that carries the file's bytes: `#include "embedded/<name>.h"` declares
# `std::string_view kkr::embedded::<name>()`. FILE may be the output of another rule.
function(kkr_embed target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FILE;SYMBOL" "")
  kkr_reject_unknown_arguments(${target} "${arg_UNPARSED_ARGUMENTS}")
  get_filename_component(file ${arg_FILE} ABSOLUTE)
  set(header ${CMAKE_BINARY_DIR}/generated/embedded/${arg_SYMBOL}.h)
  set(source ${CMAKE_BINARY_DIR}/generated/embedded/${arg_SYMBOL}.cc)
  file(CONFIGURE OUTPUT ${header} @ONLY CONTENT [[
#pragma once
#include <string_view>
namespace kkr::embedded {
std::string_view @arg_SYMBOL@();
}
]])
  # The assembler copies the bytes: no array literal for the compiler to chew.
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
#include "embedded/@arg_SYMBOL@.h"
asm(".section .rodata\n"
    "kkr_embedded_@arg_SYMBOL@_begin: .incbin \"@file@\"\n"
    "kkr_embedded_@arg_SYMBOL@_end: .byte 0\n"
    ".previous\n");
extern "C" const char kkr_embedded_@arg_SYMBOL@_begin[];
extern "C" const char kkr_embedded_@arg_SYMBOL@_end[];
namespace kkr::embedded {
std::string_view @arg_SYMBOL@() {
  return {kkr_embedded_@arg_SYMBOL@_begin, kkr_embedded_@arg_SYMBOL@_end};
}
}
]])
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${file})
  kkr_generated_library(${target} "${source}" "")
endfunction()

# kkr_site_tests(<prefix> FILES a_test.py ... [TIMEOUT seconds] [LABELS ...])
# Python unittests that start real `kkr` processes; one ctest test per file, named `prefix.a`.
function(kkr_site_tests prefix)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "FILES;LABELS")
  kkr_reject_unknown_arguments(${prefix} "${arg_UNPARSED_ARGUMENTS}")
  if(NOT TARGET kkr)
    return()
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  foreach(file IN LISTS arg_FILES)
    string(REGEX REPLACE "_test\\.py$" "" stem ${file})
    add_test(NAME ${prefix}.${stem}
      COMMAND ${CMAKE_SOURCE_DIR}/scripts/tool.sh ${PYTHON3} -m unittest -v ${stem}_test
      WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    set_tests_properties(${prefix}.${stem} PROPERTIES
      TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
      ENVIRONMENT "KKR_BINARY=$<TARGET_FILE:kkr>;PYTHONDONTWRITEBYTECODE=1;\
PYTHONPATH=${CMAKE_SOURCE_DIR}/tests/scenario")
  endforeach()
endfunction()

# kkr_embed_migrations(<variable> FOLDER path HEADER path.h FUNCTION name [NAMESPACE name])
# Sets <variable> to a source that holds the folder's numbered SQL files: the function
# `const std::vector<const char*>& <NAMESPACE>::<FUNCTION>()`, which HEADER declares. The namespace
# is kkr::platform unless given.
function(kkr_embed_migrations variable)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FOLDER;HEADER;FUNCTION;NAMESPACE" "")
  if(NOT arg_NAMESPACE)
    set(arg_NAMESPACE kkr::platform)
  endif()
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${arg_FUNCTION}.cc)
  file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${arg_FOLDER}/*.sql)
  add_custom_command(OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} -D OUT=${source} -D FOLDER=${CMAKE_SOURCE_DIR}/${arg_FOLDER}
            -D HEADER=${arg_HEADER} -D FUNCTION=${arg_FUNCTION} -D NAMESPACE=${arg_NAMESPACE}
            -P ${CMAKE_SOURCE_DIR}/cmake/embed_migrations.cmake
    DEPENDS ${migrations} ${CMAKE_SOURCE_DIR}/cmake/embed_migrations.cmake
    COMMENT "embed ${arg_FOLDER}" VERBATIM)
  set(${variable} ${source} PARENT_SCOPE)
endfunction()
