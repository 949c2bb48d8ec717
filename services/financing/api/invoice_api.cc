#include "services/financing/api/invoice_api.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "services/financing/api/invoice_document.h"
#include "services/financing/app/invoice_view.h"
#include "services/financing/domain/credit_commands.h"
#include "services/financing/domain/invoice_clock.h"
#include "services/financing/domain/invoice_life.h"
#include "services/platform/time/timestamp.h"

namespace kkr::financing {
namespace {

grpc::Status show(const Financing& state, Log& log, const std::string& invoice, LocalDate today,
                  v1::Invoice& reply) {
  const auto name = parse_invoice_name(invoice);
  const auto found = name ? state.invoices.find(name->id) : nullptr;
  if (found == nullptr) return to_status(refusal(Rejection::kInvoiceUnknown));
  Texts texts(log.store());
  reply = shown(state, *found, today, texts);
  return status_of(texts);
}

auto showing_invoice(const std::string& invoice, const platform::Clock& clock) {
  return [invoice, &clock](const Financing& state, Log& log, v1::Invoice& reply) {
    return show(state, log, invoice, platform::local_date_of(clock.now()), reply);
  };
}

// What came of crediting `invoice`: the credit note, or the invoice that takes its place.
auto showing_credit(const v1::CreditInvoiceRequest& request, const platform::Clock& clock) {
  return [invoice = request.name(), reissue = request.reissue(), &clock](
             const Financing& state, Log& log, v1::Invoice& reply) {
    const auto name = parse_invoice_name(invoice);
    const auto credited = name ? state.invoices.find(name->id) : nullptr;
    if (credited == nullptr) return to_status(refusal(Rejection::kInvoiceUnknown));
    std::string made = credited->credited_by;
    if (reissue) {
      state.invoices.for_each([&](const InvoiceId&, const Invoice& one) {
        if (one.content->replaces() == invoice && one.content->credits().empty()) {
          made = one.content->invoice();
        }
      });
    }
    return show(state, log, made, platform::local_date_of(clock.now()), reply);
  };
}

bool is_wanted(const v1::ListInvoicesRequest& request, const Invoice& invoice) {
  const v1::InvoiceIssued& issued = *invoice.content;
  return (request.agreement().empty() || request.agreement() == issued.agreement()) &&
         (request.charged_year() == 0 || request.charged_year() == issued.charged_year()) &&
         (request.municipality().empty() || request.municipality() == issued.buyer().code()) &&
         (request.state() == v1::Invoice::STATE_UNSPECIFIED ||
          request.state() == state_of(invoice));
}

// The midnight at which the invoice becomes overdue, if that is still to come.
std::optional<absl::Time> overdue_at(const Invoice& invoice, absl::Time now) {
  const auto due = dunning_due_date_of(invoice);
  if (!due || platform::end_of(*due) <= now) return std::nullopt;
  return platform::end_of(*due);
}

grpc::Status fill(const Financing& state, Log& log, const v1::ListInvoicesRequest& request,
                  absl::Time now, PageFill& page, v1::ListInvoicesResponse& reply) {
  Texts texts(log.store());
  std::optional<absl::Time> next_change;
  const std::optional<InvoiceId> after = parse_invoice_id(page.after());
  state.invoices.visit_after(
      after ? &*after : nullptr, [&](const InvoiceId& id, const Invoice& invoice) {
        if (!is_wanted(request, invoice)) return true;
        if (!page.has_room(reply)) return false;
        *reply.add_invoices() = shown(state, invoice, platform::local_date_of(now), texts);
        page.put_in(printed_number(id));
        const auto change = overdue_at(invoice, now);
        if (change) next_change = std::min(next_change.value_or(*change), *change);
        return true;
      });
  if (next_change) *reply.mutable_next_change_time() = platform::timestamp_of(*next_change);
  return status_of(texts);
}

}  // namespace

grpc::ServerUnaryReactor* InvoiceApi::MarkDelivered(grpc::CallbackServerContext* call,
                                                    const v1::MarkDeliveredRequest* request,
                                                    v1::Invoice* reply) {
  return carry_out(call, logs_, request->name(), request, reply,
                   showing_invoice(request->name(), clock_));
}

grpc::ServerUnaryReactor* InvoiceApi::DisputeInvoice(grpc::CallbackServerContext* call,
                                                     const v1::DisputeInvoiceRequest* request,
                                                     v1::Invoice* reply) {
  return carry_out(call, logs_, request->name(), request, reply,
                   showing_invoice(request->name(), clock_));
}

grpc::ServerUnaryReactor* InvoiceApi::ResolveDispute(grpc::CallbackServerContext* call,
                                                     const v1::ResolveDisputeRequest* request,
                                                     v1::Invoice* reply) {
  return carry_out(call, logs_, request->name(), request, reply,
                   showing_invoice(request->name(), clock_));
}

grpc::ServerUnaryReactor* InvoiceApi::CreditInvoice(grpc::CallbackServerContext* call,
                                                    const v1::CreditInvoiceRequest* request,
                                                    v1::Invoice* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing_credit(*request, clock_));
}

grpc::ServerUnaryReactor* InvoiceApi::GetInvoice(grpc::CallbackServerContext* call,
                                                 const v1::GetInvoiceRequest* request,
                                                 v1::Invoice* reply) {
  return look_up(call, logs_, request->name(), reply, showing_invoice(request->name(), clock_));
}

grpc::ServerUnaryReactor* InvoiceApi::ListInvoices(grpc::CallbackServerContext* call,
                                                   const v1::ListInvoicesRequest* request,
                                                   v1::ListInvoicesResponse* reply) {
  const std::string scope =
      absl::StrCat(request->parent(), "/invoices?", request->agreement(), "&",
                   request->charged_year(), "&", request->municipality(), "&", request->state());
  return list(call, logs_, scope, request, reply,
              [this, request](const Financing& state, Log& log, PageFill& page,
                              v1::ListInvoicesResponse& made) {
                return fill(state, log, *request, clock_.now(), page, made);
              });
}

grpc::ServerUnaryReactor* InvoiceApi::GetInvoiceDocument(
    grpc::CallbackServerContext* call, const v1::GetInvoiceDocumentRequest* request,
    google::api::HttpBody* reply) {
  return look_up(call, logs_, request->name(), reply,
                 [call, request](const Financing& state, Log& log, google::api::HttpBody& made) {
                   const auto name = parse_invoice_name(request->name());
                   const auto invoice = name ? state.invoices.find(name->id) : nullptr;
                   if (invoice == nullptr) return to_status(refusal(Rejection::kInvoiceUnknown));
                   Texts texts(log.store());
                   auto made_file = document_file(state, *invoice, request->format(), texts);
                   if (const auto* failed = std::get_if<grpc::Status>(&made_file)) return *failed;
                   auto& file = std::get<DocumentFile>(made_file);
                   // A page is for looking at; the electronic document is for other programs.
                   const bool page = file.body.content_type().starts_with("text/html");
                   call->AddInitialMetadata("content-disposition",
                                            std::string(page ? "inline" : "attachment") +
                                                "; filename=\"" + file.name + "\"");
                   made = std::move(file.body);
                   return grpc::Status::OK;
                 });
}

}  // namespace kkr::financing
