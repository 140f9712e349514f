-- The store of cldcb-server, version 1. Times are unix seconds of the server's clock. A statement ends
-- with a semicolon at the end of a line.

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- The allow-list.
CREATE TABLE node (
  node_id BLOB PRIMARY KEY,
  label TEXT NOT NULL,
  allowed INTEGER NOT NULL,
  since INTEGER NOT NULL
) WITHOUT ROWID;

-- One for each node and network: the head, and what stands on the current base. That of a node that was
-- forgotten has an empty node_id, and its id as network, until all of it is deleted.
CREATE TABLE backup (
  id INTEGER PRIMARY KEY,
  node_id BLOB NOT NULL,
  network TEXT NOT NULL,
  epoch INTEGER NOT NULL DEFAULT 0,
  chain INTEGER,
  base INTEGER,
  base_usable INTEGER NOT NULL DEFAULT 0,
  base_bytes INTEGER NOT NULL DEFAULT 0,
  generation INTEGER NOT NULL DEFAULT 0,
  seq INTEGER NOT NULL DEFAULT 0,
  data_version INTEGER NOT NULL DEFAULT 0,
  digest BLOB NOT NULL,
  record_generation INTEGER NOT NULL DEFAULT 0,
  records INTEGER NOT NULL DEFAULT 0,
  record_bytes INTEGER NOT NULL DEFAULT 0,
  last_write INTEGER NOT NULL DEFAULT 0,
  UNIQUE (node_id, network)
);

CREATE TABLE claim (
  backup INTEGER NOT NULL,
  number INTEGER NOT NULL,
  delegate BLOB NOT NULL,
  delegation BLOB NOT NULL,
  signature BLOB NOT NULL,
  generation INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  data_version INTEGER NOT NULL,
  digest BLOB NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (backup, number)
) WITHOUT ROWID;

-- The chain of a backup, and the branches that were displaced: those have ended and expire.
CREATE TABLE chain (
  id INTEGER PRIMARY KEY,
  backup INTEGER NOT NULL,
  begun INTEGER NOT NULL,
  ended INTEGER,
  reason TEXT,
  expires INTEGER
);
CREATE INDEX chain_backup ON chain (backup);
CREATE INDEX chain_expires ON chain (expires) WHERE expires IS NOT NULL;

-- id = chain * 2^40 + seq: an append touches one b-tree, at its end.
CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  generation INTEGER NOT NULL,
  data_version INTEGER NOT NULL,
  prev BLOB NOT NULL,
  digest BLOB NOT NULL,
  at INTEGER NOT NULL,
  size INTEGER NOT NULL,
  segments INTEGER NOT NULL,
  first BLOB NOT NULL
);
CREATE TABLE record_segment (
  owner INTEGER NOT NULL,
  n INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (owner, n)
);

-- first is null while a base is in the making.
CREATE TABLE base (
  id INTEGER PRIMARY KEY,
  backup INTEGER NOT NULL,
  chain INTEGER,
  generation INTEGER,
  seq INTEGER,
  data_version INTEGER,
  prev BLOB,
  digest BLOB,
  at INTEGER NOT NULL,
  size INTEGER,
  segments INTEGER,
  first BLOB,
  expires INTEGER
);
CREATE INDEX base_backup ON base (backup);
CREATE INDEX base_chain ON base (chain);
CREATE INDEX base_expires ON base (expires) WHERE expires IS NOT NULL;
CREATE TABLE manifest_segment (
  owner INTEGER NOT NULL,
  n INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (owner, n)
);
CREATE TABLE base_chunk (
  base INTEGER NOT NULL,
  chunk_id BLOB NOT NULL,
  PRIMARY KEY (base, chunk_id)
) WITHOUT ROWID;
-- Who refers to a chunk: without it, a sweep would look into every base for every chunk.
CREATE INDEX base_chunk_id ON base_chunk (chunk_id);

-- What is known of a chunk is apart from its bytes, so that a base is checked without reading them.
CREATE TABLE chunk (
  id INTEGER PRIMARY KEY,
  backup INTEGER NOT NULL,
  chunk_id BLOB NOT NULL,
  digest BLOB NOT NULL,
  at INTEGER NOT NULL,
  size INTEGER NOT NULL,
  segments INTEGER NOT NULL,
  UNIQUE (backup, chunk_id)
);
CREATE TABLE chunk_first (
  id INTEGER PRIMARY KEY,
  first BLOB NOT NULL
);
CREATE TABLE chunk_segment (
  owner INTEGER NOT NULL,
  n INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (owner, n)
);
