#include "services/financing/domain/recipient_commands.h"

#include <utility>

#include "services/financing/domain/arguments.h"
#include "services/financing/domain/terms_rules.h"
#include "services/platform/field/field_behavior.h"
#include "services/platform/field/organisation_number.h"

namespace kkr::financing {
namespace {

std::optional<Refusal> fault_in(const v1::Recipient& recipient) {
  Arguments arguments;
  arguments.text("recipient.buyer_reference", recipient.buyer_reference(), 0, 100);
  arguments.text("recipient.order_reference", recipient.order_reference(), 0, 100);
  arguments.text("recipient.accounting_cost", recipient.accounting_cost(), 0, 100);
  check_address(arguments, "recipient.address", recipient.address());
  if (arguments.fault() || !recipient.has_endpoint()) return arguments.fault();
  const std::string& id = recipient.endpoint().id();
  const auto scheme = recipient.endpoint().scheme();
  const bool valid = (scheme == v1::Endpoint::SCHEME_EAN && platform::is_ean(id)) ||
                     (scheme == v1::Endpoint::SCHEME_CVR && platform::is_cvr(id));
  if (valid) return std::nullopt;
  return refusal(Rejection::kEndpointInvalid, {{"field", "recipient.endpoint"}});
}

}  // namespace

Decision decide(const Financing& state, const v1::UpdateRecipientRequest& command,
                const Context& context) {
  const v1::Recipient& sent = command.recipient();
  const auto name = parse_recipient_name(sent.name());
  if (!name || !state.agreements.contains(name->id.agreement)) {
    return refusal(Rejection::kAgreementUnknown);
  }
  const auto present = state.recipients.find(name->id);
  if (is_stale(sent.etag(), present == nullptr ? "" : present->etag)) {
    return refusal(Rejection::kEtagStale);
  }
  if (auto fault = fault_in(sent)) return *std::move(fault);
  Effects effects;
  v1::Event event;
  v1::RecipientUpdated& fact = *event.mutable_recipient_updated();
  *fact.mutable_recipient() = sent;
  platform::clear_output_only(*fact.mutable_recipient());
  fact.mutable_recipient()->clear_etag();
  fact.mutable_recipient()->clear_buyer_reference();
  if (!sent.buyer_reference().empty()) {
    fact.mutable_buyer_reference()->set_key("agreement/" + name->id.agreement.text + "/recipient/" +
                                            name->id.municipality.text + "/" + context.new_id);
    effects.private_writes.push_back({fact.buyer_reference().key(), sent.buyer_reference()});
  }
  if (present != nullptr && !present->buyer_reference_key.empty() && !present->issued) {
    effects.private_writes.push_back({present->buyer_reference_key, std::nullopt});
  }
  effects.facts.push_back({stream_of(name->id.agreement), std::move(event)});
  return effects;
}

Decision decide(const Financing& state, const v1::EraseBuyerReferenceRequest& command,
                const Context&) {
  const auto name = parse_recipient_name(command.name());
  if (!name || !state.agreements.contains(name->id.agreement)) {
    return refusal(Rejection::kAgreementUnknown);
  }
  const auto present = state.recipients.find(name->id);
  if (present == nullptr) return refusal(Rejection::kRecipientUnknown);
  if (present->buyer_reference_key.empty()) return Effects{};
  Effects effects;
  v1::Event event;
  event.mutable_buyer_reference_erased()->set_recipient(command.name());
  effects.facts.push_back({stream_of(name->id.agreement), std::move(event)});
  if (!present->issued) {
    effects.private_writes.push_back({present->buyer_reference_key, std::nullopt});
  }
  return effects;
}

void update(Financing& state, const v1::RecipientUpdated& fact, const Recorded& recorded) {
  const auto name = parse_recipient_name(fact.recipient().name());
  if (!name) return;
  Recipient recipient;
  recipient.content = fact.recipient();
  recipient.buyer_reference_key = fact.buyer_reference().key();
  recipient.etag = etag_of(recorded);
  state.recipients.set(name->id, std::move(recipient));
}

void erase(Financing& state, const v1::BuyerReferenceErased& fact, const Recorded& recorded) {
  const auto name = parse_recipient_name(fact.recipient());
  if (!name) return;
  state.recipients.update(name->id, [&](Recipient& recipient) {
    recipient.buyer_reference_key.clear();
    recipient.erased = true;
    recipient.issued = false;
    recipient.etag = etag_of(recorded);
  });
}

}  // namespace kkr::financing
