package org.cldcb.server.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import org.cldcb.contact.HostPort;
import org.cldcb.server.store.StoreSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cldcb-server init}. */
@Command(
    name = "init",
    description = "Makes a new server: its key and an empty store.",
    footer = {
      "",
      "Example:",
      "  cldcb-server init --data-dir /var/lib/cldcb --advertise backup.example:9736"
    })
public final class InitCommand implements Callable<Integer> {
  static final String DEFAULT_LISTEN = "0.0.0.0:9736";

  @Mixin private DataDirectory directory = new DataDirectory();
  @Mixin private Terminal terminal = new Terminal();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = DEFAULT_LISTEN,
      converter = HostPortConverter.class,
      description = "where run listens; default: ${DEFAULT-VALUE}")
  private HostPort listen = HostPort.parse(DEFAULT_LISTEN);

  @Option(
      names = "--advertise",
      paramLabel = "HOST:PORT",
      converter = HostPortConverter.class,
      description = "where clients find the server; default: this host's name and that port")
  private @Nullable HostPort advertise;

  @Option(
      names = "--quota",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "how much a node may keep that is allowed without a quota of its own, as 500MiB, 10GiB or"
              + " none; default: 10GiB")
  private long quota = StoreSettings.DEFAULT_QUOTA;

  @Override
  public Integer call() throws IOException {
    HostPort found = advertise == null ? new HostPort(hostName(), listen.port()) : advertise;
    terminal.say("contact: " + directory.initialise(listen, found, quota));
    return 0;
  }

  private static String hostName() {
    try {
      return HostPort.parse(InetAddress.getLocalHost().getHostName()).host();
    } catch (UnknownHostException | IllegalArgumentException e) {
      // A host without a usable name is reached from itself only.
      return "localhost";
    }
  }
}
