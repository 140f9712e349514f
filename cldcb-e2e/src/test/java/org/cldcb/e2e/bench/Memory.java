package org.cldcb.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of a process, as Linux counts it. */
final class Memory {
  private static final String RESIDENT = "VmRSS:";

  private Memory() {}

  /** Bytes that are resident now. */
  static long resident(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith(RESIDENT)) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("process " + pid + " has ended");
  }
}
