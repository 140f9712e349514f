package org.cldcb.client.cln;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.cldcb.chain.Network;
import org.cldcb.contact.WrapperFile;

/**
 * Where lightningd keeps what.
 *
 * @param base its {@code --lightning-dir}, absolute, spelled as lightningd does
 */
public record LightningDir(Path base, Network network) {

  /** The network's folder. */
  public Path networkFolder() {
    return base.resolve(network.name());
  }

  public Path rpcSocket() {
    return networkFolder().resolve("lightning-rpc");
  }

  /** Where the process id lies unless lightningd was told otherwise. */
  public Path pidFile() {
    return base.resolve("lightningd-" + network + ".pid");
  }

  /** The database unless lightningd was told otherwise. */
  public Path defaultDatabase() {
    return networkFolder().resolve("lightningd.sqlite3");
  }

  /**
   * The hsm_secret, if it is there: in the network's folder, or in the base as old nodes had it.
   * One that can't be looked at counts: to read it says why, where "missing" would be wrong.
   */
  public Optional<Path> hsmSecret() {
    return Stream.of(networkFolder(), base)
        .map(folder -> folder.resolve("hsm_secret"))
        .filter(file -> !Files.notExists(file, LinkOption.NOFOLLOW_LINKS))
        .findFirst();
  }

  /** Where lightningd looks for its hsm_secret. */
  public Path hsmSecretPlace() {
    return networkFolder().resolve("hsm_secret");
  }

  public Path config() {
    return base.resolve("config");
  }

  /** Read after {@link #config}. */
  public Path networkConfig() {
    return networkFolder().resolve("config");
  }

  public Path wrapper() {
    return wrapper(base);
  }

  /** Where the wrapper lies: every executable file in that folder is started by lightningd. */
  public static Path wrapper(Path lightningDir) {
    return lightningDir.resolve("plugins").resolve(WrapperFile.NAME);
  }

  /** What a plugin that was told that it is superseded leaves beside its wrapper. */
  public static Path tombstone(Path wrapper) {
    return wrapper.resolveSibling(wrapper.getFileName() + ".superseded");
  }
}
