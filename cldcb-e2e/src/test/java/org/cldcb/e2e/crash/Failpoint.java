package org.cldcb.e2e.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.ByteBuddy;

/**
 * A step in an executable at which it is killed.
 *
 * @param type the class, without {@code org.cldcb.}
 * @param methods one name, or several with | in between
 * @param nth how often it comes there
 */
public record Failpoint(Side side, String type, String methods, int nth) {
  /** Before or after the method. */
  public enum Side {
    BEFORE,
    AFTER
  }

  public static Failpoint before(String type, String methods) {
    return new Failpoint(Side.BEFORE, type, methods, 1);
  }

  public static Failpoint after(String type, String methods) {
    return new Failpoint(Side.AFTER, type, methods, 1);
  }

  /** The same step, reached so many times. */
  public Failpoint nth(int times) {
    return new Failpoint(side, type, methods, times);
  }

  /** A failpoint in the environment of a process that is yet to be started. */
  public Armed arm(Path folder) {
    Path marker = folder.resolve("reached");
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(marker);
      Path jar = folder.resolve("agent.jar");
      if (Files.notExists(jar)) {
        writeAgent(jar);
      }
      return new Armed(
          marker, Map.of("JDK_JAVA_OPTIONS", "-javaagent:" + jar + "=" + arguments(marker)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A failpoint that waits for a process.
   *
   * @param environment for the process to be started with
   */
  public record Armed(Path marker, Map<String, String> environment) {
    public boolean isReached() {
      return Files.exists(marker);
    }
  }

  private String arguments(Path marker) {
    // Whenever the server asks itself whether room is short: deleting what is former is what one
    // would else wait a week for.
    String always = "true#org.cldcb.server.store.Space#deletingHelps";
    String step = word() + "#org.cldcb." + type + "#" + methods + "#" + nth + "#" + marker;
    return type.endsWith(".Deletion") || type.endsWith(".Layers") ? always + "," + step : step;
  }

  private static void writeAgent(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(new Attributes.Name("Premain-Class"), CrashAgent.class.getName());
    attributes.put(Attributes.Name.CLASS_PATH, library());
    List<Class<?>> classes =
        List.of(
            CrashAgent.class,
            CrashAgent.Before.class,
            CrashAgent.After.class,
            CrashAgent.True.class);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Class<?> each : classes) {
        String name = each.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (var in = each.getResourceAsStream("/" + name)) {
          in.transferTo(out);
        }
      }
    }
  }

  private static String library() {
    try {
      return ByteBuddy.class.getProtectionDomain().getCodeSource().getLocation().toURI().toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private String word() {
    return side.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return word() + " " + type + "." + methods + " " + nth;
  }
}
