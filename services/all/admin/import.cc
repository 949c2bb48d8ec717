#include "services/all/admin/import.h"

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "kkr/registry/v1/municipality.grpc.pb.h"
#include "services/all/admin/admin_call.h"
#include "services/all/serve/serve_config.h"
#include "services/platform/embedded/embedded_ports.h"
#include "services/platform/process/process.h"
#include "services/platform/uuid/uuid.h"
#include "services/registry/module.h"

namespace kkr {
namespace {

struct ImportConfig {
  std::string data = "site";
  std::string anchor;
  std::string file;
  std::string source;
};

int import_over(const std::shared_ptr<grpc::Channel>& channel, const ImportConfig& config) {
  std::ifstream file(config.file, std::ios::binary);
  if (!file.is_open()) return fail("The file " + config.file + " cannot be read.");
  registry::v1::ImportMunicipalitiesRequest request;
  request.set_csv(std::string{std::istreambuf_iterator<char>(file), {}});
  request.set_population_source(config.source);
  request.set_request_id(platform::new_uuid());
  grpc::ClientContext context;
  context.AddMetadata("kkr-actor", "administrator");
  registry::v1::ImportMunicipalitiesResponse reply;
  const grpc::Status status =
      registry::v1::MunicipalityService::NewStub(channel)->ImportMunicipalities(&context, request,
                                                                                &reply);
  if (!status.ok()) return fail(status);
  std::cout << config.file << ": " << reply.municipalities() << " municipalities, " << reply.facts()
            << " new facts.\n";
  return kDone;
}

// Runs the registry alone for as long as the import takes.
int import_stopped(const ImportConfig& config) {
  auto opened = platform::SiteFolder::open(config.data, std::nullopt);
  if (auto* sentence = std::get_if<std::string>(&opened)) return fail(*sentence);
  const auto folder = std::get<std::unique_ptr<platform::SiteFolder>>(std::move(opened));
  platform::EmbeddedOptions options;
  options.anchor = anchor_path(config.data, config.anchor);
  platform::EmbeddedPorts ports(*folder, options);
  platform::ProcessConfig quiet;
  quiet.log_level = "error";
  platform::Process process("kkr", quiet);
  return import_over(process.add(registry::make_module(ports)), config);
}

int import_municipalities(const ImportConfig& config) {
  const auto channel = running_site(config.data);
  return channel ? import_over(channel, config) : import_stopped(config);
}

}  // namespace

Subcommand declare_import(CLI::App& admin) {
  CLI::App* import = admin.add_subcommand("import", "Takes over a file");
  import->require_subcommand(1);
  CLI::App* subcommand = import->add_subcommand(
      "municipalities", "Municipalities and their populations, all of the file or nothing");
  auto config = std::make_shared<ImportConfig>();
  subcommand->add_option("file", config->file, "A CSV file with a heading")->required();
  platform::Settings settings(*subcommand);
  settings.add("data", config->data, "The site's data folder");
  settings.add("anchor", config->anchor, "The site's anchor file");
  settings.add("population-source", config->source, "Who reports the populations");
  return {subcommand, [config] { return import_municipalities(*config); }};
}

}  // namespace kkr
