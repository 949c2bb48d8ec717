-- One file is one log: one service, one region. Rows are only ever written by the process that
-- holds the file; every table can be checked against the hashes in it (see hash_chain.h).

-- What this log is. One row, which carries its own checksum.
CREATE TABLE meta (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  log TEXT NOT NULL,                -- {service}/{region}
  generation TEXT NOT NULL,         -- a UUID, new after every restore
  demo INTEGER NOT NULL,            -- 1: created to run on the demo clock
  write_version INTEGER NOT NULL,   -- facts newer than this are not written yet
  checksum BLOB NOT NULL
) STRICT;

-- Where the log ends, rewritten by every transaction: a cut tail shows as a head without its row.
CREATE TABLE head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  position INTEGER NOT NULL,
  hash BLOB NOT NULL,
  request_sequence INTEGER NOT NULL,
  request_hash BLOB NOT NULL,
  checkpoints_hash BLOB NOT NULL,   -- over all rows of checkpoints
  indexed_position INTEGER NOT NULL,  -- streams tells of the events up to here
  indexed_sequence INTEGER NOT NULL,  -- request_ids tells of the requests up to here
  checksum BLOB NOT NULL
) STRICT;

CREATE TABLE events (
  position INTEGER PRIMARY KEY,     -- gapless from 1
  generation TEXT NOT NULL,         -- of the log when the event was written
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,         -- within the stream, gapless from 1
  type TEXT NOT NULL,
  payload BLOB NOT NULL,
  metadata BLOB NOT NULL,
  recorded_at INTEGER NOT NULL,     -- nanoseconds since 1970, UTC
  hash BLOB NOT NULL                -- over every column and the hash before
) STRICT;

-- That a command was carried out; kept for ever.
CREATE TABLE requests (
  sequence INTEGER PRIMARY KEY,     -- gapless from 1
  request_id TEXT NOT NULL,         -- once only
  command_digest BLOB NOT NULL,
  first_position INTEGER NOT NULL,
  last_position INTEGER NOT NULL,   -- before first_position when there was no event
  hash BLOB NOT NULL                -- over every column and the hash before
) STRICT;

-- Where to find a request by its id, and where a stream ends. Written behind the log, many rows at
-- a time: each falls on a page of its own, and a page for every command would cost more than the
-- rest.
CREATE TABLE request_ids (
  request_id TEXT PRIMARY KEY,
  sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE streams (
  stream TEXT PRIMARY KEY,
  version INTEGER NOT NULL,         -- of its last event
  position INTEGER NOT NULL         -- of its last event
) STRICT, WITHOUT ROWID;

-- Texts that may name people. An erased one keeps its row, without value and salt: that it is gone
-- can then be told from its having been deleted behind the store's back.
CREATE TABLE documents (
  key TEXT PRIMARY KEY,
  value BLOB,
  salt BLOB NOT NULL,
  digest BLOB NOT NULL,             -- over salt, key and value; empty when erased
  position INTEGER NOT NULL         -- the event that names key and digest
) STRICT;

-- How far this log has followed others.
CREATE TABLE checkpoints (
  source TEXT PRIMARY KEY,          -- {service}/{region}
  generation TEXT NOT NULL,
  position INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;

-- A cached state; may be deleted at any time.
CREATE TABLE snapshot (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  version INTEGER NOT NULL,
  generation TEXT NOT NULL,
  position INTEGER NOT NULL,
  hash BLOB NOT NULL,
  state BLOB NOT NULL,
  checksum BLOB NOT NULL
) STRICT;
