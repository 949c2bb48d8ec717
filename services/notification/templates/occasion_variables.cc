#include "services/notification/templates/occasion_variables.h"

#include <algorithm>
#include <map>
#include <utility>

#include "services/notification/templates/template_text.h"

namespace kkr::notification {
namespace {

using Described = std::vector<std::pair<const char*, const char*>>;

const Described kEverywhere = {
    {"action_url", "The address of the page on which the reader acts."},
    {"council", "Who sends it, such as KKR Hovedstaden."},
    {"municipality", "The municipality's name."},
    {"office", "The title of the office it goes to; empty when it goes to the mailbox."},
    {"place", "Where the reader acts: a page, or an account to pay to."},
    {"recipient", "The name of the person, or of the municipality for its mailbox."},
};

const Described kRound = {
    {"case_number", "The case number; may be empty."},
    {"deadline", "The municipality's deadline with its weekday."},
    {"deadline_date", "The municipality's deadline without its weekday."},
    {"deadline_in", "How far away the deadline is, such as 'in 14 days'."},
    {"meeting", "The meeting that treats the answers; may be empty."},
    {"meeting_date", "The date of that meeting; may be empty."},
    {"meeting_place", "The place of that meeting; may be empty."},
    {"round", "The title of the round."},
};

const Described kAnswer = {
    {"answer_version", "Which version of the answer was received."},
    {"late", "Not empty when the answer came after the deadline."},
    {"received_date", "The day on which the answer was received."},
};

const Described kClosed = {{"closed_date", "The day on which the round was closed."}};

const Described kCollected = {
    {"collection_date", "The day on which the answers were collected."},
    {"collection_number", "The number of the collection."},
};

const Described kExtension = {{"former_deadline", "The deadline of the round itself."}};

const Described kInvoice = {
    {"amount", "What is to be paid, in kroner."},
    {"due_date", "The day by which it is to be paid."},
    {"invoice_number", "The number of the invoice."},
    {"year", "The year that is charged."},
};

const Described kDunning = {
    {"dunning_step", "Which reminder of payment it is, from 1."},
    {"former_due_date", "The day by which it was to be paid before."},
};

std::vector<const Described*> parts_of(v1::Occasion occasion) {
  switch (occasion) {
    case v1::OCCASION_ANSWER_RECEIVED: return {&kEverywhere, &kRound, &kAnswer};
    case v1::OCCASION_EXTENSION_GRANTED: return {&kEverywhere, &kRound, &kExtension};
    case v1::OCCASION_ROUND_CLOSED: return {&kEverywhere, &kRound, &kClosed};
    case v1::OCCASION_COLLECTION_READY: return {&kEverywhere, &kRound, &kCollected};
    case v1::OCCASION_INVOICE_ISSUED: return {&kEverywhere, &kInvoice};
    case v1::OCCASION_DUNNING: return {&kEverywhere, &kInvoice, &kDunning};
    default: return {&kEverywhere, &kRound};
  }
}

using AllVariables = std::map<v1::Occasion, std::vector<v1::TemplateVariable>>;

AllVariables all_variables() {
  AllVariables all;
  for (int i = v1::Occasion_MIN; i <= v1::Occasion_MAX; ++i) {
    auto& variables = all[static_cast<v1::Occasion>(i)];
    for (const Described* part : parts_of(static_cast<v1::Occasion>(i))) {
      for (const auto& [name, description] : *part) {
        v1::TemplateVariable variable;
        variable.set_name(name);
        variable.set_description(description);
        variables.push_back(std::move(variable));
      }
    }
    std::sort(variables.begin(), variables.end(),
              [](const auto& a, const auto& b) { return a.name() < b.name(); });
  }
  return all;
}

}  // namespace

const std::vector<v1::TemplateVariable>& variables_of(v1::Occasion occasion) {
  static const AllVariables all = all_variables();
  const auto found = all.find(occasion);
  return found == all.end() ? all.at(v1::OCCASION_UNSPECIFIED) : found->second;
}

const std::vector<std::string>& must_be_mentioned(v1::Occasion occasion) {
  static const std::vector<std::string> of_round = {"action_url", "deadline", "place"};
  static const std::vector<std::string> of_invoice = {"action_url", "due_date", "place"};
  const bool money = occasion == v1::OCCASION_INVOICE_ISSUED || occasion == v1::OCCASION_DUNNING;
  return money ? of_invoice : of_round;
}

}  // namespace kkr::notification
