package org.cldcb.e2e.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A lightning directory, with the names that Core Lightning gives.
 *
 * @param base what {@code --lightning-dir} names
 */
public record LightningDir(Path base, String network) {
  private static final Set<PosixFilePermission> PRIVATE_DIR =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> READ_ONLY =
      PosixFilePermissions.fromString("r--------");
  private static final Pattern PLUGIN_NAME = Pattern.compile("([^\\p{Punct}]|[-_.])+");

  /** An executable to start, and whether lightningd goes down with it. */
  record PluginFile(Path path, boolean important) {}

  /** A directory on regtest with a random 32-byte hsm_secret. */
  public static LightningDir create(Path base) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return create(base, secret);
  }

  /** A directory on regtest with this hsm_secret, in any of its forms. */
  public static LightningDir create(Path base, byte[] hsmSecret) {
    LightningDir dir = new LightningDir(base.toAbsolutePath(), "regtest");
    try {
      Files.createDirectories(dir.networkDir());
      Files.setPosixFilePermissions(dir.networkDir(), PRIVATE_DIR);
      Files.write(dir.hsmSecret(), hsmSecret);
      Files.setPosixFilePermissions(dir.hsmSecret(), READ_ONLY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return dir;
  }

  /** Where lightningd and its plugins run. */
  public Path networkDir() {
    return base.resolve(network);
  }

  public Path hsmSecret() {
    return networkDir().resolve("hsm_secret");
  }

  /** The database, where the configuration doesn't name another. */
  public Path database() {
    return setting("wallet")
        .map(wallet -> networkDir().resolve(wallet.replaceFirst("^sqlite3://", "")))
        .orElse(networkDir().resolve("lightningd.sqlite3"));
  }

  public Path rpcSocket() {
    return networkDir().resolve("lightning-rpc");
  }

  /** As lightningd's default: in the base directory. */
  public Path pidFile() {
    return base.resolve("lightningd-" + network + ".pid");
  }

  public Path config() {
    return base.resolve("config");
  }

  /** The default plugin folder. */
  public Path plugins() {
    return base.resolve("plugins");
  }

  /** What {@code install} writes. */
  public Path wrapper() {
    return plugins().resolve("cldcb-plugin-wrapper");
  }

  /** Adds a line to the configuration. */
  public void configure(String line) {
    try {
      Files.writeString(
          config(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loses everything but the hsm_secret, as a broken disk does. */
  public void loseAllButTheSecret() {
    try (Stream<Path> files = Files.walk(base)) {
      Set<Path> kept = Set.of(base, networkDir(), hsmSecret());
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        if (!kept.contains(file)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All values of an option, from the two configuration files that lightningd reads. */
  List<String> settings(String option) {
    List<String> values = new ArrayList<>();
    for (Path file : List.of(config(), networkDir().resolve("config"))) {
      if (Files.exists(file)) {
        lines(file)
            .map(String::strip)
            .filter(line -> line.startsWith(option + "="))
            .forEach(line -> values.add(line.substring(option.length() + 1)));
      }
    }
    return values;
  }

  Optional<String> setting(String option) {
    return settings(option).stream().reduce((first, last) -> last);
  }

  /** What lightningd starts: configured ones, and each in the plugin folder; each path once. */
  List<PluginFile> pluginFiles() {
    Map<Path, PluginFile> files = new LinkedHashMap<>();
    for (String path : settings("important-plugin")) {
      Path plugin = networkDir().resolve(path).normalize();
      files.put(plugin, new PluginFile(plugin, true));
    }
    for (String path : settings("plugin")) {
      Path plugin = networkDir().resolve(path).normalize();
      files.putIfAbsent(plugin, new PluginFile(plugin, false));
    }
    for (Path plugin : folderAndOneBelow()) {
      files.putIfAbsent(plugin, new PluginFile(plugin, false));
    }
    return List.copyOf(files.values());
  }

  private List<Path> folderAndOneBelow() {
    if (!Files.isDirectory(plugins())) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(plugins(), 2)) {
      return files.filter(LightningDir::isPlugin).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As lightningd's plugin_fullpath: hidden and temporary files are plugins too. */
  private static boolean isPlugin(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && Files.isExecutable(file)
        && !name.equals("README.md")
        && PLUGIN_NAME.matcher(name).matches();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
