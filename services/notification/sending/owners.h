// Asks the services that own what notices are about, and the registry, over gRPC. Caches nothing:
// what is asked must be true at this moment, and no reply means that nothing is sent.
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <variant>

#include "kkr/consultation/v1/rounds.grpc.pb.h"
#include "kkr/financing/v1/dunnings.grpc.pb.h"
#include "kkr/financing/v1/invoices.grpc.pb.h"
#include "kkr/registry/v1/municipality.grpc.pb.h"
#include "kkr/registry/v1/office.grpc.pb.h"
#include "kkr/registry/v1/person.grpc.pb.h"
#include "kkr/registry/v1/region.grpc.pb.h"
#include "services/notification/sending/letter_writer.h"

namespace kkr::notification {

// Whom an office stands for now. Empty in part where something is lacking.
struct Office {
  std::string title;    // Empty: there is no such office.
  std::string person;   // `persons/{person}`; empty: nobody holds it.
  std::string name;     // Of the person.
  std::string address;  // Of the person; empty: none is known, or the person is erased.
  std::string municipality;
  std::string mailbox;  // Of the municipality; empty: none is known.
  std::string region_title;
};

struct NoReply {};

class OwnerClient {
 public:
  OwnerClient(const std::shared_ptr<grpc::Channel>& registry,
              const std::shared_ptr<grpc::Channel>& consultation,
              const std::shared_ptr<grpc::Channel>& financing);

  // What the notice is about, for the municipality with this code. What is gone is left out.
  // Blocks for a few seconds at most.
  std::variant<Circumstances, NoReply> circumstances(v1::NoticeDue notice, const std::string& code);
  // Who holds the office `municipalities/{code}/offices/{office}` on the site's present day.
  std::variant<Office, NoReply> office(const std::string& name, const std::string& region);

 private:
  std::variant<Circumstances, NoReply> of_round(Circumstances found, const std::string& code);
  std::variant<Circumstances, NoReply> of_invoice(Circumstances found);
  bool find_invitee(const std::string& round, const std::string& code, Circumstances& found);

  const std::unique_ptr<consultation::v1::RoundService::Stub> rounds_;
  const std::unique_ptr<financing::v1::InvoiceService::Stub> invoices_;
  const std::unique_ptr<financing::v1::DunningService::Stub> dunnings_;
  const std::unique_ptr<registry::v1::MunicipalityService::Stub> municipalities_;
  const std::unique_ptr<registry::v1::RegionService::Stub> regions_;
  const std::unique_ptr<registry::v1::OfficeService::Stub> offices_;
  const std::unique_ptr<registry::v1::PersonService::Stub> persons_;
};

}  // namespace kkr::notification
