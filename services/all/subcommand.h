// The subcommands of `kkr`: each is declared in its own file, and run after the command line has
// been read.
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <vector>

namespace kkr {

struct Subcommand {
  CLI::App* app;             // Its name and settings.
  std::function<int()> run;  // Returns the exit code. May throw while it starts.
};

// serve, demo, probe, admin.
std::vector<Subcommand> declare_subcommands(CLI::App& app);

// Reads the command line, runs the subcommand it names and returns its exit code; 2 for a command
// line that cannot be understood, 1 when the subcommand cannot start. Both with a sentence on
// standard error.
int run(CLI::App& app, const std::vector<Subcommand>& subcommands, int argc,
        const char* const* argv);

}  // namespace kkr
