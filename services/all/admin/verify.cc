#include "services/all/admin/verify.h"

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "kkr/platform/v1/admin.grpc.pb.h"
#include "services/all/admin/admin_call.h"
#include "services/all/serve/serve_config.h"
#include "services/platform/administration/stopped_site.h"

namespace kkr {
namespace {

namespace fs = std::filesystem;

struct VerifyConfig {
  std::string data = "site";
  std::string anchor;
};

// The file that was asked for, or the one that the site writes of itself, if there is one.
std::string anchor_of(const VerifyConfig& config) {
  const std::string path = anchor_path(config.data, config.anchor);
  return config.anchor.empty() && !fs::exists(path) ? "" : path;
}

int verify(const VerifyConfig& config) {
  if (const auto channel = running_site(config.data)) {
    grpc::ClientContext context;
    platform::v1::VerifyRequest request;
    request.set_anchor(anchor_of(config));
    platform::v1::VerifyResponse reply;
    const grpc::Status status =
        platform::v1::AdminService::NewStub(channel)->Verify(&context, request, &reply);
    return status.ok() ? say(reply.logs()) : fail(status);
  }
  auto site = platform::StoppedSite::open(config.data);
  if (const auto* error = std::get_if<platform::AdminError>(&site)) return fail(error->sentence);
  return say(
      std::get<std::unique_ptr<platform::StoppedSite>>(site)->verify(anchor_of(config)).logs());
}

}  // namespace

Subcommand declare_verify(CLI::App& admin) {
  CLI::App* subcommand = admin.add_subcommand(
      "verify", "Checks every log and names the first position it cannot vouch for");
  auto config = std::make_shared<VerifyConfig>();
  platform::Settings settings(*subcommand);
  settings.add("data", config->data, "The site's data folder");
  settings.add("anchor", config->anchor,
               "The anchor file to compare with; the site's own unless given");
  return {subcommand, [config] { return verify(*config); }};
}

}  // namespace kkr
