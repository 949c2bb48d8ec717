// The tables of a region's sends, one file. Only the newest shape is known.
#pragma once

namespace kkr::notification {

inline constexpr int kSendsFormat = 1;

// `letter_…`, `message` and every transition's detail are personal and can be emptied.
inline constexpr char kSendsSchema[] = R"sql(
-- What these sends belong to.
CREATE TABLE meta (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  log TEXT NOT NULL,                -- notification/{region}
  demo INTEGER NOT NULL
) STRICT;

-- How much of the log has been made into sends.
CREATE TABLE dispatched (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  generation TEXT NOT NULL,
  position INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;

CREATE TABLE sends (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  occasion TEXT NOT NULL,
  subject TEXT NOT NULL,
  recipient TEXT NOT NULL,
  step TEXT NOT NULL,
  municipality TEXT NOT NULL,
  round TEXT NOT NULL,              -- empty when it is about an invoice
  due_at INTEGER NOT NULL,          -- microseconds since 1970, by the site's clock
  facts BLOB NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  gap TEXT NOT NULL,
  changed_at INTEGER NOT NULL,      -- by the site's clock
  attempts INTEGER NOT NULL,
  holder TEXT NOT NULL,             -- empty: nobody's
  ready_at INTEGER NOT NULL,        -- by the machine's time: tried again, or the lease is over
  held_until INTEGER NOT NULL,      -- by the site's clock
  untried INTEGER NOT NULL,         -- 1: no work on it has ever ended
  message_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  person TEXT NOT NULL,
  address TEXT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  letter_subject TEXT NOT NULL,
  letter_text TEXT NOT NULL,
  letter_html TEXT NOT NULL,
  message BLOB,                     -- NULL: not written yet, or erased
  UNIQUE (occasion, subject, recipient, step)
) STRICT;
CREATE INDEX sends_open ON sends (ready_at, number)
  WHERE state IN ('PLANNED', 'SENDING', 'DEFERRED');
CREATE INDEX sends_untried ON sends (due_at) WHERE untried = 1;
CREATE INDEX sends_held ON sends (held_until) WHERE held_until > 0;
CREATE INDEX sends_subject ON sends (subject, number);
CREATE INDEX sends_round ON sends (round) WHERE round <> '';
CREATE INDEX sends_person ON sends (person) WHERE person <> '';
CREATE INDEX sends_gap ON sends (recipient, number) WHERE gap <> '';
CREATE INDEX sends_recipient ON sends (recipient, number);
CREATE INDEX sends_written ON sends (changed_at) WHERE message IS NOT NULL;

-- Whose letters have been erased: one that is being written meanwhile is not kept.
CREATE TABLE erased_persons (person TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE transitions (
  send INTEGER NOT NULL REFERENCES sends (number),
  turn INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  code INTEGER NOT NULL,            -- of the server's reply; 0 for none
  detail TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (send, turn)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace kkr::notification
