package org.cldcb.client.recover;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import org.cldcb.client.cli.Terminal;

/** Writes the database of a backup to a file, and changes nothing anywhere else. */
final class FileRecovery {
  private final Target target;
  private final Source source;
  private final Terminal terminal;
  private final InstantSource clock;

  FileRecovery(Target target, Source source, Terminal terminal, InstantSource clock) {
    this.target = target;
    this.source = source;
    this.terminal = terminal;
    this.clock = clock;
  }

  void run() throws IOException {
    target.requireFree();
    if (!Files.isDirectory(target.folder())) {
      throw RecoverMessages.noFolder(target.folder());
    }
    new Recovery(source, terminal, target.folder()).run(this::write);
  }

  private void write(Copy copy) throws IOException {
    Checks.report(copy.check(), terminal);
    copy.complete();
    target.requireFree();
    target.put(copy.file());
    Recovered recovered = copy.summary();
    Duration age = Duration.between(recovered.lastWrite(), clock.instant());
    RecoverMessages.recovered(source.identity(), recovered, age, target.file())
        .forEach(terminal::say);
  }
}
