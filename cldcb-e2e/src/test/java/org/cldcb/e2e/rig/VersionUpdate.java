package org.cldcb.e2e.rig;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The statement with which lightningd ends each transaction: an optimistic lock. */
final class VersionUpdate {
  private static final String TEXT =
      "UPDATE vars SET intval = intval + 1 WHERE name = 'data_version' AND intval = ";
  private static final Pattern RECORDED = Pattern.compile(Pattern.quote(TEXT) + "\\d+");

  private VersionUpdate() {}

  static boolean is(String statement) {
    return RECORDED.matcher(statement).matches();
  }

  /**
   * The statements with an update from {@code version} at their end, in the place of a recorded
   * one: so a trace can be played after writes that aren't in it.
   */
  static List<String> from(long version, List<String> statements) {
    List<String> all = new ArrayList<>(statements);
    all.removeIf(VersionUpdate::is);
    all.add(TEXT + version);
    return all;
  }
}
