package org.cldcb.client.hsmd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sees to it that no hsmd replaces the lost hsm_secret by one of its own making, as Core
 * Lightning's does where it finds none.
 *
 * @param wasThere before the hsmd was started
 */
record ExpectedSecret(Path program, Path file, boolean wasThere) {
  private static final String LOCAL_HSMD = "lightning_hsmd";

  /** Before the start; a failure if this is Core Lightning's own hsmd and there is no file. */
  static ExpectedSecret before(Path program, Path folder) throws IOException {
    Path file = folder.resolve("hsm_secret");
    boolean there = Files.exists(file);
    if (!there && keepsLocalFile(program)) {
      throw HsmdText.noSecret(program, folder);
    }
    return new ExpectedSecret(program, file, there);
  }

  /** After it began; a failure if it made a file. */
  void check() {
    if (!wasThere && Files.exists(file)) {
      throw HsmdText.secretMade(program, file);
    }
  }

  private static boolean keepsLocalFile(Path program) throws IOException {
    return program.endsWith(LOCAL_HSMD) || program.toRealPath().endsWith(LOCAL_HSMD);
  }
}
