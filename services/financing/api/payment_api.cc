#include "services/financing/api/payment_api.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "services/financing/app/payment_view.h"
#include "services/financing/domain/payment_commands.h"
#include "services/financing/domain/payment_import.h"
#include "services/financing/payments/bank_csv.h"
#include "services/financing/payments/camt053.h"

namespace kkr::financing {
namespace {

constexpr std::size_t kFaultsTold = 20;

auto showing_payment(const std::string& payment) {
  return
      [name = parse_payment_name(payment)](const Financing& state, Log& log, v1::Payment& reply) {
        const auto found = name ? state.payments.find(name->id) : nullptr;
        if (found == nullptr) return to_status(refusal(Rejection::kPaymentUnknown));
        Texts texts(log.store());
        reply = shown(*found, texts);
        return status_of(texts);
      };
}

// XML begins with a tag, whatever white space or byte order mark stands before it.
bool looks_like_xml(std::string_view bytes) {
  const std::size_t first = bytes.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  return first != bytes.npos && bytes[first] == '<';
}

StatementRead read_file(const v1::ImportPaymentsRequest& request) {
  const std::string& bytes = request.file().data();
  const bool xml =
      request.format() == v1::ImportPaymentsRequest::FORMAT_CAMT053 ||
      (request.format() == v1::ImportPaymentsRequest::FORMAT_UNSPECIFIED && looks_like_xml(bytes));
  return xml ? read_camt053(bytes) : read_bank_csv(bytes, "");
}

// `Line 3, Beløb: this is no amount such as 1.234,50.` for each fault, the first twenty of them.
Refusal refuse_file(const std::vector<StatementFault>& faults) {
  std::string told;
  for (std::size_t i = 0; i < std::min(faults.size(), kFaultsTold); ++i) {
    const StatementFault& fault = faults[i];
    told += (i > 0 ? " Line " : "Line ") + std::to_string(fault.line) +
            (fault.place.empty() ? "" : ", " + fault.place) + ": " + fault.reason + ".";
  }
  if (faults.size() > kFaultsTold) {
    told += " And " + std::to_string(faults.size() - kFaultsTold) + " more.";
  }
  return refusal(Rejection::kStatementInvalid,
                 {{"line", std::to_string(faults.front().line)}, {"fault", std::move(told)}});
}

bool pays(v1::Payment::Finding finding) {
  return finding == v1::Payment::FINDING_MATCHED || finding == v1::Payment::FINDING_PART ||
         finding == v1::Payment::FINDING_OVER;
}

// Tells what the command recorded: the same however often it is repeated.
grpc::Status tell(const Committed& done, Log& log, const BankStatement& statement,
                  v1::ImportPaymentsResponse& reply) {
  Texts texts(log.store());
  std::size_t bytes = 0;
  for (const BankMovement& movement : statement.movements) {
    const auto payment = done.state->state.payments.find(payment_of_movement(movement.identity));
    const bool recorded_now = payment != nullptr && payment->position >= done.first_position &&
                              payment->position <= done.last_position;
    if (!recorded_now) {
      reply.set_known_before(reply.known_before() + 1);
      continue;
    }
    if (bytes < kPageBytesMax) {
      *reply.add_payments() = shown(*payment, texts);
      bytes += reply.payments().rbegin()->ByteSizeLong();
    }
    if (pays(payment->content.finding())) {
      reply.set_matched(reply.matched() + 1);
    } else if (!payment->content.candidates().empty()) {
      reply.set_ambiguous(reply.ambiguous() + 1);
    } else {
      reply.set_unknown(reply.unknown() + 1);
    }
  }
  reply.set_passed_over(static_cast<std::int32_t>(statement.passed_over));
  return status_of(texts);
}

grpc::Status fill(const Financing& state, Log& log, const v1::ListPaymentsRequest& request,
                  PageFill& page, v1::ListPaymentsResponse& reply) {
  Texts texts(log.store());
  const PaymentId after{page.after()};
  state.payments.visit_after(&after, [&](const PaymentId& id, const Payment& payment) {
    const bool wanted =
        (request.agreement().empty() || request.agreement() == payment.content.agreement()) &&
        (request.state() == v1::Payment::STATE_UNSPECIFIED || request.state() == state_of(payment));
    if (!wanted) return true;
    if (!page.has_room(reply)) return false;
    *reply.add_payments() = shown(payment, texts);
    page.put_in(id.text);
    return true;
  });
  return status_of(texts);
}

}  // namespace

grpc::ServerUnaryReactor* PaymentApi::RegisterPayment(grpc::CallbackServerContext* call,
                                                      const v1::RegisterPaymentRequest* request,
                                                      v1::Payment* reply) {
  const std::string region(region_of(request->parent()));
  const PaymentId id{created_id(request->payment_id(), request->request_id())};
  return carry_out(call, logs_, request->parent(), request, reply,
                   showing_payment(payment_name(region, id)));
}

grpc::ServerUnaryReactor* PaymentApi::ImportPayments(grpc::CallbackServerContext* call,
                                                     const v1::ImportPaymentsRequest* request,
                                                     v1::ImportPaymentsResponse* reply) {
  auto read = read_file(*request);
  if (const auto* faults = std::get_if<std::vector<StatementFault>>(&read)) {
    return platform::finish(call, to_status(refuse_file(*faults)));
  }
  const auto statement =
      std::make_shared<const BankStatement>(std::get<BankStatement>(std::move(read)));
  return platform::run_command<Domain>(
      call, logs_, region_of(request->parent()), *request, reply,
      [request, statement](const Financing& state, const Context& context) {
        return decide(state, *request, statement->movements, context);
      },
      [statement](const Committed& done, Log& log, v1::ImportPaymentsResponse& made) {
        return tell(done, log, *statement, made);
      });
}

grpc::ServerUnaryReactor* PaymentApi::AssignPayment(grpc::CallbackServerContext* call,
                                                    const v1::AssignPaymentRequest* request,
                                                    v1::Payment* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing_payment(request->name()));
}

grpc::ServerUnaryReactor* PaymentApi::ReturnPayment(grpc::CallbackServerContext* call,
                                                    const v1::ReturnPaymentRequest* request,
                                                    v1::Payment* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing_payment(request->name()));
}

grpc::ServerUnaryReactor* PaymentApi::GetPayment(grpc::CallbackServerContext* call,
                                                 const v1::GetPaymentRequest* request,
                                                 v1::Payment* reply) {
  return look_up(call, logs_, request->name(), reply, showing_payment(request->name()));
}

grpc::ServerUnaryReactor* PaymentApi::ListPayments(grpc::CallbackServerContext* call,
                                                   const v1::ListPaymentsRequest* request,
                                                   v1::ListPaymentsResponse* reply) {
  const std::string scope = request->parent() + "/payments?" + request->agreement() + "&" +
                            std::to_string(request->state());
  return list(
      call, logs_, scope, request, reply,
      [request](const Financing& state, Log& log, PageFill& page, v1::ListPaymentsResponse& made) {
        return fill(state, log, *request, page, made);
      });
}

}  // namespace kkr::financing
