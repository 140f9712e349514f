package org.cldcb.e2e.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A folder as a disk of its own, for the processes that are started with its {@link #environment}:
 * it knows what a power cut would leave, and fails where it is told to. The model is in {@code
 * src/test/c/disk.c}. Not thread-safe.
 */
public final class FaultyDisk {
  private static final int PAGE = 4096;
  private static final int SECTOR = 512;

  private final Path root;
  private final Path state;
  private final Path library;

  private FaultyDisk(Path root, Path state, Path library) {
    this.root = root;
    this.state = state;
    this.library = library;
  }

  /** A call that fails. */
  public enum Call {
    OPEN_TO_WRITE("open"),
    WRITE("write"),
    SYNC("fsync");

    private final String word;

    Call(String word) {
      this.word = word;
    }
  }

  /** How it fails; the numbers are Linux's. */
  public enum Failure {
    /** Success is reported, and nothing done. */
    LIES(0),
    IO_ERROR(5),
    NO_ROOM(28),
    READ_ONLY(30),
    /** The process is killed instead. */
    DIES(1000);

    private final int errno;

    Failure(int errno) {
      this.errno = errno;
    }
  }

  /**
   * A disk whose root is this folder, which may not be there yet; its own name is durable.
   *
   * @param root absolute; what the disk itself needs is kept beside it
   */
  public static FaultyDisk at(Path root) {
    Path state = root.resolveSibling(root.getFileName() + ".disk");
    FaultyDisk disk = new FaultyDisk(root, state, CCompiler.library("disk.c", state));
    disk.allIsDurable();
    return disk;
  }

  /** What a process gets that is to work on this disk. */
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "CLDCB_DISK_ROOT", root.toString(),
        "CLDCB_DISK_STATE", state.toString());
  }

  /** A program that starts another one on this disk, where the environment is somebody else's. */
  public Path launcher(Path executable) {
    StringBuilder script = new StringBuilder("#!/bin/sh\n");
    environment()
        .forEach((name, value) -> script.append("export %s='%s'\n".formatted(name, value)));
    script.append("exec '%s' \"$@\"\n".formatted(executable));
    Path launcher = state.resolve(executable.getFileName());
    try {
      Files.writeString(launcher, script);
      Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return launcher;
  }

  /** All that is there now is durable, as after a long while. No process may be writing. */
  public void allIsDurable() {
    try {
      for (String folder : List.of("tree", "durable", "pin", "dirty")) {
        Folders.delete(state.resolve(folder));
        Files.createDirectories(state.resolve(folder));
      }
      if (Files.exists(root)) {
        for (Path file : Folders.below(root)) {
          adopt(file, state.resolve("tree").resolve(root.relativize(file)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void adopt(Path file, Path name) throws IOException {
    if (Files.isDirectory(file)) {
      Files.createDirectories(name);
      Files.setPosixFilePermissions(name, Files.getPosixFilePermissions(file));
    } else if (Files.isRegularFile(file) && !file.toString().endsWith("-shm")) {
      String inode = inode(file);
      Files.createLink(state.resolve("pin").resolve(inode), file);
      Path durable = state.resolve("durable").resolve(inode);
      Folders.copyFile(file, durable);
      Files.createLink(name, durable);
    }
  }

  /** From now on such a call fails, on files whose path ends so. */
  public void fail(Call call, Failure failure, String endOfPath) {
    try {
      Path fault = state.resolve("fault");
      Path whole = state.resolve("fault.new");
      Files.writeString(whole, call.word + " " + failure.errno + " " + endOfPath + "\n");
      Files.move(whole, fault, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on such a call fails, on any file. */
  public void fail(Call call, Failure failure) {
    fail(call, failure, "");
  }

  /** From now on nothing fails. */
  public void mend() {
    try {
      Files.deleteIfExists(state.resolve("fault"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on {@link #log} has what is done. */
  public void beginLog() {
    try {
      Files.createFile(state.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code write <path>} before it, {@code sync <path>} after it, {@code send} before it. */
  public List<String> log() {
    try {
      return Files.readAllLines(state.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Cuts the power: the folder is then what the disk holds. No process may have it open.
   *
   * @param writtenBack see {@link #afterPowerCut}
   */
  public void cutPower(Random random, double writtenBack) {
    Path image = state.resolve("image");
    afterPowerCut(image, random, writtenBack);
    try {
      Folders.deleteBelow(root);
      Folders.copy(image, root);
      Folders.delete(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    allIsDurable();
  }

  /**
   * Copies what the disk would hold if the power were cut now. The processes that write to it must
   * stand still.
   *
   * @param writtenBack the chance of a page that wasn't synced to have reached the disk by itself,
   *     from 0 to 1; only the first sectors of some did
   */
  public void afterPowerCut(Path image, Random random, double writtenBack) {
    try {
      Folders.copy(state.resolve("tree"), image);
      Map<String, Path> copies = new HashMap<>();
      for (Path name : Folders.below(state.resolve("tree"))) {
        if (Files.isRegularFile(name)) {
          copies.put(inode(name), image.resolve(state.resolve("tree").relativize(name)));
        }
      }
      for (Path durable : Folders.below(state.resolve("durable"))) {
        Path copy = copies.get(inode(durable));
        Path marks = state.resolve("dirty").resolve(durable.getFileName());
        if (copy != null && Files.exists(marks)) {
          writeBack(durable.getFileName().toString(), copy, random, writtenBack);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeBack(String inode, Path copy, Random random, double chance) throws IOException {
    byte[] marks = Files.readAllBytes(state.resolve("dirty").resolve(inode));
    try (FileChannel from =
            FileChannel.open(state.resolve("pin").resolve(inode), StandardOpenOption.READ);
        FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      for (int page = 0; page < marks.length; page++) {
        if (marks[page] == 1 && random.nextDouble() < chance) {
          ByteBuffer bytes = ByteBuffer.allocate(SECTOR * (1 + random.nextInt(PAGE / SECTOR)));
          from.read(bytes, (long) page * PAGE);
          to.write(bytes.flip(), (long) page * PAGE);
        }
      }
    }
  }

  private static String inode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino").toString();
  }
}
