// `kkr`: the whole site in one process, and its administration.
#include "services/all/subcommand.h"

int main(int argc, char** argv) {
  CLI::App app("The working system of a kommunekontaktråd.", "kkr");
  const std::vector<kkr::Subcommand> subcommands = kkr::declare_subcommands(app);
  return kkr::run(app, subcommands, argc, argv);
}
