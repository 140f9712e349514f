package org.cldcb.plugin.rpc;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a write does to {@code PRAGMA foreign_keys}, which CLN turns OFF and ON again around a
 * schema migration ({@code db/db_sqlite3.c}). A base in between must say so, for deletes cascade
 * only with them on.
 */
public enum ForeignKeys {
  UNCHANGED,
  OFF,
  ON;

  private static final Pattern SETTING =
      Pattern.compile("pragma\\s+foreign_keys\\s*=\\s*(\\w+)\\s*;?\\s*");

  /** What holds after this PRAGMA too. */
  ForeignKeys after(String pragma) {
    Matcher matcher = SETTING.matcher(pragma.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return this;
    }
    return switch (matcher.group(1)) {
      case "on", "1", "yes", "true" -> ON;
      default -> OFF;
    };
  }

  /** Whether they are off afterwards, if they were so before. */
  public boolean off(boolean before) {
    return this == UNCHANGED ? before : this == OFF;
  }
}
