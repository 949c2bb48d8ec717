#include "services/all/admin/copy.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "kkr/platform/v1/admin.grpc.pb.h"
#include "services/all/admin/admin_call.h"
#include "services/all/serve/serve_config.h"
#include "services/all/serve/site.h"
#include "services/platform/administration/stopped_site.h"

namespace kkr {
namespace {

namespace fs = std::filesystem;

struct CopyConfig {
  std::string data = "site";
  std::string backup;
  std::string anchor;
};

int finish_backup(const platform::v1::BackUpResponse& reply, const std::string& folder) {
  const int exit_code = say(reply.logs());
  if (exit_code == kDone) std::cout << "The backup stands in " << folder << ".\n";
  return exit_code;
}

int back_up(const CopyConfig& config) {
  const std::string folder = fs::absolute(config.backup).string();
  if (const auto channel = running_site(config.data)) {
    grpc::ClientContext context;
    platform::v1::BackUpRequest request;
    request.set_folder(folder);
    platform::v1::BackUpResponse reply;
    const grpc::Status status =
        platform::v1::AdminService::NewStub(channel)->BackUp(&context, request, &reply);
    return status.ok() ? finish_backup(reply, folder) : fail(status);
  }
  auto site = platform::StoppedSite::open(config.data);
  if (const auto* error = std::get_if<platform::AdminError>(&site)) return fail(error->sentence);
  const auto copied =
      std::get<std::unique_ptr<platform::StoppedSite>>(site)->back_up(services_in_order(), folder);
  if (const auto* error = std::get_if<platform::AdminError>(&copied)) return fail(error->sentence);
  return finish_backup(std::get<platform::v1::BackUpResponse>(copied), folder);
}

int restore(const CopyConfig& config) {
  const auto restored =
      platform::restore_backup(config.backup, config.data, anchor_path(config.data, config.anchor));
  if (const auto* error = std::get_if<platform::AdminError>(&restored)) {
    return fail(error->sentence);
  }
  const int exit_code = say(std::get<platform::v1::VerifyResponse>(restored).logs());
  if (exit_code == kDone) std::cout << "The site in " << config.data << " can be started.\n";
  return exit_code;
}

}  // namespace

Subcommand declare_backup(CLI::App& admin) {
  CLI::App* subcommand =
      admin.add_subcommand("backup", "Copies the whole site, also while it runs");
  auto config = std::make_shared<CopyConfig>();
  subcommand->add_option("folder", config->backup, "Where to; empty or missing")->required();
  platform::Settings(*subcommand).add("data", config->data, "The site's data folder");
  return {subcommand, [config] { return back_up(*config); }};
}

Subcommand declare_restore(CLI::App& admin) {
  CLI::App* subcommand = admin.add_subcommand("restore", "Makes a site out of a backup");
  auto config = std::make_shared<CopyConfig>();
  subcommand->add_option("backup", config->backup, "The backup's folder")->required();
  platform::Settings settings(*subcommand);
  settings.add("data", config->data, "The new site's data folder; empty or missing");
  settings.add("anchor", config->anchor, "The new site's anchor file");
  return {subcommand, [config] { return restore(*config); }};
}

}  // namespace kkr
