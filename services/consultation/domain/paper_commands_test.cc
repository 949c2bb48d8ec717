#include "services/consultation/domain/paper_commands.h"

#include "gtest/gtest.h"
#include "services/consultation/domain/story.h"

namespace kkr::consultation {
namespace {

using namespace story;  // NOLINT: the words of these tests.
using Files = std::vector<v1::Attachment>;

const std::string kSha(64, 'a');

v1::CreatePaperRequest paper(const std::string& id, const std::string& replaces = "") {
  v1::CreatePaperRequest command;
  command.set_parent(kRegion);
  command.set_paper_id(id);
  command.mutable_paper()->set_title("Kommunernes fælles rolle");
  command.mutable_paper()->set_area("Somatik");
  if (!replaces.empty()) command.mutable_paper()->add_replaces(replaces);
  return command;
}

v1::Attachment file(const std::string& sha256) {
  v1::Attachment attachment;
  attachment.set_sha256(sha256);
  return attachment;
}

// What the region holds under kSha.
Files held() {
  Files files{file(kSha)};
  files[0].set_size_bytes(1234);
  files[0].set_content_type("application/pdf");
  return files;
}

v1::AddPaperVersionRequest version_with(const std::string& sha256) {
  auto command = on<v1::AddPaperVersionRequest>(kPaperName);
  *command.add_attachments() = file(sha256);
  command.mutable_attachments(0)->set_filename("rammepapir.pdf");
  return command;
}

v1::ApprovePaperRequest approval(const std::string& name, int version, const std::string& date) {
  auto command = on<v1::ApprovePaperRequest>(name);
  command.set_version(version);
  command.set_approved_by(kRegion + "/bodies/kkr");
  command.set_approved_date(date);
  return command;
}

Story with_paper() {
  Story story;
  story.when(paper("rammepapir"));
  return story;
}

Story with_draft() {
  Story story = with_paper();
  story.when(version_with(kSha), held());
  return story;
}

Story approved() {
  Story story = with_draft();
  story.when(approval(kPaperName, 1, "2013-02-04"));
  return story;
}

v1::Paper content(const Story& story, const std::string& id) {
  return story.state.papers.find(PaperId{id})->content;
}

template <class Command>
Command stale(Command command) {
  command.set_etag("0-stale");
  return command;
}

TEST(CreatePaper, NamesTheFirstRuleThatIsBroken) {
  v1::CreatePaperRequest untitled = paper("", kRegion + "/papers/ukendt");
  untitled.mutable_paper()->clear_title();
  v1::CreatePaperRequest homeless = untitled;
  homeless.set_paper_id("rammepapir");
  homeless.set_parent("hovedstaden");
  EXPECT_EQ(refused(with_paper().when(homeless)), Rejection::kPaperExists);
  EXPECT_EQ(refused(Story{}.when(homeless)), Rejection::kArgumentInvalid);
  EXPECT_EQ(refused(Story{}.when(untitled)), Rejection::kArgumentInvalid);
  const Decision decision = Story{}.when(paper("", kRegion + "/papers/ukendt"));
  EXPECT_EQ(refused(decision), Rejection::kReplacedPaperUnknown);
  EXPECT_EQ(refusal_of(decision).details.at("paper"), kRegion + "/papers/ukendt");
}

TEST(CreatePaper, MakesAPaperWithoutVersions) {
  const Story story = with_paper();
  EXPECT_EQ(content(story, "rammepapir").name(), kPaperName);
  EXPECT_EQ(content(story, "rammepapir").area(), "Somatik");
  EXPECT_EQ(content(story, "rammepapir").versions_size(), 0);
  EXPECT_EQ(story.log.at(0).stream, "paper-rammepapir");
}

TEST(CreatePaper, CannotReplaceAPaperOfAnotherRegion) {
  EXPECT_EQ(refused(with_paper().when(paper("nyt", "regions/sjaelland/papers/rammepapir"))),
            Rejection::kReplacedPaperUnknown);
  EXPECT_EQ(effects_of(with_paper().when(paper("nyt", kPaperName))).facts.size(), 1U);
}

TEST(CreatePaper, CannotReplaceItself) {
  EXPECT_EQ(refused(Story{}.when(paper("rammepapir", kPaperName))), Rejection::kArgumentInvalid);
}

TEST(UpdatePaper, NamesTheFirstRuleThatIsBroken) {
  v1::UpdatePaperRequest command;
  *command.mutable_paper() = paper("", kRegion + "/papers/ukendt").paper();
  command.mutable_paper()->set_name(kPaperName);
  v1::UpdatePaperRequest untitled = command;
  untitled.mutable_paper()->clear_title();
  v1::UpdatePaperRequest outdated = untitled;
  outdated.mutable_paper()->set_etag("0-stale");
  EXPECT_EQ(refused(Story{}.when(outdated)), Rejection::kPaperUnknown);
  EXPECT_EQ(refused(with_paper().when(outdated)), Rejection::kEtagStale);
  EXPECT_EQ(refused(with_paper().when(untitled)), Rejection::kArgumentInvalid);
  EXPECT_EQ(refused(with_paper().when(command)), Rejection::kReplacedPaperUnknown);
}

TEST(UpdatePaper, KeepsTheVersions) {
  Story story = approved();
  v1::UpdatePaperRequest command;
  command.mutable_paper()->set_name(kPaperName);
  command.mutable_paper()->set_title("Ny titel");
  story.when(command);
  EXPECT_EQ(content(story, "rammepapir").title(), "Ny titel");
  EXPECT_EQ(content(story, "rammepapir").area(), "");
  EXPECT_EQ(content(story, "rammepapir").versions_size(), 1);
}

TEST(UpdatePaper, WithoutADifferenceYieldsNoEvent) {
  Story story = approved();
  v1::UpdatePaperRequest command;
  *command.mutable_paper() = content(story, "rammepapir");
  EXPECT_TRUE(effects_of(story.when(command)).facts.empty());
}

TEST(AddPaperVersion, NamesTheFirstRuleThatIsBroken) {
  const auto bare = on<v1::AddPaperVersionRequest>(kPaperName);
  EXPECT_EQ(refused(Story{}.when(stale(bare), Files{})), Rejection::kPaperUnknown);
  EXPECT_EQ(refused(with_draft().when(stale(bare), Files{})), Rejection::kEtagStale);
  EXPECT_EQ(refused(with_draft().when(bare, Files{})), Rejection::kDraftVersionExists);
  EXPECT_EQ(refused(with_paper().when(bare, Files{})), Rejection::kArgumentInvalid);
  const Decision decision = with_paper().when(version_with(std::string(64, 'b')), held());
  EXPECT_EQ(refused(decision), Rejection::kAttachmentUnknown);
  EXPECT_EQ(refusal_of(decision).details.at("sha256"), std::string(64, 'b'));
}

TEST(AddPaperVersion, TakesSizeAndTypeFromWhatTheRegionHolds) {
  Story story = with_paper();
  v1::AddPaperVersionRequest command = version_with(kSha);
  command.mutable_attachments(0)->set_size_bytes(1);
  command.mutable_attachments(0)->set_content_type("text/html");
  story.when(command, held());
  const v1::PaperVersion version = content(story, "rammepapir").versions(0);
  EXPECT_EQ(version.number(), 1);
  EXPECT_EQ(version.state(), v1::PaperVersion::STATE_DRAFT);
  EXPECT_EQ(version.attachments(0).size_bytes(), 1234);
  EXPECT_EQ(version.attachments(0).content_type(), "application/pdf");
  EXPECT_EQ(version.attachments(0).filename(), "rammepapir.pdf");
}

TEST(ApprovePaper, NamesTheFirstRuleThatIsBroken) {
  const std::string tomorrow = "2013-02-07";
  v1::ApprovePaperRequest nobody = approval(kPaperName, 1, tomorrow);
  nobody.clear_approved_by();
  EXPECT_EQ(refused(Story{}.when(stale(nobody))), Rejection::kPaperUnknown);
  EXPECT_EQ(refused(with_paper().when(stale(nobody))), Rejection::kEtagStale);
  EXPECT_EQ(refused(with_paper().when(nobody)), Rejection::kVersionUnknown);
  EXPECT_EQ(refused(approved().when(nobody)), Rejection::kVersionNotDraft);
  EXPECT_EQ(refused(with_draft().when(nobody)), Rejection::kArgumentInvalid);
  EXPECT_EQ(refused(with_draft().when(approval(kPaperName, 1, ""))), Rejection::kArgumentInvalid);
  EXPECT_EQ(refused(with_draft().when(approval(kPaperName, 1, tomorrow))),
            Rejection::kApprovedInFuture);
}

TEST(ApprovePaper, SaysWhoApprovedItAndWhen) {
  const v1::PaperVersion version = content(approved(), "rammepapir").versions(0);
  EXPECT_EQ(version.state(), v1::PaperVersion::STATE_APPROVED);
  EXPECT_EQ(version.approved_by(), kRegion + "/bodies/kkr");
  EXPECT_EQ(version.approved_date(), "2013-02-04");
}

TEST(ApprovePaper, ReplacesTheVersionBefore) {
  Story story = approved();
  story.when(version_with(kSha), held());
  EXPECT_EQ(content(story, "rammepapir").versions(0).state(), v1::PaperVersion::STATE_APPROVED);
  story.when(approval(kPaperName, 2, "2013-02-06"));
  EXPECT_EQ(content(story, "rammepapir").versions(0).state(), v1::PaperVersion::STATE_REPLACED);
  EXPECT_EQ(content(story, "rammepapir").versions(1).state(), v1::PaperVersion::STATE_APPROVED);
}

TEST(ApprovePaper, ReplacesThePapersItSaysItReplaces) {
  Story story = approved();
  story.when(paper("kkr-maal-2017", kPaperName));
  const std::string newer = kRegion + "/papers/kkr-maal-2017";
  v1::AddPaperVersionRequest version = version_with(kSha);
  version.set_name(newer);
  story.when(version, held());
  EXPECT_EQ(content(story, "rammepapir").replaced_by(), "");
  const Decision decision = story.when(approval(newer, 1, "2013-02-06"));
  ASSERT_EQ(effects_of(decision).facts.size(), 2U);
  EXPECT_EQ(effects_of(decision).facts[1].stream, "paper-rammepapir");
  EXPECT_EQ(content(story, "rammepapir").replaced_by(), newer);
  EXPECT_EQ(content(story, "rammepapir").versions(0).state(), v1::PaperVersion::STATE_REPLACED);
  EXPECT_EQ(content(story, "kkr-maal-2017").versions(0).state(), v1::PaperVersion::STATE_APPROVED);
}

}  // namespace
}  // namespace kkr::consultation
