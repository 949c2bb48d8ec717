#include "services/platform/process/settings.h"

#include <cctype>
#include <iostream>

namespace kkr::platform {

std::string Settings::variable_of(const std::string& name) {
  std::string variable = "KKR_";
  for (const char c : name) {
    variable += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return variable;
}

int report_config(const Problems& problems) {
  for (const std::string& problem : problems) std::cerr << problem << "\n";
  if (!problems.empty()) return 2;
  std::cout << "The configuration is sound.\n";
  return 0;
}

std::optional<int> parse_command_line(CLI::App& app, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::Success& asked) {  // --help and --version are exceptions to CLI11.
    return app.exit(asked);
  } catch (const CLI::ParseError& error) {
    std::cerr << app.get_name() << ": " << error.what() << ". Run it with --help.\n";
    return 2;
  }
}

}  // namespace kkr::platform
