-- What is to be sent to whom, and what became of it. Every table is keyed by region. What is
-- personal can be emptied: the letter's columns, `message`, and every transition's detail.

-- How much of a region's log has been made into sends, and how many those are.
CREATE TABLE dispatched (
  region text COLLATE "C" PRIMARY KEY,
  generation text NOT NULL,
  position bigint NOT NULL,
  hash bytea NOT NULL,
  sends bigint NOT NULL
) WITH (fillfactor = 40);

CREATE TABLE sends (
  region text COLLATE "C" NOT NULL,
  number bigint NOT NULL,           -- in order of dispatch, from 1
  id text COLLATE "C" NOT NULL,
  occasion text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  recipient text COLLATE "C" NOT NULL,
  step text COLLATE "C" NOT NULL,
  municipality text COLLATE "C" NOT NULL,
  round text COLLATE "C" NOT NULL,  -- empty when it is about an invoice
  due_at bigint NOT NULL,           -- microseconds since 1970, by the site's clock
  facts bytea NOT NULL,
  state text NOT NULL,
  reason text NOT NULL,
  gap text NOT NULL DEFAULT '',
  changed_at bigint NOT NULL,       -- by the site's clock
  attempts bigint NOT NULL DEFAULT 0,
  holder text NOT NULL DEFAULT '',  -- empty: nobody's
  ready_at bigint NOT NULL DEFAULT 0,    -- by the machine's time: tried again, or the lease is over
  held_until bigint NOT NULL DEFAULT 0,  -- by the site's clock
  untried boolean NOT NULL,         -- no work on it has ever ended
  message_id text NOT NULL DEFAULT '',
  channel text NOT NULL DEFAULT '',
  person text COLLATE "C" NOT NULL DEFAULT '',
  address text NOT NULL DEFAULT '',
  name text NOT NULL DEFAULT '',
  language text NOT NULL DEFAULT '',
  letter_subject text NOT NULL DEFAULT '',
  letter_text text NOT NULL DEFAULT '',
  letter_html text NOT NULL DEFAULT '',
  message bytea,                    -- NULL: not written yet, or erased
  PRIMARY KEY (region, number),
  UNIQUE (region, id),
  UNIQUE (region, occasion, subject, recipient, step)
) WITH (fillfactor = 70);
CREATE INDEX sends_open ON sends (region, ready_at, number)
  WHERE state IN ('PLANNED', 'SENDING', 'DEFERRED');
CREATE INDEX sends_untried ON sends (region, due_at) WHERE untried;
CREATE INDEX sends_held ON sends (region, held_until) WHERE held_until > 0;
CREATE INDEX sends_subject ON sends (region, subject, number);
CREATE INDEX sends_round ON sends (region, round) WHERE round <> '';
CREATE INDEX sends_person ON sends (region, person) WHERE person <> '';
CREATE INDEX sends_gap ON sends (region, recipient, number) WHERE gap <> '';
CREATE INDEX sends_recipient ON sends (region, recipient, number);
CREATE INDEX sends_written ON sends (region, changed_at) WHERE message IS NOT NULL;

-- Whose letters have been erased: one that is being written meanwhile is not kept.
CREATE TABLE erased_persons (
  region text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL,
  PRIMARY KEY (region, person)
);

CREATE TABLE transitions (
  region text COLLATE "C" NOT NULL,
  send bigint NOT NULL,             -- its number
  turn bigint NOT NULL,
  state text NOT NULL,
  reason text NOT NULL,
  code bigint NOT NULL,             -- of the server's reply; 0 for none
  detail text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (region, send, turn)
);

-- The turn that comes next in the life of a send.
CREATE FUNCTION next_turn(of_region text, of_send bigint) RETURNS bigint LANGUAGE sql AS $$
  SELECT coalesce(max(turn), 0) + 1 FROM transitions WHERE region = of_region AND send = of_send
$$;
