package org.cldcb.client.cli;

import java.nio.file.Path;
import org.cldcb.chain.Network;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which node it is about. */
public final class NodeOptions {
  @Option(
      names = "--lightning-dir",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "lightningd's folder, as in its own option (default: the current folder)")
  private Path lightningDir = Path.of(".");

  @Option(
      names = "--network",
      paramLabel = "NET",
      converter = NetworkConverter.class,
      description = "bitcoin, testnet, signet, regtest, ... (default: what the folder shows)")
  private @Nullable Network network;

  /** Absolute, as spelled: links in it stay. */
  public Path lightningDir() {
    return lightningDir.toAbsolutePath().normalize();
  }

  public @Nullable Network network() {
    return network;
  }

  static final class NetworkConverter extends Parsed<Network> {
    NetworkConverter() {
      super(Network::new);
    }
  }
}
