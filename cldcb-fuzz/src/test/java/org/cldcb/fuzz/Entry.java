package org.cldcb.fuzz;

/** What Jazzer calls: once with the name of a {@link Target}, then with one input after another. */
public final class Entry {
  private static Target target = Target.MESSAGE;

  private Entry() {}

  public static void fuzzerInitialize(String[] args) {
    target = Target.valueOf(args[0]);
  }

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    target.run(input);
  }
}
