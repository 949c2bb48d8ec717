// The settings of a program or subcommand. Each is declared once and can then be given as a flag,
// `--http-listen`, or as a variable, `KKR_HTTP_LISTEN`; the flag wins.
#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <optional>
#include <string>
#include <vector>

namespace kkr::platform {

class Settings {
 public:
  // `app` must outlive the parsing; so must every value declared.
  explicit Settings(CLI::App& app) : app_(app) {}

  // `name` without dashes in front, such as `http-listen`. `value` holds the default.
  template <class T>
  void add(const std::string& name, T& value, const std::string& purpose) {
    app_.add_option("--" + name, value, purpose)->envname(variable_of(name))->capture_default_str();
  }
  // A setting that is on or off.
  void add_switch(const std::string& name, bool& value, const std::string& purpose) {
    app_.add_flag("--" + name, value, purpose)->envname(variable_of(name));
  }

  // KKR_HTTP_LISTEN for http-listen.
  static std::string variable_of(const std::string& name);

 private:
  CLI::App& app_;
};

// What is wrong with a configuration, as sentences; empty when nothing is.
using Problems = std::vector<std::string>;

// Prints each problem as a line on standard error, or that the configuration is sound on standard
// output. Returns the exit code: 0, or 2 when there is a problem.
int report_config(const Problems& problems);

// Parses the command line into `app`. nullopt: go on. Else the exit code, after `--help` (0) or
// after a sentence on standard error that says what is wrong (2).
std::optional<int> parse_command_line(CLI::App& app, int argc, const char* const* argv);

}  // namespace kkr::platform
