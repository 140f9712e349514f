-- What version 2 adds: quotas, and bases that stand on others. Triggers keep the sums, so that no statement can forget to. A statement ends
-- with a semicolon at the end of a line.

-- Bytes that a node may keep on all its networks, 0: no limit.
ALTER TABLE node ADD COLUMN quota INTEGER NOT NULL DEFAULT 0;

-- Bytes that are kept: of everything, and of chunks, manifests and references to chunks (100 each) alone.
ALTER TABLE backup ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
ALTER TABLE backup ADD COLUMN kept_bases INTEGER NOT NULL DEFAULT 0;

-- A delta stands on its parent and is so many deltas above a full base; a base that has had its time and is
-- kept for others alone is spent.
ALTER TABLE base ADD COLUMN parent INTEGER;
ALTER TABLE base ADD COLUMN depth INTEGER NOT NULL DEFAULT 0;
ALTER TABLE base ADD COLUMN spent INTEGER NOT NULL DEFAULT 0;
CREATE INDEX base_parent ON base (parent) WHERE parent IS NOT NULL;

UPDATE backup SET kept_bases =
  (SELECT coalesce(sum(size), 0) FROM chunk WHERE backup = backup.id)
  + (SELECT coalesce(sum(size), 0) FROM base WHERE backup = backup.id)
  + (SELECT 100 * count(*) FROM base JOIN base_chunk ON base_chunk.base = base.id WHERE backup = backup.id);
UPDATE backup SET kept = kept_bases
  + (SELECT coalesce(sum(size), 0) FROM chain JOIN record ON record.id >= chain.id << 40
     AND record.id < (chain.id + 1) << 40 WHERE chain.backup = backup.id);
UPDATE backup SET base_bytes = base_bytes + 100 * (SELECT count(*) FROM base_chunk WHERE base = backup.base);

CREATE TRIGGER record_kept AFTER INSERT ON record
BEGIN UPDATE backup SET kept = kept + new.size WHERE id = (SELECT backup FROM chain WHERE id = new.id >> 40); END;
CREATE TRIGGER record_gone AFTER DELETE ON record
BEGIN UPDATE backup SET kept = kept - old.size WHERE id = (SELECT backup FROM chain WHERE id = old.id >> 40); END;

CREATE TRIGGER chunk_kept AFTER INSERT ON chunk
BEGIN UPDATE backup SET kept = kept + new.size, kept_bases = kept_bases + new.size WHERE id = new.backup; END;
CREATE TRIGGER chunk_gone AFTER DELETE ON chunk
BEGIN UPDATE backup SET kept = kept - old.size, kept_bases = kept_bases - old.size WHERE id = old.backup; END;

-- The size of a base is that of its manifest: null while it is in the making.
CREATE TRIGGER base_kept AFTER INSERT ON base WHEN new.size IS NOT NULL
BEGIN UPDATE backup SET kept = kept + new.size, kept_bases = kept_bases + new.size WHERE id = new.backup; END;
CREATE TRIGGER base_made AFTER UPDATE OF size ON base WHEN old.size IS NULL
BEGIN UPDATE backup SET kept = kept + new.size, kept_bases = kept_bases + new.size WHERE id = new.backup; END;
CREATE TRIGGER base_gone AFTER DELETE ON base WHEN old.size IS NOT NULL
BEGIN UPDATE backup SET kept = kept - old.size, kept_bases = kept_bases - old.size WHERE id = old.backup; END;

CREATE TRIGGER base_chunk_kept AFTER INSERT ON base_chunk
BEGIN UPDATE backup SET kept = kept + 100, kept_bases = kept_bases + 100 WHERE id = (SELECT backup FROM base WHERE id = new.base); END;
CREATE TRIGGER base_chunk_gone AFTER DELETE ON base_chunk
BEGIN UPDATE backup SET kept = kept - 100, kept_bases = kept_bases - 100 WHERE id = (SELECT backup FROM base WHERE id = old.base); END;
