-- One schema is one service, and every table is keyed by region: a log is the rows of one region.
-- What only holds a text that is compared byte by byte is collated "C". Rows can be checked against
-- the hashes in them (see hash_chain.h). Migrations only add: the program before must be able to go
-- on beside the one that brings them.

-- What each log is and where it ends; the row is rewritten by every transaction of the log, so that
-- a cut tail shows as a head without its event.
CREATE TABLE logs (
  region text COLLATE "C" PRIMARY KEY,
  generation text NOT NULL,         -- a UUID, new after every restore or promotion
  demo boolean NOT NULL,            -- created to run on the demo clock
  write_version bigint NOT NULL,    -- facts newer than this are not written yet
  position bigint NOT NULL,
  hash bytea NOT NULL,
  request_sequence bigint NOT NULL,
  request_hash bytea NOT NULL,
  checkpoints_hash bytea NOT NULL,  -- over all checkpoints of the region
  checksum bytea NOT NULL,          -- over the columns above
  place text NOT NULL,              -- the cluster and timeline that the generation was begun on
  writer text NOT NULL,             -- a token: whoever wrote another one last may append
  epoch bigint NOT NULL             -- of the lease that writer held
) WITH (fillfactor = 40);           -- Room for the row's next versions on its own page.

CREATE TABLE events (
  region text COLLATE "C" NOT NULL,
  position bigint NOT NULL,         -- gapless from 1
  generation text NOT NULL,         -- of the log when the event was written
  stream text COLLATE "C" NOT NULL,
  version bigint NOT NULL,          -- within the stream, gapless from 1
  type text NOT NULL,
  payload bytea NOT NULL,
  metadata bytea NOT NULL,
  recorded_at bigint NOT NULL,      -- nanoseconds since 1970, UTC
  hash bytea NOT NULL,              -- over every column and the hash before
  PRIMARY KEY (region, position),
  UNIQUE (region, stream, version)
);

-- That a command was carried out; kept for ever.
CREATE TABLE requests (
  region text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,         -- gapless from 1
  request_id text COLLATE "C" NOT NULL,
  command_digest bytea NOT NULL,
  first_position bigint NOT NULL,
  last_position bigint NOT NULL,    -- before first_position when there was no event
  hash bytea NOT NULL,              -- over every column and the hash before
  PRIMARY KEY (region, sequence),
  UNIQUE (region, request_id)
);

-- Texts that may name people. An erased one keeps its row, without value and salt: that it is gone
-- can then be told from its having been deleted behind the store's back.
CREATE TABLE documents (
  region text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  value bytea,
  salt bytea NOT NULL,
  digest bytea NOT NULL,            -- over salt, key and value; empty when erased
  position bigint NOT NULL,         -- the event that names key and digest
  PRIMARY KEY (region, key)
);

-- How far a log has followed others.
CREATE TABLE checkpoints (
  region text COLLATE "C" NOT NULL,
  source text COLLATE "C" NOT NULL, -- {service}/{region}
  generation text NOT NULL,
  position bigint NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (region, source)
) WITH (fillfactor = 40);

-- A cached state; may be deleted at any time.
CREATE TABLE snapshots (
  region text COLLATE "C" PRIMARY KEY,
  version bigint NOT NULL,
  generation text NOT NULL,
  position bigint NOT NULL,
  hash bytea NOT NULL,
  state bytea NOT NULL,
  checksum bytea NOT NULL
);

-- Files, kept once for each content.
CREATE TABLE attachments (
  region text COLLATE "C" NOT NULL,
  sha256 bytea NOT NULL,
  media_type text NOT NULL,
  size_bytes bigint NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (region, sha256)
);
ALTER TABLE attachments ALTER content SET STORAGE EXTERNAL;  -- Most files are compressed already.

-- The processes of the service that live, and which of them may append to which log.
CREATE TABLE replicas (
  instance uuid PRIMARY KEY,        -- new at each start
  name text NOT NULL,               -- the same after a restart
  address text NOT NULL,            -- of its gRPC server
  refuses text[] NOT NULL DEFAULT '{}',
  expires_at timestamptz NOT NULL
) WITH (fillfactor = 40);
CREATE TABLE leases (
  region text COLLATE "C" PRIMARY KEY,
  epoch bigint NOT NULL,            -- raised whenever the log changes hands
  holder uuid                       -- NULL: nobody
) WITH (fillfactor = 40);

-- Ends the transaction unless `held_epoch` is that of the region's lease, and keeps it so until the
-- transaction ends. 0 asks for no lease.
CREATE FUNCTION check_lease(of_region text, held_epoch bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF held_epoch = 0 THEN RETURN; END IF;
  PERFORM FROM leases WHERE region = of_region AND epoch = held_epoch FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'another process leads the log' USING ERRCODE = 'KR001';
  END IF;
END $$;

-- Moves the end of a log on from where the writer thinks it is, or ends the transaction.
CREATE FUNCTION advance_log(
  of_region text, held_epoch bigint, by_writer text, from_generation text, from_position bigint,
  from_hash bytea, from_sequence bigint, to_position bigint, to_hash bytea, to_sequence bigint,
  to_request_hash bytea, to_checkpoints_hash bytea, to_checksum bytea
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM check_lease(of_region, held_epoch);
  UPDATE logs SET position = to_position, hash = to_hash, request_sequence = to_sequence,
    request_hash = to_request_hash, checkpoints_hash = to_checkpoints_hash, checksum = to_checksum
    WHERE region = of_region AND writer = by_writer AND generation = from_generation
    AND position = from_position AND hash = from_hash AND request_sequence = from_sequence;
  IF FOUND THEN RETURN; END IF;
  PERFORM FROM logs WHERE region = of_region AND writer = by_writer;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'another process writes the log' USING ERRCODE = 'KR001';
  END IF;
  RAISE EXCEPTION 'the log does not end where its writer thinks' USING ERRCODE = 'KR002';
END $$;

-- Makes `by_writer` the only one that may append, after everything that was under way has ended.
CREATE FUNCTION claim_log(of_region text, held_epoch bigint, by_writer text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM check_lease(of_region, held_epoch);
  UPDATE logs SET writer = by_writer, epoch = held_epoch
    WHERE region = of_region AND epoch <= held_epoch;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'another process led the log later' USING ERRCODE = 'KR001';
  END IF;
END $$;

-- Which PostgreSQL this is and how often it was promoted or restored: a log whose place has changed
-- may have lost its last events, and goes on under another generation.
CREATE FUNCTION current_place() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT system_identifier::text || '/' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8)
    FROM pg_control_system()
$$;
