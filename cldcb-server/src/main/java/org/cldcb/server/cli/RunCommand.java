package org.cldcb.server.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cldcb.contact.HostPort;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.server.net.Server;
import org.cldcb.server.store.SqliteStore;
import org.cldcb.server.store.StoreSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cldcb-server run}. */
@Command(
    name = "run",
    description = "Serves until SIGTERM or SIGINT; logs to stderr.",
    footer = {"", "Example:", "  cldcb-server run --data-dir /var/lib/cldcb"})
public final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Mixin private DataDirectory directory = new DataDirectory();
  @Mixin private Terminal terminal = new Terminal();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      converter = HostPortConverter.class,
      description = "where to listen; default: what init was told; port 0 takes a free one")
  private @Nullable HostPort listen;

  @Option(
      names = "--compact-min",
      paramLabel = "BYTES",
      description =
          "records of fewer bytes ask for no new base, however small that is; default: 256 KiB")
  private @Nullable Long compactMin;

  @Override
  public Integer call() throws IOException {
    try (PrivateKey key = ServerKeyFile.read(directory.path());
        DirectoryLock lock = DirectoryLock.take(directory.path());
        SqliteStore store = directory.openStore(settings(), lock)) {
      store.dropPending();
      HostPort address = listen == null ? directory.listen(store) : listen;
      StopSignal stop = new StopSignal();
      try (Server server = Server.start(address, key, store, lock.directory())) {
        HostPort actual = new HostPort(address.host(), server.address().getPort());
        terminal.say("listening on " + actual);
        stop.await();
        LOG.info("asked to stop");
      }
    }
    LOG.info("stopped");
    return 0;
  }

  private StoreSettings settings() {
    StoreSettings settings = StoreSettings.defaults(directory.path());
    return compactMin == null ? settings : settings.withCompactMinBytes(compactMin);
  }
}
