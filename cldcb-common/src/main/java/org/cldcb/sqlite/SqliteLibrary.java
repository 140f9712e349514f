package org.cldcb.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads SQLite's native library and leaves nothing of it on the disk, however the process ends:
 * sqlite-jdbc alone would leave its copy behind whenever the process is killed. Thread-safe.
 */
public final class SqliteLibrary {
  private static final String LIBRARY_FOLDER = "org.sqlite.lib.path";
  private static final String UNPACK_FOLDER = "org.sqlite.tmpdir";

  private static boolean loaded;

  private SqliteLibrary() {}

  /**
   * Loads it, once in a process. sqlite-jdbc's own properties, where they are set, have their say.
   *
   * @param folders where to unpack it: the first where that works, which a {@code noexec} one isn't
   * @throws SQLException if it works in none
   */
  public static synchronized void load(Path... folders) throws SQLException {
    if (loaded || System.getProperty(LIBRARY_FOLDER) != null) {
      return;
    }
    String told = System.getProperty(UNPACK_FOLDER);
    SQLException failure = new SQLException("SQLite's library can't be loaded");
    for (Path folder : told == null ? folders : new Path[] {Path.of(told)}) {
      try {
        loadFrom(folder);
        loaded = true;
        return;
      } catch (IOException e) {
        failure = new SQLException("SQLite's library can't be loaded from " + folder + ": " + e, e);
      }
    }
    throw failure;
  }

  private static void loadFrom(Path folder) throws IOException {
    Path own =
        Files.createTempDirectory(
            folder,
            ".cldcb-sqlite-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path file = own.resolve(LibraryLoaderUtil.getNativeLibName());
    try {
      unpack(file);
      initialise(own);
    } finally {
      // The mapping stays without the file.
      delete(own);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  private static void unpack(Path file) throws IOException {
    String resource =
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    try (InputStream in = SqliteLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("there is none for this platform");
      }
      Files.copy(in, file);
    }
  }

  /**
   * Has sqlite-jdbc load what lies in this folder. Only it may do so: where it has loaded a copy of
   * its own already, it does nothing, and a second one would end in a crash.
   */
  private static void initialise(Path folder) throws IOException {
    String told = System.getProperty(UNPACK_FOLDER);
    System.setProperty(LIBRARY_FOLDER, folder.toAbsolutePath().toString());
    System.setProperty(UNPACK_FOLDER, folder.toAbsolutePath().toString());
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      throw new IOException("is it mounted noexec? " + e.getMessage(), e);
    } finally {
      System.clearProperty(LIBRARY_FOLDER);
      if (told == null) {
        System.clearProperty(UNPACK_FOLDER);
      } else {
        System.setProperty(UNPACK_FOLDER, told);
      }
    }
  }
}
