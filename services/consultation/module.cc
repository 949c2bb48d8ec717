#include "services/consultation/module.h"

#include "services/consultation/api/answer_api.h"
#include "services/consultation/api/attachment_api.h"
#include "services/consultation/api/collection_api.h"
#include "services/consultation/api/extension_api.h"
#include "services/consultation/api/paper_api.h"
#include "services/consultation/api/registry_client.h"
#include "services/consultation/api/round_api.h"
#include "services/consultation/app/registry_follower.h"
#include "services/consultation/domain/deadline_watch.h"
#include "services/registry/client/region_lookup.h"

namespace kkr::consultation {
namespace {

constexpr char kService[] = "consultation";

// What each region's log does by itself.
void set_to_work(Log& log, platform::Ports& ports) {
  log.follow(kRegistryLog, ports.logs(), follow_registry(log.region()));
  log.run_due_work({.next_due = next_due, .record_due = record_due});
}

}  // namespace

platform::Module make_module(platform::Ports& ports,
                             const std::shared_ptr<grpc::Channel>& registry) {
  platform::Module module{kService};
  auto& regions = module.make<registry::RegionLookup>(registry);
  auto& client = module.make<RegistryClient>(registry);
  auto& logs = module.make<Logs>(
      ports.region_ports(kService),
      Logs::Options{
          .knows_region = [&regions](std::string_view id) { return regions.knows_region(id); },
          .opened = [&ports](Log& log) { set_to_work(log, ports); }});
  module.own(ports.settlement().watch(logs, next_due));
  auto& known = module.own(ports.when_known(
      kService, [&logs](const std::string& region) { logs.open_existing(region); }));

  module.serve_grpc(module.make<AttachmentApi>(logs));
  module.serve_grpc(module.make<PaperApi>(logs));
  module.serve_grpc(module.make<RoundApi>(logs, ports.clock(), client));
  module.serve_grpc(module.make<ExtensionApi>(logs));
  module.serve_grpc(module.make<AnswerApi>(logs));
  module.serve_grpc(module.make<CollectionApi>(logs));
  module.run_in_background(
      "logs", [] {},
      [&logs, &known] {
        known.end();
        logs.stop();
      });
  return module;
}

}  // namespace kkr::consultation
