#include "services/financing/api/dunning_api.h"

#include <charconv>

#include "services/platform/field/resource_name.h"
#include "services/platform/time/timestamp.h"

namespace kkr::financing {
namespace {

grpc::Status invoice_unknown() { return to_status(refusal(Rejection::kInvoiceUnknown)); }

v1::Dunning shown(const Dunning& dunning) {
  v1::Dunning reply;
  reply.set_name(dunning.content.invoice() + "/dunnings/" + std::to_string(dunning.content.step()));
  reply.set_outstanding(platform::format_money(Money{dunning.content.outstanding_oere()}));
  reply.set_passed_date(dunning.content.passed_date());
  reply.set_due_date(dunning.content.due_date());
  *reply.mutable_create_time() = platform::timestamp_of(dunning.created_at);
  return reply;
}

// Where a list goes on: after a step of an invoice.
struct Place {
  InvoiceId invoice;
  std::size_t step = 0;
};

std::string text_of(const Place& place) {
  return printed_number(place.invoice) + "/" + std::to_string(place.step);
}

// nullopt for the beginning of the list.
std::optional<Place> place_of(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return std::nullopt;
  const auto invoice = parse_invoice_id(std::string_view(text).substr(0, slash));
  if (!invoice) return std::nullopt;
  Place place{*invoice, 0};
  std::from_chars(text.data() + slash + 1, text.data() + text.size(), place.step);
  return place;
}

// Puts in what follows the place; false when the page is full.
bool put_in(const InvoiceId& id, const Invoice& invoice, const std::optional<Place>& after,
            PageFill& page, v1::ListDunningsResponse& reply) {
  const bool goes_on = after && after->invoice == id;
  for (std::size_t i = goes_on ? after->step : 0; i < invoice.dunnings.size(); ++i) {
    if (!page.has_room(reply)) return false;
    *reply.add_dunnings() = shown(invoice.dunnings[i]);
    page.put_in(text_of({id, i + 1}));
  }
  return true;
}

grpc::Status put_in_all(const Financing& state, PageFill& page, v1::ListDunningsResponse& reply) {
  const auto after = place_of(page.after());
  if (after) {
    const auto invoice = state.invoices.find(after->invoice);
    if (invoice != nullptr && !put_in(after->invoice, *invoice, after, page, reply)) {
      return grpc::Status::OK;
    }
  }
  state.invoices.visit_after(after ? &after->invoice : nullptr,
                             [&](const InvoiceId& id, const Invoice& invoice) {
                               return put_in(id, invoice, std::nullopt, page, reply);
                             });
  return grpc::Status::OK;
}

}  // namespace

grpc::ServerUnaryReactor* DunningApi::GetDunning(grpc::CallbackServerContext* call,
                                                 const v1::GetDunningRequest* request,
                                                 v1::Dunning* reply) {
  return look_up(call, logs_, request->name(), reply,
                 [name = parse_dunning_name(request->name())](const Financing& state, Log&,
                                                              v1::Dunning& made) {
                   const auto invoice = name ? state.invoices.find(name->id) : nullptr;
                   if (invoice == nullptr) return invoice_unknown();
                   const int count = static_cast<int>(invoice->dunnings.size());
                   if (name->number < 1 || name->number > count) {
                     return to_status(refusal(Rejection::kDunningUnknown));
                   }
                   made = shown(invoice->dunnings[static_cast<std::size_t>(name->number) - 1]);
                   return grpc::Status::OK;
                 });
}

grpc::ServerUnaryReactor* DunningApi::ListDunnings(grpc::CallbackServerContext* call,
                                                   const v1::ListDunningsRequest* request,
                                                   v1::ListDunningsResponse* reply) {
  const auto ids = platform::match_name("regions/{region}/invoices/{invoice}", request->parent());
  const bool all = ids && ids->at(1) == "-";
  return list(call, logs_, request->parent() + "/dunnings", request, reply,
              [all, name = parse_invoice_name(request->parent())](
                  const Financing& state, Log&, PageFill& page, v1::ListDunningsResponse& made) {
                if (all) return put_in_all(state, page, made);
                const auto invoice = name ? state.invoices.find(name->id) : nullptr;
                if (invoice == nullptr) return invoice_unknown();
                put_in(name->id, *invoice, place_of(page.after()), page, made);
                return grpc::Status::OK;
              });
}

}  // namespace kkr::financing
