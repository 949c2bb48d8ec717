# Every third-party library. Link to the name on the right:
#   gRPC            gRPC::grpc++ (never grpc++_error_details: it has a google.rpc.Status of its own)
#   Protobuf        protobuf::libprotobuf (comes with every proto_* target)
#   Abseil          absl::strings, absl::time, absl::status, ...
#   Boost           Boost::headers (Asio, Beast)
#   SQLite          SQLite::SQLite3
#   libpq           PkgConfig::pq
#   OpenSSL         OpenSSL::Crypto, OpenSSL::SSL
#   spdlog          spdlog::spdlog (formats with fmt)
#   CLI11           CLI11::CLI11
#   prometheus-cpp  PkgConfig::prometheus_core
#   libxlsxwriter   xlsxwriter
#   nlohmann json   nlohmann_json::nlohmann_json
#   libmagic        PkgConfig::magic
#   gmime           PkgConfig::gmime
#   libopendkim     PkgConfig::opendkim
#   mustache        nothing: headers in the system's folder
#   libcsv          csv
#   libxml2         LibXml2::LibXml2
#   dtl             nothing: headers in the system's folder
#   libical         PkgConfig::ical
#   cnats           PkgConfig::nats
#   libcurl         PkgConfig::curl
#   hiredis         PkgConfig::hiredis
#   threads         Threads::Threads
#   GoogleTest      linked by kkr_test itself
#   rapidcheck      rapidcheck_gtest
#   benchmark       linked by kkr_bench itself
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(Protobuf REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(Boost 1.74 CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(LibXml2 REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(GTest CONFIG REQUIRED)
find_package(benchmark CONFIG REQUIRED)
find_package(rapidcheck CONFIG REQUIRED)

# By pkg-config: prometheus-cpp's cmake file asks for an HTTP server and libcurl, unused here.
pkg_check_modules(prometheus_core REQUIRED IMPORTED_TARGET prometheus-cpp-core)
pkg_check_modules(jemalloc REQUIRED IMPORTED_TARGET jemalloc)
pkg_check_modules(magic REQUIRED IMPORTED_TARGET libmagic)
pkg_check_modules(ical REQUIRED IMPORTED_TARGET libical)
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(hiredis REQUIRED IMPORTED_TARGET hiredis)
pkg_check_modules(gmime REQUIRED IMPORTED_TARGET gmime-3.0)
pkg_check_modules(pq REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(opendkim REQUIRED IMPORTED_TARGET opendkim)
pkg_check_modules(nats REQUIRED IMPORTED_TARGET libnats)

# Debian describes these two to neither CMake nor (on Debian 13, where it asks for a package that
# does not exist) pkg-config.
foreach(library IN ITEMS csv xlsxwriter)
  find_library(${library}_LIBRARY ${library} REQUIRED)
  find_path(${library}_INCLUDE_DIR ${library}.h REQUIRED)
  add_library(${library} UNKNOWN IMPORTED)
  set_target_properties(${library} PROPERTIES
    IMPORTED_LOCATION ${${library}_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${${library}_INCLUDE_DIR})
endforeach()

find_path(DTL_INCLUDE_DIR dtl/dtl.hpp REQUIRED)

find_program(PROTOC protoc REQUIRED)
find_program(GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)
