package org.cldcb.server.store;

/**
 * Room for what is to come. What is deleted leaves free pages in the store's file, which never
 * shrinks but is filled again first: they count like room on the disk. All in bytes.
 *
 * @param onDisk free on the disk
 * @param inFile free in the store's file
 * @param reserve what bases leave free; records may take half of it
 */
public record Space(long onDisk, long inFile, long diskTotal, long reserve) {
  private static final long NEARLY_FULL_FRACTION = 5;

  /** How much room there is, in terms of what is done about it. */
  public enum Level {
    ENOUGH,
    /** Former generations go before their time. */
    SHORT,
    /** No chunks are taken any more; records and manifests are. */
    NO_BASES,
    /** Nothing is taken any more. */
    FULL
  }

  static Space of(Sql sql, Disk disk, long reserve) {
    long pages = sql.number("PRAGMA freelist_count");
    return new Space(disk.usable(), pages * sql.number("PRAGMA page_size"), disk.total(), reserve);
  }

  public Level level() {
    long free = onDisk + inFile;
    // Whatever goes into free pages goes through the write-ahead log first, which lies on the disk.
    if (free < reserve / 2 || onDisk < reserve / 4) {
      return Level.FULL;
    }
    if (free < reserve) {
      return Level.NO_BASES;
    }
    return deletingHelps() ? Level.SHORT : Level.ENOUGH;
  }

  /** Whether free pages are what lacks: deleting gives no room back to the disk. */
  boolean deletingHelps() {
    return onDisk + inFile - reserve < reserve / 2;
  }

  /** What is left once so much was written: through the log, which lies on the disk for a while. */
  Space after(long bytes) {
    return new Space(onDisk - bytes, inFile - bytes, diskTotal, reserve);
  }

  /**
   * Whether records are taken. A little above what bases leave free is the end for nodes that are
   * over their quota: what is left is for those that aren't.
   */
  boolean takesRecords(boolean overQuota) {
    return level() != Level.FULL && !(overQuota && onDisk + inFile - reserve < reserve / 4);
  }

  boolean takesChunks() {
    return level() != Level.FULL && level() != Level.NO_BASES;
  }

  boolean isNearlyFull() {
    return onDisk + inFile < diskTotal / NEARLY_FULL_FRACTION;
  }

  /** One line for operators. */
  public String sentence() {
    String consequence =
        switch (level()) {
          case ENOUGH -> "room enough";
          case SHORT -> "room is short, so former generations are deleted before their time";
          case NO_BASES -> "room is short, so new bases are refused";
          case FULL -> "disk full, so all writes are refused and the nodes wait";
        };
    return consequence
        + ": "
        + onDisk
        + " bytes free on the disk, "
        + inFile
        + " in the store's file, reserve "
        + reserve;
  }
}
