#include "services/financing/module.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "services/financing/api/agreement_api.h"
#include "services/financing/api/budget_api.h"
#include "services/financing/api/charge_api.h"
#include "services/financing/api/dunning_api.h"
#include "services/financing/api/invoice_api.h"
#include "services/financing/api/ledger_api.h"
#include "services/financing/api/payment_api.h"
#include "services/financing/api/recipient_api.h"
#include "services/financing/api/registry_client.h"
#include "services/financing/api/split_api.h"
#include "services/financing/api/true_up_api.h"
#include "services/financing/api/year_end_api.h"
#include "services/financing/app/registry_follower.h"
#include "services/financing/domain/charge_watch.h"
#include "services/financing/domain/dunning_watch.h"
#include "services/registry/client/region_lookup.h"

namespace kkr::financing {
namespace {

constexpr char kService[] = "financing";

std::optional<absl::Time> next_due(const Financing& state, LocalDate today) {
  const auto charge = next_charge(state, today);
  const auto dunning = next_dunning(state);
  return charge && dunning ? std::min(charge, dunning) : charge ? charge : dunning;
}

Effects record_due(const Financing& state, const Context& context) {
  Effects due = charge_due(state, context);
  for (auto& fact : dun_due(state, context).facts) due.facts.push_back(std::move(fact));
  return due;
}

auto next_due_by(platform::Clock& clock) {
  return [&clock](const Financing& state) {
    return next_due(state, platform::local_date_of(clock.now()));
  };
}

// What each region's log does by itself.
void set_to_work(Log& log, platform::Ports& ports) {
  log.follow(kRegistryLog, ports.logs(), follow_registry());
  log.run_due_work({.next_due = next_due_by(ports.clock()), .record_due = record_due});
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
  module.own(ports.settlement().watch(logs, next_due_by(ports.clock())));
  auto& known = module.own(ports.when_known(
      kService, [&logs](const std::string& region) { logs.open_existing(region); }));

  module.serve_grpc(module.make<AgreementApi>(logs));
  module.serve_grpc(module.make<RecipientApi>(logs));
  module.serve_grpc(module.make<BudgetApi>(logs));
  module.serve_grpc(module.make<DunningApi>(logs));
  module.serve_grpc(module.make<LedgerApi>(logs));
  module.serve_grpc(module.make<YearEndApi>(logs));
  module.serve_grpc(module.make<InvoiceApi>(logs, ports.clock()));
  module.serve_grpc(module.make<PaymentApi>(logs));
  module.serve_grpc(module.make<SplitApi>(logs, ports.clock(), client));
  module.serve_grpc(module.make<ChargeApi>(logs, ports.clock()));
  module.serve_grpc(module.make<TrueUpApi>(logs));
  module.run_in_background(
      "logs", [] {},
      [&logs, &known] {
        known.end();
        logs.stop();
      });
  return module;
}

}  // namespace kkr::financing
