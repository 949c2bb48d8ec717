# How everything is compiled and linked. Nothing here knows a target of ours.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release, or Debug for fast edit-and-test rounds" FORCE)
endif()
# No NDEBUG: an assertion that names a broken invariant stays in the released program.
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g0")

set(KKR_SANITIZE "" CACHE STRING "'address' (with undefined behaviour), 'thread' or empty")
set_property(CACHE KKR_SANITIZE PROPERTY STRINGS "" address thread)

if(KKR_SANITIZE STREQUAL "address")
  set(sanitizer_flags -fsanitize=address,undefined -fno-sanitize-recover=all)
elseif(KKR_SANITIZE STREQUAL "thread")
  set(sanitizer_flags -fsanitize=thread)
  # The thread sanitizer does not know fences; Asio's are not needed where its locks are.
  add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
elseif(NOT KKR_SANITIZE STREQUAL "")
  message(FATAL_ERROR "KKR_SANITIZE is '${KKR_SANITIZE}'; it may be 'address' or 'thread'")
endif()
if(KKR_SANITIZE)
  add_compile_options(${sanitizer_flags} -g1 -fno-omit-frame-pointer)
  add_link_options(${sanitizer_flags})
  # Half the time to compile of -O2, which buys instrumented code little.
  set(CMAKE_CXX_FLAGS_RELEASE "-O1")
endif()

# Two thirds of what compiling one source takes goes to the headers of gRPC, protobuf and Boost.
# So the sources of a target are compiled eight together, which makes a clean build three times as
# fast. Names in the anonymous namespaces of one target differ therefore.
option(KKR_UNITY "Compile the sources of a target in batches; OFF compiles each by itself" ON)

add_compile_definitions(_GLIBCXX_ASSERTIONS)
include_directories(${CMAKE_SOURCE_DIR})

# For our own targets; generated code is compiled without.
add_library(kkr_warnings INTERFACE)
target_compile_options(kkr_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  -Wimplicit-fallthrough -Werror
  # g++ 12 warns about std::string concatenation that is correct (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  # Warns about types of an anonymous namespace where the file is included, as those of a batch are.
  $<$<BOOL:${KKR_UNITY}>:-Wno-subobject-linkage>
  # Instrumented code confuses the flow analysis behind this one.
  $<$<BOOL:${KKR_SANITIZE}>:-Wno-maybe-uninitialized>)

# Compilation results are shared between work trees and between clean builds: paths are cached
# relative to the tree they are in.
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  foreach(language IN ITEMS C CXX)
    set(CMAKE_${language}_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
  endforeach()
endif()

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# A request is read on one thread, decided on another and answered on a third, and glibc's allocator
# is slow at freeing what another thread allocated. The sanitizers bring an allocator of their own.
set(KKR_ALLOCATOR $<$<NOT:$<BOOL:${KKR_SANITIZE}>>:PkgConfig::jemalloc>)
