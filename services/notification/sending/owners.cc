#include "services/notification/sending/owners.h"

#include <grpcpp/client_context.h>

#include <chrono>
#include <utility>

namespace kkr::notification {
namespace {

constexpr std::chrono::seconds kPatience{5};
constexpr int kPageSize = 1000;

enum class Told { kYes, kGone, kNoReply };

// `method` of `stub`; what is not found is an answer too.
template <class Stub, class Request, class Reply>
Told ask(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Reply*),
         const Request& request, Reply& reply) {
  grpc::ClientContext call;
  call.set_deadline(std::chrono::system_clock::now() + kPatience);
  const grpc::Status status = (stub.*method)(&call, request, &reply);
  if (status.ok()) return Told::kYes;
  return status.error_code() == grpc::StatusCode::NOT_FOUND ? Told::kGone : Told::kNoReply;
}

}  // namespace

OwnerClient::OwnerClient(const std::shared_ptr<grpc::Channel>& registry,
                         const std::shared_ptr<grpc::Channel>& consultation,
                         const std::shared_ptr<grpc::Channel>& financing)
    : rounds_(consultation::v1::RoundService::NewStub(consultation)),
      invoices_(financing::v1::InvoiceService::NewStub(financing)),
      dunnings_(financing::v1::DunningService::NewStub(financing)),
      municipalities_(registry::v1::MunicipalityService::NewStub(registry)),
      regions_(registry::v1::RegionService::NewStub(registry)),
      offices_(registry::v1::OfficeService::NewStub(registry)),
      persons_(registry::v1::PersonService::NewStub(registry)) {}

std::variant<Circumstances, NoReply> OwnerClient::circumstances(v1::NoticeDue notice,
                                                                const std::string& code) {
  Circumstances found;
  found.notice = std::move(notice);
  if (found.notice.round().empty()) return of_invoice(std::move(found));
  return of_round(std::move(found), code);
}

std::variant<Circumstances, NoReply> OwnerClient::of_round(Circumstances found,
                                                           const std::string& code) {
  consultation::v1::GetRoundRequest request;
  request.set_name(found.notice.round());
  consultation::v1::Round round;
  using Stub = consultation::v1::RoundService::Stub;
  const Told told = ask(*rounds_, &Stub::GetRound, request, round);
  if (told == Told::kNoReply) return NoReply{};
  if (told == Told::kGone) return found;
  found.round = std::move(round);
  if (!find_invitee(found.notice.round(), code, found)) return NoReply{};
  return found;
}

bool OwnerClient::find_invitee(const std::string& round, const std::string& code,
                               Circumstances& found) {
  consultation::v1::ListInviteesRequest request;
  request.set_parent(round);
  request.set_page_size(kPageSize);
  using Stub = consultation::v1::RoundService::Stub;
  do {
    consultation::v1::ListInviteesResponse reply;
    const Told told = ask(*rounds_, &Stub::ListInvitees, request, reply);
    if (told != Told::kYes) return told == Told::kGone;
    for (auto& invitee : *reply.mutable_invitees()) {
      if (invitee.municipality().code() != code) continue;
      found.invitee = std::move(invitee);
      return true;
    }
    request.set_page_token(reply.next_page_token());
  } while (!request.page_token().empty());
  return true;
}

std::variant<Circumstances, NoReply> OwnerClient::of_invoice(Circumstances found) {
  financing::v1::GetInvoiceRequest request;
  request.set_name(found.notice.subject());
  financing::v1::Invoice invoice;
  const Told told =
      ask(*invoices_, &financing::v1::InvoiceService::Stub::GetInvoice, request, invoice);
  if (told == Told::kNoReply) return NoReply{};
  if (told == Told::kGone) return found;
  found.invoice = std::move(invoice);
  if (found.notice.occasion() != v1::OCCASION_DUNNING) return found;
  financing::v1::GetDunningRequest of_step;
  of_step.set_name(found.notice.subject() + "/dunnings/" + found.notice.step());
  financing::v1::Dunning dunning;
  const Told known =
      ask(*dunnings_, &financing::v1::DunningService::Stub::GetDunning, of_step, dunning);
  if (known == Told::kNoReply) return NoReply{};
  if (known == Told::kYes) found.dunning = std::move(dunning);
  return found;
}

std::variant<Office, NoReply> OwnerClient::office(const std::string& name,
                                                  const std::string& region) {
  Office found;
  registry::v1::GetRegionRequest of;
  of.set_name("regions/" + region);
  registry::v1::Region title;
  if (ask(*regions_, &registry::v1::RegionService::Stub::GetRegion, of, title) == Told::kNoReply)
    return NoReply{};
  found.region_title = title.display_name();
  registry::v1::GetMunicipalityRequest where;
  where.set_name(name.substr(0, name.find("/offices/")));
  registry::v1::Municipality municipality;
  using Municipalities = registry::v1::MunicipalityService::Stub;
  Told told = ask(*municipalities_, &Municipalities::GetMunicipality, where, municipality);
  if (told == Told::kNoReply) return NoReply{};
  found.municipality = municipality.official_name();
  found.mailbox = municipality.mailbox();

  registry::v1::GetOfficeRequest which;
  which.set_name(name);
  registry::v1::Office office;
  told = ask(*offices_, &registry::v1::OfficeService::Stub::GetOffice, which, office);
  if (told == Told::kNoReply) return NoReply{};
  found.title = office.title();
  if (office.holder().empty()) return found;

  registry::v1::GetPersonRequest who;
  who.set_name(office.holder());
  registry::v1::Person person;
  told = ask(*persons_, &registry::v1::PersonService::Stub::GetPerson, who, person);
  if (told == Told::kNoReply) return NoReply{};
  if (person.erased() || told == Told::kGone) return found;
  found.person = person.name();
  found.name = person.given_name() + " " + person.family_name();
  found.address = person.email();
  return found;
}

}  // namespace kkr::notification
