#include "services/all/demo/demo.h"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>

#include "gateway/program/http_address.h"
#include "services/all/demo/hearing_2013.h"
#include "services/all/demo/secretariat_2013.h"
#include "services/all/serve/serve.h"
#include "services/platform/process/process_config.h"
#include "services/platform/process/settings.h"
#include "services/platform/process/stop_signal.h"

namespace kkr {
namespace {

namespace fs = std::filesystem;

// The morning of the day the draft of the framework paper is written.
constexpr char kBeginning[] = "2013-01-23T08:00:00+01:00";

struct DemoConfig {
  ServeConfig site;
  std::string at;  // Empty: on a site of its own.
  bool exit = false;
};

// A new folder that is gone with its owner.
class FreshFolder {
 public:
  FreshFolder() {
    std::string pattern = fs::temp_directory_path() / "kkr-demo-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) {
      throw std::runtime_error("A folder for the demo cannot be made in " +
                               fs::temp_directory_path().string() + ".");
    }
    path_ = pattern;
  }
  ~FreshFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  FreshFolder(const FreshFolder&) = delete;
  FreshFolder& operator=(const FreshFolder&) = delete;

  fs::path path() const { return path_; }

 private:
  fs::path path_;
};

// What each play came to stands at the end, what the year began with last.
int play_2013(std::uint16_t port) {
  demo::Figures hearing;
  demo::Figures secretariat;
  int played = demo::play_hearing_2013(port, hearing);
  if (played == 0) played = demo::play_secretariat_2013(port, secretariat);
  for (const demo::Figures& figures : {secretariat, hearing}) {
    std::cout << '\n';
    for (const std::string& figure : figures) std::cout << figure << '\n';
  }
  std::cout << std::flush;
  return played;
}

// On a site that somebody else runs on this machine.
int play_at(const std::string& at) {
  const auto address = gateway::parse_http_address(at);
  if (!address || !platform::is_loopback(at)) {
    return platform::report_config({"'" + at + "' is not a loopback address and a port (--at)."});
  }
  return play_2013(address->port);
}

int play(DemoConfig config) {
  if (!config.at.empty()) return play_at(config.at);
  const FreshFolder folder;
  config.site.data = folder.path() / "site";
  config.site.demo_clock = kBeginning;
  config.site.process.log_level = "warning";
  int played = 1;
  std::thread player;
  const int served = serve(config.site, [&](const SiteAddress& address) {
    player = std::thread([&played, &config, port = address.http_port] {
      played = play_2013(port);
      if (config.exit || played != 0) return platform::StopSignal::request();
      std::cout << "The mails stand in " << config.site.data << "/mail.\n"
                << "The site stays until Ctrl-C.\n"
                << std::flush;
    });
  });
  if (player.joinable()) player.join();
  return served != 0 ? served : played;
}

}  // namespace

Subcommand declare_demo(CLI::App& app) {
  CLI::App* subcommand =
      app.add_subcommand("demo", "Plays the year 2013 on a site of its own with fresh data");
  auto config = std::make_shared<DemoConfig>();
  platform::Settings settings(*subcommand);
  settings.add("http-listen", config->site.http_listen,
               "Where the gateway listens; port 0 takes a free one");
  settings.add("at", config->at,
               "Play on the demo site that listens there on this machine, whose clock must stand "
               "at " +
                   std::string(kBeginning));
  settings.add_switch("exit", config->exit, "End the site when the play is over");
  return {subcommand, [config] { return play(*config); }};
}

}  // namespace kkr
