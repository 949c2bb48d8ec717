// The financing service on a real folder, with the real registry beside it, over gRPC: a population
// is corrected while the service is down, and it offers the true-up when it is up again.
#include "services/financing/module.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "kkr/financing/v1/agreements.grpc.pb.h"
#include "kkr/financing/v1/budgets.grpc.pb.h"
#include "kkr/financing/v1/charges.grpc.pb.h"
#include "kkr/financing/v1/recipients.grpc.pb.h"
#include "kkr/financing/v1/splits.grpc.pb.h"
#include "kkr/financing/v1/true_ups.grpc.pb.h"
#include "kkr/registry/v1/municipality.grpc.pb.h"
#include "services/financing/domain/agreement_story.h"
#include "services/platform/embedded/embedded_ports.h"
#include "services/registry/module.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::financing {
namespace {

using story::kAgreement;
using story::kBudget;
using story::kCharge;

std::chrono::steady_clock::time_point soon() {
  return std::chrono::steady_clock::now() + std::chrono::seconds(10);
}

// A module that runs, and what reaches it; ends with the object.
class Running {
 public:
  explicit Running(platform::Module module)
      : module_(std::move(module)), channel_(module_.start()) {}
  ~Running() {
    channel_.reset();
    module_.stop(soon());
  }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  platform::Module module_;
  std::shared_ptr<grpc::Channel> channel_;
};

std::string next_request_id() {
  static int requests = 0;
  return "7d444840-9dc0-11d1-b245-" + std::to_string(100000000000 + ++requests);
}

// One call that must succeed; a command gets a request id of its own.
template <class Service, class Request, class Reply>
Reply call(const Running& service,
           grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&, Reply*),
           Request request) {
  if constexpr (requires { request.set_request_id(""); }) {
    request.set_request_id(next_request_id());
  }
  grpc::ClientContext context;
  context.AddMetadata("kkr-actor", "secretariat");
  Reply reply;
  const auto stub = Service::NewStub(service.channel());
  const grpc::Status status = (stub.get()->*method)(&context, request, &reply);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return reply;
}

// The year 2013 charged over the 29 municipalities.
void charge_2013(const Running& financing) {
  call<v1::AgreementService>(financing, &v1::AgreementService::Stub::CreateAgreement,
                             story::creation());
  call<v1::BudgetService>(financing, &v1::BudgetService::Stub::UpdateBudget,
                          story::Scene::budgeting("1000000.00"));
  v1::ApproveBudgetRequest approval;
  approval.set_name(kBudget);
  approval.set_approved_by("regions/hovedstaden/bodies/kkr");
  approval.set_approved_date("2013-05-08");
  call<v1::BudgetService>(financing, &v1::BudgetService::Stub::ApproveBudget, approval);
  v1::CreateSplitRequest splitting;
  splitting.set_parent(kBudget);
  const v1::Split split =
      call<v1::SplitService>(financing, &v1::SplitService::Stub::CreateSplit, splitting);
  ASSERT_EQ(split.rows_size(), 29);
  for (const v1::SplitRow& row : split.rows()) {
    v1::UpdateRecipientRequest update;
    update.mutable_recipient()->set_name(std::string(kAgreement) + "/recipients/" + row.code());
    update.mutable_recipient()->set_buyer_reference("Økonomi");
    call<v1::RecipientService>(financing, &v1::RecipientService::Stub::UpdateRecipient, update);
  }
  v1::RunChargeRequest run;
  run.set_name(kCharge);
  call<v1::ChargeService>(financing, &v1::ChargeService::Stub::RunCharge, run);
}

v1::ListTrueUpsResponse true_ups(const Running& financing) {
  v1::ListTrueUpsRequest request;
  request.set_parent(kBudget);
  return call<v1::TrueUpService>(financing, &v1::TrueUpService::Stub::ListTrueUps, request);
}

TEST(FinancingModule, CatchesUpWithACorrectionThatItWasDownFor) {
  const platform::TemporaryFolder folder;
  const auto site = std::get<std::unique_ptr<platform::SiteFolder>>(platform::SiteFolder::open(
      folder.path(), platform::start_of(LocalDate(2013, 5, 8)) + absl::Hours(10)));
  platform::EmbeddedPorts ports(*site, {});
  const Running registry(registry::make_module(ports));
  {
    const Running financing(make_module(ports, registry.channel()));
    charge_2013(financing);
    EXPECT_EQ(true_ups(financing).true_ups_size(), 0);
  }
  registry::v1::RecordPopulationRequest correction;
  correction.set_parent("municipalities/101");
  correction.mutable_population()->set_count(560000);
  correction.mutable_population()->set_reference_date("2013-01-01");
  correction.mutable_population()->set_source("Danmarks Statistik");
  call<registry::v1::MunicipalityService>(
      registry, &registry::v1::MunicipalityService::Stub::RecordPopulation, correction);

  const Running financing(make_module(ports, registry.channel()));
  const auto latest = soon();
  v1::ListTrueUpsResponse offered;
  do {
    offered = true_ups(financing);
  } while (offered.true_ups().empty() && std::chrono::steady_clock::now() < latest);
  ASSERT_EQ(offered.true_ups_size(), 1);
  EXPECT_EQ(offered.true_ups(0).state(), v1::TrueUp::STATE_OFFERED);
  EXPECT_EQ(offered.true_ups(0).rows(0).code(), "101");
}

}  // namespace
}  // namespace kkr::financing
