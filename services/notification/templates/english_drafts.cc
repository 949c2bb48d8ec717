#include "services/notification/templates/letter_draft.h"

namespace kkr::notification {
namespace {

constexpr DraftRow kCase{"Case no.", "{{case_number}}", "case_number"};
constexpr DraftRow kMeeting{"Laid before",
                            "{{meeting}}{{#meeting_date}}, {{meeting_date}}{{/meeting_date}}"
                            "{{#meeting_place}}, {{meeting_place}}{{/meeting_place}}",
                            "meeting"};
constexpr DraftRow kDeadline{"Deadline", "{{deadline}}"};
constexpr DraftRow kPlace{"Place", "{{place}}"};

const std::vector<LetterDraft> kDrafts = {
    {v1::OCCASION_INVITATION,
     "Hearing: {{round}} – {{municipality}} is asked to answer by {{deadline_date}}",
     "{{council}} is consulting on “{{round}}” and asks {{municipality}} for an answer.",
     {kDeadline, kPlace, kCase, kMeeting},
     "The answer is on time up to and including the day of the deadline. If the municipality has "
     "no comments, please answer just that, so that we know the hearing was treated. If you need "
     "longer, you can ask for a later deadline in the same place.",
     "Read the hearing and answer"},
    {v1::OCCASION_ANSWER_RECEIVED,
     "Received {{received_date}}: answer from {{municipality}} to {{round}}",
     "Thank you for the answer from {{municipality}} to “{{round}}”, which we received on "
     "{{received_date}}{{#late}}, after the deadline{{/late}}.",
     {{"Received", "{{received_date}} (version {{answer_version}})"},
      kDeadline,
      kPlace,
      kCase,
      kMeeting},
     "You need do nothing more. As long as the hearing is open the answer can be replaced by a "
     "new one. If it was given subject to political treatment, please tell us once that has "
     "taken place.",
     "See the answer we received"},
    {v1::OCCASION_REMINDER,
     "Reminder: {{municipality}} has not answered {{round}} – deadline {{deadline_date}}",
     "We have not yet received an answer from {{municipality}} to “{{round}}”. The deadline is "
     "{{deadline_in}}.",
     {kDeadline, kPlace, kCase, kMeeting},
     "“No comments” is an answer too, and we ask you to give it. If you cannot make it, you can "
     "ask for a later deadline in the same place before the present one has passed. If the "
     "answer has been sent in the meantime, please disregard this reminder.",
     "Answer, or ask for a later deadline"},
    {v1::OCCASION_EXTENSION_GRANTED,
     "New deadline: {{municipality}} can answer {{round}} until {{deadline_date}}",
     "{{municipality}} has been given a new deadline for answering “{{round}}”.",
     {{"New deadline", "{{deadline}}"},
      {"The hearing's deadline", "{{former_deadline}}", "former_deadline"},
      kPlace,
      kCase,
      kMeeting},
     "The answer is on time up to and including the day of the new deadline. It holds for "
     "{{municipality}} alone, and reminders follow it.",
     "Answer"},
    {v1::OCCASION_ROUND_CLOSED,
     "Closed {{closed_date}}: the hearing on {{round}} – {{municipality}}",
     "The hearing on “{{round}}” was closed on {{closed_date}}.",
     {{"Closed", "{{closed_date}}"}, {"The deadline was", "{{deadline}}"}, kPlace, kCase, kMeeting},
     "The answers are now being collected. {{municipality}} will be told when the collection can "
     "be read.",
     "See the hearing"},
    {v1::OCCASION_COLLECTION_READY,
     "Collection ready {{collection_date}}: answers to {{round}} – for {{municipality}}",
     "The municipalities' answers to “{{round}}” were collected on {{collection_date}} and can "
     "be read now.",
     {{"Collected", "{{collection_date}} (collection no. {{collection_number}})"},
      {"The deadline was", "{{deadline}}"},
      kPlace,
      kCase,
      kMeeting},
     "The collection shows the answers of all municipalities, and who has not answered. If you "
     "find something rendered wrongly, please write to the secretariat before it is treated.",
     "Read the collection"},
    {v1::OCCASION_INVOICE_ISSUED,
     "Invoice {{invoice_number}} to {{municipality}}: DKK {{amount}} payable by {{due_date}}",
     "{{council}} hereby charges {{municipality}} with its share for {{year}}.",
     {{"Invoice no.", "{{invoice_number}}"},
      {"Amount", "DKK {{amount}}"},
      {"Payable by", "{{due_date}}"},
      {"Payable to", "{{place}}"}},
     "The invoice shows how the share was calculated. If you do not agree with it, please object "
     "before it falls due.",
     "See the invoice"},
    {v1::OCCASION_DUNNING,
     "Payment reminder {{dunning_step}}: invoice {{invoice_number}} to {{municipality}} – payable "
     "by {{due_date}}",
     "We have not received full payment of invoice {{invoice_number}} from {{municipality}}, "
     "which was payable by {{former_due_date}}.",
     {{"Invoice no.", "{{invoice_number}}"},
      {"Outstanding", "DKK {{amount}}"},
      {"Was payable by", "{{former_due_date}}"},
      {"Payable by", "{{due_date}}"},
      {"Payable to", "{{place}}"}},
     "If it has been paid in the meantime, please disregard this reminder.",
     "See the invoice"},
    {v1::OCCASION_ROUND_CANCELLED,
     "Called off: {{round}} – {{municipality}} need not answer by {{deadline_date}}",
     "The hearing on “{{round}}” was called off. {{municipality}} need not answer.",
     {{"The deadline was", "{{deadline}}"}, kPlace, kCase},
     "The deadline no longer holds, and you will not be reminded of it again.",
     "See the hearing"},
};

}  // namespace

const LetterFrame kEnglishFrame{
    "en", "Dear {{recipient}}", "Kind regards",
    "Sent by {{council}} to {{#office}}{{office}} of {{/office}}{{municipality}}. It is the "
    "office that gets this notice, not the person: a successor gets the next one."};

const std::vector<LetterDraft>& english_drafts() { return kDrafts; }

}  // namespace kkr::notification
