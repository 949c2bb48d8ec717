// The statements of the table of sends on PostgreSQL. $1 is the region. Each that changes a send
// writes its transition in the same statement. Only for PostgresSendTable.
#pragma once

namespace kkr::notification {

// The columns read_send() expects, in its order.
#define KKR_SEND_COLUMNS                                                                         \
  "number, id, occasion, subject, recipient, step, municipality, due_at, facts, state, reason, " \
  "gap, changed_at, attempts, message_id, channel, person, address, name, language, "            \
  "letter_subject, letter_text, letter_html, message, round, ready_at"
#define KKR_LAST_WORDS                                                           \
  ", LATERAL (SELECT code, detail FROM transitions t WHERE t.region = $1::text " \
  "AND t.send = number ORDER BY turn DESC LIMIT 1) AS last "
#define KKR_SELECT_SENDS                                                          \
  "SELECT " KKR_SEND_COLUMNS ", last.code, last.detail FROM sends" KKR_LAST_WORDS \
  "WHERE sends.region = $1::text "

inline constexpr char kDispatchedTo[] =
    "SELECT generation, position, hash FROM dispatched WHERE region = $1::text";
// Locks the row: numbers are given by one at a time.
inline constexpr char kMarkDispatched[] =
    "INSERT INTO dispatched (region, generation, position, hash, sends) "
    "VALUES ($1::text, $2::text, $3::bigint, $4::bytea, 0) ON CONFLICT (region) DO UPDATE SET "
    "generation = excluded.generation, position = excluded.position, hash = excluded.hash";
inline constexpr char kPutIn[] =
    "WITH planned AS (SELECT p.*, row_number() OVER (ORDER BY place) AS nth FROM "
    "unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], "
    "$9::bigint[], $10::bytea[], $11::text[], $12::text[]) WITH ORDINALITY AS p(id, occasion, "
    "subject, recipient, step, municipality, round, due_at, facts, state, reason, place) "
    "WHERE NOT EXISTS (SELECT 1 FROM sends s WHERE s.region = $1::text AND s.id = p.id)), "
    "counted AS (UPDATE dispatched SET sends = sends + (SELECT count(*) FROM planned) "
    "WHERE region = $1::text RETURNING sends), "
    "added AS (INSERT INTO sends (region, number, id, occasion, subject, recipient, step, "
    "municipality, round, due_at, facts, state, reason, untried, changed_at) SELECT $1::text, "
    "counted.sends - (SELECT count(*) FROM planned) + nth, id, occasion, subject, recipient, "
    "step, municipality, round, due_at, facts, state, reason, state = 'PLANNED', $13::bigint "
    "FROM planned, counted RETURNING number, state, reason) "
    "INSERT INTO transitions (region, send, turn, state, reason, code, detail, at) "
    "SELECT $1::text, number, 1, state, reason, 0, '', $13::bigint FROM added";

// Skips what another sender is about to take.
inline constexpr char kLease[] =
    "WITH due AS (SELECT * FROM sends WHERE region = $1::text "
    "AND state IN ('PLANNED', 'SENDING', 'DEFERRED') AND ready_at <= $2::bigint "
    "AND held_until <= $3::bigint ORDER BY ready_at, number LIMIT $4::bigint "
    "FOR UPDATE SKIP LOCKED), "
    "taken AS (UPDATE sends SET holder = $5::text, ready_at = $6::bigint, held_until = 0, "
    "state = 'SENDING', reason = CASE due.state WHEN 'SENDING' THEN 'LEASE_EXPIRED' ELSE 'LEASED' "
    "END, changed_at = $3::bigint FROM due WHERE sends.region = $1::text "
    "AND sends.number = due.number RETURNING sends.number, sends.reason), "
    "noted AS (INSERT INTO transitions (region, send, turn, state, reason, code, detail, at) "
    "SELECT $1::text, number, next_turn($1::text, number), 'SENDING', reason, 0, '', $3::bigint "
    "FROM taken) "
    "SELECT " KKR_SEND_COLUMNS ", last.code, last.detail FROM due" KKR_LAST_WORDS
    "ORDER BY ready_at, number";
inline constexpr char kEndLeases[] =
    "UPDATE sends SET holder = '', ready_at = 0 "
    "WHERE region = $1::text AND state = 'SENDING' AND holder <> ''";

// Whoever writes letters lets the erasing of a person wait, and the other way round: no letter
// slips through between the two.
inline constexpr char kLockForWriting[] =
    "SELECT pg_advisory_xact_lock_shared(hashtext('kkr letters'), hashtext($1::text))";
inline constexpr char kLockForErasing[] =
    "SELECT pg_advisory_xact_lock(hashtext('kkr letters'), hashtext($1::text))";
inline constexpr char kWriteLetters[] =
    "UPDATE sends SET attempts = attempts + 1, message_id = w.message_id, channel = w.channel, "
    "person = w.person, address = w.address, name = w.name, language = w.language, "
    "letter_subject = w.letter_subject, letter_text = w.letter_text, "
    "letter_html = w.letter_html, message = w.message FROM unnest($3::text[], $4::text[], "
    "$5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], "
    "$12::text[], $13::bytea[]) AS w(id, message_id, channel, person, address, name, language, "
    "letter_subject, letter_text, letter_html, message) WHERE sends.region = $1::text "
    "AND sends.id = w.id AND sends.holder = $2::text AND sends.state = 'SENDING' AND NOT EXISTS "
    "(SELECT 1 FROM erased_persons e WHERE e.region = $1::text AND e.person = w.person) "
    "RETURNING sends.id";
inline constexpr char kSettle[] =
    "WITH settled AS (UPDATE sends SET holder = '', state = o.state, reason = o.reason, "
    "changed_at = o.at, gap = o.gap, ready_at = o.ready_at, held_until = o.held_until, "
    "untried = untried AND o.still_untried = 1 FROM unnest($3::text[], $4::text[], $5::text[], "
    "$6::bigint[], $7::text[], $8::bigint[], $9::text[], $10::bigint[], $11::bigint[], "
    "$12::bigint[]) AS o(id, state, reason, code, detail, at, gap, ready_at, held_until, "
    "still_untried) WHERE sends.region = $1::text AND sends.id = o.id "
    "AND sends.holder = $2::text AND sends.state = 'SENDING' "
    "RETURNING sends.number, o.state, o.reason, o.code, o.detail, o.at) "
    "INSERT INTO transitions (region, send, turn, state, reason, code, detail, at) "
    "SELECT $1::text, number, next_turn($1::text, number), state, reason, code, detail, at "
    "FROM settled";

inline constexpr char kWakes[] =
    "SELECT (SELECT min(ready_at) FROM sends WHERE region = $1::text "
    "AND state IN ('PLANNED', 'SENDING', 'DEFERRED') AND held_until = 0), "
    "(SELECT min(held_until) FROM sends WHERE region = $1::text AND held_until > 0)";
inline constexpr char kHasUntried[] =
    "SELECT EXISTS (SELECT 1 FROM sends WHERE region = $1::text AND untried "
    "AND due_at <= $2::bigint AND held_until <= $2::bigint)";
inline constexpr char kOldestUnsent[] =
    "SELECT min(greatest(due_at, held_until)) FROM sends WHERE region = $1::text "
    "AND state IN ('PLANNED', 'SENDING', 'DEFERRED') AND due_at <= $2::bigint "
    "AND held_until <= $2::bigint";

inline constexpr char kHasten[] =
    "UPDATE sends SET ready_at = 0, held_until = 0 "
    "WHERE region = $1::text AND id = $2::text AND state = 'DEFERRED'";
#define KKR_EMPTY_LETTER                                                \
  "channel = '', person = '', address = '', name = '', language = '', " \
  "letter_subject = '', letter_text = '', letter_html = '', message = NULL"
inline constexpr char kMend[] =
    "WITH mended AS (UPDATE sends SET " KKR_EMPTY_LETTER
    ", ready_at = 0, held_until = 0, "
    "untried = true, gap = '', state = 'PLANNED', reason = 'MENDED', changed_at = $3::bigint "
    "WHERE region = $1::text AND id = $2::text AND state = 'FAILED' RETURNING number) "
    "INSERT INTO transitions (region, send, turn, state, reason, code, detail, at) "
    "SELECT $1::text, number, next_turn($1::text, number), 'PLANNED', 'MENDED', 0, '', $3::bigint "
    "FROM mended";

inline constexpr char kFind[] = KKR_SELECT_SENDS "AND id = $2::text";
inline constexpr char kTransitions[] =
    "SELECT state, reason, code, detail, at FROM transitions WHERE region = $1::text AND send = "
    "(SELECT number FROM sends WHERE region = $1::text AND id = $2::text) ORDER BY turn";
#define KKR_FILTERED                                                                        \
  "AND ($2::bigint = 0 OR number < $2::bigint) AND ($3::text = '' OR occasion = $3::text) " \
  "AND ($4::text = '' OR municipality = $4::text) AND ($5::text = '' OR step = $5::text) "  \
  "AND ($6::text = '' OR channel = $6::text) AND ($7::text = '' OR state = $7::text) "      \
  "AND (NOT $8::boolean OR gap <> '') "
inline constexpr char kList[] =
    KKR_SELECT_SENDS KKR_FILTERED "ORDER BY number DESC LIMIT $9::bigint";
// '0' follows upon '/'.
inline constexpr char kListOfSubject[] = KKR_SELECT_SENDS KKR_FILTERED
    "AND (subject = $10::text OR subject > $10::text || '/' AND subject < $10::text || '0') "
    "ORDER BY number DESC LIMIT $9::bigint";
inline constexpr char kGaps[] = KKR_SELECT_SENDS
    "AND gap <> '' AND number IN (SELECT (SELECT max(o.number) FROM sends o WHERE o.region = "
    "$1::text AND o.recipient = missed.recipient AND o.state IN ('SENT', 'FAILED')) FROM (SELECT "
    "DISTINCT recipient FROM sends WHERE region = $1::text AND gap <> '' AND recipient > $2::text) "
    "AS missed) ORDER BY recipient LIMIT $3::bigint";
inline constexpr char kCount[] =
    "SELECT occasion, state, count(*) FROM sends WHERE region = $1::text AND round = $2::text "
    "AND round <> '' GROUP BY occasion, state ORDER BY occasion, state";
inline constexpr char kContacted[] =
    "SELECT municipality, "
    "min(changed_at) FILTER (WHERE occasion = 'INVITATION' AND state = 'SENT'), "
    "count(DISTINCT step) FILTER (WHERE occasion = 'REMINDER' AND state = 'SENT'), "
    "max(changed_at) FILTER (WHERE occasion = 'REMINDER' AND state = 'SENT') "
    "FROM sends WHERE region = $1::text AND round = $2::text AND round <> '' "
    "GROUP BY municipality";

inline constexpr char kRememberErased[] =
    "INSERT INTO erased_persons (region, person) VALUES ($1::text, $2::text) "
    "ON CONFLICT DO NOTHING";
inline constexpr char kLettersOf[] =
    "SELECT number, message_id FROM sends WHERE region = $1::text AND person = $2::text "
    "AND person <> '' ORDER BY number";
inline constexpr char kLettersEnded[] =
    "SELECT number, message_id FROM sends WHERE region = $1::text AND message IS NOT NULL "
    "AND changed_at < $2::bigint AND state IN ('SENT', 'FAILED', 'DROPPED') "
    "ORDER BY changed_at LIMIT $3::bigint";
// Whoever is sending one now would still write down what the server says of the address, so the
// lease ends as well.
inline constexpr char kEmptyLetters[] =
    "UPDATE sends SET " KKR_EMPTY_LETTER
    ", "
    "holder = CASE state WHEN 'SENDING' THEN '' ELSE holder END, "
    "ready_at = CASE state WHEN 'SENDING' THEN 0 ELSE ready_at END "
    "WHERE region = $1::text AND number = ANY($2::bigint[])";
inline constexpr char kEmptyDetails[] =
    "UPDATE transitions SET detail = '' "
    "WHERE region = $1::text AND send = ANY($2::bigint[]) AND detail <> ''";

#undef KKR_SEND_COLUMNS
#undef KKR_LAST_WORDS
#undef KKR_SELECT_SENDS
#undef KKR_EMPTY_LETTER
#undef KKR_FILTERED

}  // namespace kkr::notification
