#include "services/financing/app/views.h"

#include "services/financing/domain/budget_commands.h"
#include "services/platform/time/timestamp.h"

namespace kkr::financing {

using platform::format_money;

v1::Agreement shown(const Agreement& agreement, Texts& texts) {
  v1::Agreement reply = agreement.content;
  for (const TermsVersion& version : agreement.versions) {
    v1::Terms& terms = *reply.add_versions();
    terms = version.content;
    if (!version.contact_key.empty()) {
      *terms.mutable_contact() = texts.read_contact(version.contact_key);
    }
  }
  *reply.mutable_create_time() = platform::timestamp_of(agreement.created_at);
  reply.set_charged_year(agreement.charged_year);
  reply.set_etag(agreement.etag);
  return reply;
}

v1::Recipient shown(const Recipient& recipient, Texts& texts) {
  v1::Recipient reply = recipient.content;
  if (recipient.erased) {
    reply.mutable_buyer_reference_text()->set_erased(true);
  } else if (!recipient.buyer_reference_key.empty()) {
    *reply.mutable_buyer_reference_text() = texts.read(recipient.buyer_reference_key);
  }
  reply.set_etag(recipient.etag);
  return reply;
}

v1::Budget shown(const Financing& state, const YearKey& year, const Budget& budget) {
  v1::Budget reply;
  reply.set_name(budget.content.budget());
  for (const v1::BudgetedLine& line : budget.content.lines()) {
    v1::BudgetLine& one = *reply.add_lines();
    one.set_title(line.title());
    one.set_cost_kind(line.cost_kind());
    one.set_amount(format_money(Money{line.amount_oere()}));
  }
  reply.set_total(format_money(total_of(budget)));
  reply.set_state(is_charged(state, year)       ? v1::Budget::STATE_CHARGED
                  : budget.approval.has_value() ? v1::Budget::STATE_APPROVED
                                                : v1::Budget::STATE_DRAFT);
  if (budget.approval) {
    reply.set_approved_by(budget.approval->approved_by());
    reply.set_approved_date(budget.approval->approved_date());
  }
  if (const SplitPtr split = newest_split(budget)) reply.set_split(split->content.split());
  reply.set_etag(budget.etag);
  return reply;
}

}  // namespace kkr::financing
