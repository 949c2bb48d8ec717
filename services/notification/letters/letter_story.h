// The hearing of 2013 and an invoice, as their owners tell of them: for the tests of letters.
#pragma once

#include <google/protobuf/text_format.h>

#include <string>

#include "services/notification/sending/letter_writer.h"

namespace kkr::notification {

template <class Message>
Message parsed(const std::string& text) {
  Message message;
  if (!google::protobuf::TextFormat::ParseFromString(text, &message)) std::abort();
  return message;
}

inline Addressee karen() {
  Addressee karen;
  karen.person = "persons/1";
  karen.name = "Karen Eksempel";
  karen.address = "karen@albertslund.example";
  karen.language = "da";
  karen.office_title = "Sundhedsdirektør";
  karen.municipality = "Albertslund Kommune";
  karen.region_title = "Hovedstaden";
  return karen;
}

inline Circumstances hearing(v1::Occasion occasion) {
  Circumstances about;
  about.notice.set_occasion(occasion);
  about.notice.set_subject("regions/hovedstaden/rounds/r");
  about.notice.set_round("regions/hovedstaden/rounds/r");
  about.notice.set_deadline_date("2013-03-19");
  about.round = parsed<consultation::v1::Round>(
      R"(name: "regions/hovedstaden/rounds/r" title: "Kommunernes fælles rolle"
         case_number: "2013-0001" deadline_date: "2013-03-19"
         meeting { title: "KKR" date: "2013-04-16" place: "Albertslund Rådhus" })");
  about.invitee =
      parsed<consultation::v1::Invitee>(R"(deadline_date: "2013-04-02" extended: true)");
  return about;
}

inline Circumstances charge(v1::Occasion occasion) {
  Circumstances about;
  about.notice.set_occasion(occasion);
  about.notice.set_subject("regions/hovedstaden/invoices/165-2013-1");
  about.invoice = parsed<financing::v1::Invoice>(
      R"(name: "regions/hovedstaden/invoices/165-2013-1" number: "165-2013-0001"
         charged_year: 2013 payable: "24150.37" due_date: "2013-03-08"
         seller { official_name: "Albertslund Kommune" }
         account { registration_number: "1234" account_number: "0000567890" })");
  return about;
}

}  // namespace kkr::notification
