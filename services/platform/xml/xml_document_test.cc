#include "services/platform/xml/xml_document.h"

#include "gtest/gtest.h"

namespace kkr::platform {
namespace {

constexpr std::size_t kBytesMax = 1 << 20;

XmlFault fault_of(std::string_view bytes, std::size_t bytes_max = kBytesMax) {
  const auto read = XmlDocument::read(bytes, bytes_max);
  const auto* fault = std::get_if<XmlFault>(&read);
  if (fault == nullptr) ADD_FAILURE() << "no fault in " << bytes;
  return fault == nullptr ? XmlFault{} : *fault;
}

TEST(XmlDocument, IsWalkedByNamesInTheRootsNamespace) {
  const auto read = XmlDocument::read(
      "<?xml version='1.0' encoding='ISO-8859-1'?>\n"
      "<a:Root xmlns:a='urn:a' xmlns:b='urn:b'>\n"
      " <b:Item>other</b:Item>\n"
      " <a:Item Ccy='DKK'><a:Name> K\xF8ge &amp; <![CDATA[<Stevns>]]> </a:Name></a:Item>\n"
      " <a:Item/>\n"
      "</a:Root>",
      kBytesMax);
  const XmlElement root = std::get<XmlDocument>(read).root();
  EXPECT_EQ(root.name(), "Root");
  EXPECT_EQ(root.name_space(), "urn:a");
  ASSERT_EQ(root.children("Item").size(), 2U);
  EXPECT_EQ(root.child("Item").attribute("Ccy"), "DKK");
  EXPECT_EQ(root.child("Item").line(), 4U);
  EXPECT_EQ(root.at("Item/Name").text(), "Køge & <Stevns>");
  EXPECT_FALSE(root.at("Item/Name/Deeper/Still"));
  EXPECT_EQ(root.at("Nowhere/AtAll").text(), "");
  EXPECT_EQ(root.at("Nowhere").line(), 0U);
}

TEST(XmlDocument, NamesThePlaceWhereItIsNotWellFormed) {
  const XmlFault fault = fault_of("<a>\n<b>\n</a>");
  EXPECT_EQ(fault.line, 3U);
  EXPECT_GT(fault.column, 0U);
  EXPECT_TRUE(fault.reason.starts_with("this is not well-formed XML: ")) << fault.reason;
  fault_of("");
  fault_of("not XML at all");
  fault_of(std::string_view("<a>\0</a>", 8));
}

TEST(XmlDocument, ReadsNothingOfADocumentType) {
  const std::string_view documents[] = {
      "<!DOCTYPE a>\n<a/>",
      "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>\n<a/>",
      "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<a>&x;</a>",
      "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/x.dtd'> %x;]>\n<a/>",
      "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;&x;'>]>\n<a b='&y;'>&y;</a>",
  };
  for (const std::string_view document : documents) {
    EXPECT_EQ(fault_of(document).reason, "it has a document type declaration, which is not read");
    EXPECT_EQ(fault_of(document).line, 1U);
  }
}

TEST(XmlDocument, RefusesWhatIsTooLargeOrTooDeep) {
  EXPECT_EQ(fault_of("<a>12345</a>", 11).reason, "the file has more than 11 bytes");
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "<a>";
  EXPECT_TRUE(fault_of(deep).reason.starts_with("this is not well-formed XML: "));
}

TEST(XmlDocument, KnowsOnlyTheEntitiesOfXml) {
  EXPECT_TRUE(fault_of("<a>&bomb;</a>").reason.starts_with("this is not well-formed XML: "));
}

}  // namespace
}  // namespace kkr::platform
