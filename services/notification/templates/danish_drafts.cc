#include "services/notification/templates/letter_draft.h"

namespace kkr::notification {
namespace {

constexpr DraftRow kCase{"Sagsnr.", "{{case_number}}", "case_number"};
constexpr DraftRow kMeeting{"Behandles",
                            "{{meeting}}{{#meeting_date}}, {{meeting_date}}{{/meeting_date}}"
                            "{{#meeting_place}}, {{meeting_place}}{{/meeting_place}}",
                            "meeting"};
constexpr DraftRow kDeadline{"Frist", "{{deadline}}"};
constexpr DraftRow kPlace{"Sted", "{{place}}"};

const std::vector<LetterDraft> kDrafts = {
    {v1::OCCASION_INVITATION,
     "Høring: {{round}} – {{municipality}} bedes svare senest {{deadline_date}}",
     "{{council}} sender »{{round}}« i høring og beder {{municipality}} om et høringssvar.",
     {kDeadline, kPlace, kCase, kMeeting},
     "Svaret er rettidigt til og med fristens dag. Har kommunen ingen bemærkninger, beder vi om "
     "et svar, der siger netop det; så ved vi, at høringen er behandlet. Har I brug for længere "
     "tid, kan I bede om en ny frist samme sted.",
     "Læs høringen og afgiv svar"},
    {v1::OCCASION_ANSWER_RECEIVED,
     "Modtaget {{received_date}}: høringssvar fra {{municipality}} til {{round}}",
     "Tak for høringssvaret fra {{municipality}} til »{{round}}«, som vi modtog "
     "den {{received_date}}{{#late}} efter fristens udløb{{/late}}.",
     {{"Modtaget", "{{received_date}} (version {{answer_version}})"},
      kDeadline,
      kPlace,
      kCase,
      kMeeting},
     "I behøver ikke gøre mere. Så længe høringen er åben, kan svaret erstattes af et nyt. Er "
     "svaret afgivet med forbehold for politisk behandling, hører vi gerne, når den har fundet "
     "sted.",
     "Se det modtagne svar"},
    {v1::OCCASION_REMINDER,
     "Påmindelse: {{municipality}} mangler at svare på {{round}} – frist {{deadline_date}}",
     "Vi har endnu ikke modtaget et høringssvar fra {{municipality}} til »{{round}}«. Fristen "
     "udløber {{deadline_in}}.",
     {kDeadline, kPlace, kCase, kMeeting},
     "Har kommunen ingen bemærkninger, er det også et svar, som vi beder jer afgive. Kan I ikke "
     "nå det, kan I bede om en ny frist samme sted, inden den nuværende udløber. Er svaret sendt "
     "i mellemtiden, kan I se bort fra denne påmindelse.",
     "Afgiv svar eller bed om en ny frist"},
    {v1::OCCASION_EXTENSION_GRANTED,
     "Ny frist: {{municipality}} kan svare på {{round}} til og med {{deadline_date}}",
     "{{municipality}} har fået en ny frist for at svare på »{{round}}«.",
     {{"Ny frist", "{{deadline}}"},
      {"Høringens frist", "{{former_deadline}}", "former_deadline"},
      kPlace,
      kCase,
      kMeeting},
     "Svaret er rettidigt til og med den nye frists dag. Den nye frist gælder kun "
     "{{municipality}}, og påmindelser følger den.",
     "Afgiv svar"},
    {v1::OCCASION_ROUND_CLOSED,
     "Afsluttet {{closed_date}}: høringen om {{round}} – {{municipality}}",
     "Høringen om »{{round}}« er afsluttet den {{closed_date}}.",
     {{"Afsluttet", "{{closed_date}}"}, {"Fristen var", "{{deadline}}"}, kPlace, kCase, kMeeting},
     "Svarene bliver nu samlet. {{municipality}} får besked, når opsamlingen kan læses.",
     "Se høringen"},
    {v1::OCCASION_COLLECTION_READY,
     "Opsamling klar {{collection_date}}: svarene til {{round}} – til {{municipality}}",
     "Kommunernes svar til »{{round}}« er samlet den {{collection_date}} og kan læses nu.",
     {{"Samlet", "{{collection_date}} (opsamling nr. {{collection_number}})"},
      {"Fristen var", "{{deadline}}"},
      kPlace,
      kCase,
      kMeeting},
     "Opsamlingen viser alle kommuners svar, også hvem der ikke har svaret. Mener I, at noget er "
     "gengivet forkert, så skriv til sekretariatet, før den behandles.",
     "Læs opsamlingen"},
    {v1::OCCASION_INVOICE_ISSUED,
     "Faktura {{invoice_number}} til {{municipality}}: {{amount}} kr. betales senest {{due_date}}",
     "{{council}} opkræver hermed andelen for {{year}} fra {{municipality}}.",
     {{"Fakturanr.", "{{invoice_number}}"},
      {"Beløb", "{{amount}} kr."},
      {"Betales senest", "{{due_date}}"},
      {"Betales til", "{{place}}"}},
     "Fakturaen viser, hvordan andelen er beregnet. Er I uenige i den, så gør indsigelse, før "
     "den forfalder.",
     "Se fakturaen"},
    {v1::OCCASION_DUNNING,
     "Betalingsrykker {{dunning_step}}: faktura {{invoice_number}} til {{municipality}} – betales "
     "senest {{due_date}}",
     "Vi har ikke modtaget den fulde betaling af faktura {{invoice_number}} fra "
     "{{municipality}}, som skulle være betalt den {{former_due_date}}.",
     {{"Fakturanr.", "{{invoice_number}}"},
      {"Mangler", "{{amount}} kr."},
      {"Skulle være betalt", "{{former_due_date}}"},
      {"Betales senest", "{{due_date}}"},
      {"Betales til", "{{place}}"}},
     "Er beløbet betalt i mellemtiden, kan I se bort fra denne rykker.",
     "Se fakturaen"},
    {v1::OCCASION_ROUND_CANCELLED,
     "Aflyst: {{round}} – {{municipality}} skal ikke svare til {{deadline_date}}",
     "Høringen om »{{round}}« er aflyst. {{municipality}} skal ikke svare.",
     {{"Fristen var", "{{deadline}}"}, kPlace, kCase},
     "Fristen bortfalder, og I får ingen flere påmindelser om den.",
     "Se høringen"},
};

}  // namespace

const LetterFrame kDanishFrame{
    "da", "Kære {{recipient}}", "Med venlig hilsen",
    "Sendt af {{council}} til {{#office}}{{office}} i {{/office}}{{municipality}}. Det er "
    "embedet, der får denne besked, ikke personen: efterfølgeren får den næste."};

const std::vector<LetterDraft>& danish_drafts() { return kDrafts; }

}  // namespace kkr::notification
