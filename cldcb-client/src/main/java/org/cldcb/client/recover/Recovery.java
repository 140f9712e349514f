package org.cldcb.client.recover;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.cldcb.chain.ChainException;
import org.cldcb.chain.ChainException.Reason;
import org.cldcb.chain.Head;
import org.cldcb.client.cli.Terminal;
import org.cldcb.format.EnvelopeOpener;
import org.cldcb.link.ConnectionLostException;

/** Makes a database of a node's backup in a workspace, and hands it to what is to become of it. */
final class Recovery {
  private static final int ATTEMPTS = 3;

  /** What an honest server's chain looks like if a writer replaces, rebases or claims meanwhile. */
  private static final Set<Reason> IF_MOVED =
      EnumSet.of(
          Reason.WRONG_BRANCH,
          Reason.RECORD_MISSING,
          Reason.RECORD_REPEATED,
          Reason.BAD_GENERATION,
          Reason.OUTSIDE_CLAIM,
          Reason.LAYER_MISSING,
          Reason.CHUNK_MISSING,
          Reason.TRUNCATED);

  private final Source source;
  private final Terminal terminal;
  private final Path folder;

  /**
   * A recovery.
   *
   * @param folder where the database is to lie in the end
   */
  Recovery(Source source, Terminal terminal, Path folder) {
    this.source = source;
    this.terminal = terminal;
    this.folder = folder;
  }

  /** Takes a copy that is complete and verified; nothing of it is left afterwards. */
  @FunctionalInterface
  interface Step {
    void take(Copy copy) throws IOException;
  }

  /**
   * Fetches, verifies, and hands over.
   *
   * @throws ChainException if what the server gives out must not be accepted
   */
  void run(Step step) throws IOException {
    // One for all attempts: the node's key may be in a slow device.
    try (EnvelopeOpener opener = new EnvelopeOpener(source.node(), source.identity())) {
      attempt(opener, step);
    }
  }

  private void attempt(EnvelopeOpener opener, Step step) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Survey survey = Survey.of(source);
      CopyProgress progress = new CopyProgress(terminal, survey.head());
      try (Workspace workspace = Workspace.in(folder);
          Copy copy = new Copy(source, opener, workspace, progress)) {
        fetch(copy);
        step.take(copy);
        return;
      } catch (ChainException e) {
        if (attempt == ATTEMPTS || !IF_MOVED.contains(e.reason()) || !hasMoved(survey.head())) {
          throw e;
        }
      }
      terminal.note(RecoverMessages.AGAIN);
    }
  }

  private void fetch(Copy copy) throws IOException {
    Patience patience = new Patience(source, terminal);
    while (true) {
      try (Backup backup = source.server().open()) {
        copy.catchUp(backup);
        return;
      } catch (ConnectionLostException e) {
        patience.after(e, copy.progress());
      }
    }
  }

  private boolean hasMoved(Head before) throws IOException {
    try (Backup backup = source.server().open()) {
      return !backup.welcome().head().equals(before);
    }
  }
}
