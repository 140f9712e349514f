package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.cldcb.e2e.rig.Dump;
import org.cldcb.e2e.rig.Finished;
import org.cldcb.e2e.rig.Liar;
import org.cldcb.e2e.rig.Lie;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.e2e.rig.Waiting;
import org.cldcb.wire.Base;
import org.cldcb.wire.Based;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.Claims;
import org.cldcb.wire.End;
import org.cldcb.wire.Message;
import org.cldcb.wire.StoredRecord;
import org.cldcb.wire.Welcome;

/**
 * A backup with a past, on a server that lies: a former generation, a branch, a large record, and a
 * second node. What the server once said truly is at hand for it to say again.
 */
final class HostileSite implements AutoCloseable {
  /** All that the server says while a node is recovered, and what comes of it. */
  record Truth(List<Message> messages, Dump dump) {
    Welcome welcome() {
      return all(Welcome.class).get(0);
    }

    Claims claims() {
      return all(Claims.class).get(0);
    }

    Base base() {
      return all(Base.class).get(0);
    }

    /** The one that the base stands on. */
    Base parent() {
      return all(Base.class).get(1);
    }

    End end() {
      return all(End.class).get(0);
    }

    List<Chunk> chunks() {
      return all(Chunk.class);
    }

    List<StoredRecord> records() {
      return all(StoredRecord.class);
    }

    <T extends Message> List<T> all(Class<T> type) {
      return messages.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }

  private final Path temp;
  private final Site site;
  private final Liar liar;
  private int runs;

  /** Before the last base. */
  final Truth former;

  /** Ends with a record that never committed, and that was replaced since. */
  final Truth branch;

  /** The same, with what took its place, and what followed. */
  final Truth replaced;

  final Truth now;
  final Truth stranger;

  HostileSite(Path temp) {
    this.temp = temp;
    site = new Site(temp);
    site.installed();
    liar = site.hostileServer();
    site.node().boot();
    site.node().incompressibleWrite(1); // so that the next but one base needn't bring half of it
    site.node().shutdown();
    site.node().writeWithoutPlugin(40);
    bootAndAwaitBase(); // a base with chunks starts a chain
    site.node().writes(3);
    former = truth(site.dir());
    site.node().crashBeforeCommit();
    branch = truth(site.dir());
    site.node().boot();
    replaced = truth(site.dir());
    site.node().shutdown();
    bootAndAwaitBase(); // a base on that one
    site.largeWrite();
    site.node().writes(4);
    site.node().shutdown();
    now = truth(site.dir());
    stranger = truth(stranger());
    Site.assertSame(now.dump(), site.committed());
  }

  private void bootAndAwaitBase() {
    Recording recording = new Recording();
    liar.tell(recording);
    site.node().boot();
    Waiting.until(
        () -> recording.messages.stream().anyMatch(Based.class::isInstance),
        java.time.Duration.ofSeconds(20),
        () -> "a base; " + site.node().log().lines());
    liar.tell();
  }

  private LightningDir stranger() {
    LightningDir other = site.stranger();
    try (var node = Site.newNode(other)) {
      node.boot(); // without a plugin yet: its first base has chunks
      node.shutdown();
      site.install(other).orFail();
      node.boot();
      node.shutdown();
    }
    return other;
  }

  private Truth truth(LightningDir dir) {
    Recording recording = new Recording();
    liar.tell(recording);
    Path file = target().resolve("lightningd.sqlite3");
    recover(dir, file).orFail();
    liar.tell();
    return new Truth(List.copyOf(recording.messages), Dump.of(file));
  }

  /** Recovers while the server lies so. */
  Outcome recover(Lie... lies) {
    liar.tell(lies);
    Path folder = target();
    Path file = folder.resolve("lightningd.sqlite3");
    Finished finished = recover(site.dir(), file);
    assertThat(liar.told()).as("lies that were told").isPositive();
    return new Outcome(finished, folder, file);
  }

  private Finished recover(LightningDir dir, Path file) {
    return site.recoverHere(empty(dir), "--to=" + file);
  }

  /** Recovers the node, and claims, while the server lies so. */
  Outcome takeOver(Lie... lies) {
    liar.tell(lies);
    LightningDir empty = site.emptyDir();
    Finished finished = site.recoverHere(empty, "--take-over");
    assertThat(liar.told()).as("lies that were told").isPositive();
    try {
      Files.delete(empty.hsmSecret());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Outcome(finished, empty.networkDir(), empty.database());
  }

  /** The status of the node while the server lies so. */
  Finished status(Lie... lies) {
    liar.tell(lies);
    return site.executables().clientHere(site.dir(), "status");
  }

  private Path target() {
    try {
      return Files.createDirectory(temp.resolve("target-" + runs++));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is left of a node that is lost. */
  private LightningDir empty(LightningDir dir) {
    return LightningDir.create(temp.resolve("bereft-" + runs++), Site.read(dir.hsmSecret()));
  }

  Site site() {
    return site;
  }

  Liar liar() {
    return liar;
  }

  @Override
  public void close() {
    site.close();
  }

  /** What a recovery came to. */
  record Outcome(Finished finished, Path folder, Path file) {
    /** Refused: one line that says this, and no file. */
    void refused(String message) {
      Site.assertFailed(finished, message);
      assertThat(finished.err()).doesNotContain("\tat ").doesNotContain("Exception");
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left).as("files left behind").isEmpty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Recovered: exactly this true state, and its age is told. */
    void recovered(Dump state) {
      finished.orFail();
      assertThat(finished.out()).containsPattern("last write: .* ago, by the clock of the node");
      Site.assertSame(Dump.of(file), state);
    }
  }

  /** Lets all pass, and keeps what the server says. */
  private static final class Recording implements Lie {
    private final List<Message> messages = new CopyOnWriteArrayList<>();

    @Override
    public Optional<Stream<?>> said(Message message) {
      messages.add(message);
      return Optional.empty();
    }
  }
}
