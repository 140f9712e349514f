package org.cldcb.e2e.rig;

import java.util.List;

/** A command that has ended. */
public record Finished(List<String> command, int exit, String out, String err) {

  /**
   * This, if the command succeeded.
   *
   * @throws AssertionError with all that it printed, if not
   */
  public Finished orFail() {
    if (exit != 0) {
      throw new AssertionError(toString());
    }
    return this;
  }

  /** Output and errors together, to search in. */
  public String all() {
    return out + "\n" + err;
  }

  @Override
  public String toString() {
    return String.join(" ", command) + "\nexit " + exit + "\n" + out + "\n" + err;
  }
}
