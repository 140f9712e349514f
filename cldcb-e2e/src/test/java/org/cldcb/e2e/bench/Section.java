package org.cldcb.e2e.bench;

import java.io.IOException;
import java.util.List;

/** A part of the benchmark that can be asked for by itself. */
interface Section {
  /** What it is called on the command line. */
  String name();

  /** Whether it belongs to the short benchmark, all of which takes less than three minutes. */
  boolean isShort();

  /** Measures. */
  List<Row> run(Context context) throws IOException, InterruptedException;
}
