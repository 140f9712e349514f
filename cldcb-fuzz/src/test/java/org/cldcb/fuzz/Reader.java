package org.cldcb.fuzz;

/** Reads bytes from outside with the code under test, and checks what came of them. */
@FunctionalInterface
interface Reader {
  void read(byte[] input) throws Exception;
}
