package org.cldcb.client.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalLong;
import org.cldcb.cli.Failure;
import org.cldcb.client.cli.Messages;
import org.cldcb.client.cli.Terminal;
import org.cldcb.client.cln.Database;
import org.cldcb.client.cln.LightningNode;
import org.cldcb.client.cln.NodeSigner;
import org.cldcb.client.cln.PluginControl;
import org.cldcb.client.server.ServerLink;
import org.cldcb.contact.Contact;
import org.cldcb.contact.Wrapper;
import org.cldcb.crypto.Secrets;
import org.cldcb.format.Identity;
import org.cldcb.wire.Welcome;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code install}: asks the server, claims, writes the wrapper, brings the database
 * there, starts the plugin. Until the claim nothing is changed; from then on each step can be done
 * again by another run.
 */
final class Installation {
  private static final int CHUNK_ID_KEY_BYTES = 32;

  private final LightningNode node;
  private final NodeSigner signer;
  private final Terminal terminal;
  private final boolean replaceBackup;
  private final ServerLink link;
  private final SecureRandom random;
  private final Path wrapperPath;

  Installation(
      LightningNode node,
      NodeSigner signer,
      Terminal terminal,
      boolean replaceBackup,
      ServerLink link,
      SecureRandom random) {
    this.node = node;
    this.signer = signer;
    this.terminal = terminal;
    this.replaceBackup = replaceBackup;
    this.link = link;
    this.random = random;
    wrapperPath = node.dir().wrapper();
  }

  void run(@Nullable Contact given) throws IOException {
    Path plugin = PluginExecutable.find();
    requireReadiness();
    Identity identity = new Identity(node.dir().network(), signer.nodeId());
    Optional<Wrapper> old = ExistingWrapper.read(wrapperPath, identity, terminal);
    try {
      Contact server = given != null ? given : old.map(Wrapper::server).orElseGet(this::askServer);
      DelegateChoice choice = new DelegateChoice(link, signer, random);
      try (Delegate delegate = choice.choose(server, identity, old)) {
        requireCurrentDatabase(delegate);
        confirmDisplacing(delegate);
        try (Wrapper wrapper = wrapper(delegate, becomeClaimant(delegate), old, plugin)) {
          protect(delegate, wrapper);
        }
      }
    } finally {
      old.ifPresent(Wrapper::close);
    }
  }

  private void requireReadiness() throws IOException {
    if (replaceBackup && !node.isDown()) {
      throw Messages.stopLightningdToReplace();
    }
    if (replaceBackup && !node.database().exists()) {
      throw Messages.noDatabase(node.database().file());
    }
    Path plugins = AtomicFile.folderOf(wrapperPath);
    for (Path folder : new Path[] {node.dir().base(), plugins}) {
      if (Files.exists(folder) && !Files.isWritable(folder)) {
        throw Messages.notWritable(folder);
      }
    }
  }

  private Contact askServer() {
    String answer = terminal.ask(Messages.ASK_SERVER, "--server");
    try {
      return Contact.parse(answer);
    } catch (IllegalArgumentException e) {
      throw Messages.badContact(e);
    }
  }

  /** Reads the version only now, after the server's: it may have risen since, never fallen. */
  private void requireCurrentDatabase(Delegate delegate) throws IOException {
    long here = node.database().dataVersion();
    long there = delegate.welcome().head().dataVersion();
    if (replaceBackup) {
      terminal.confirm(Messages.confirmReplacing(there, here));
    } else if (there > here + 1) {
      Path folder = node.dir().base();
      throw delegate.displacesAnother()
          ? Messages.writtenElsewhere(delegate.welcome().claimNumber(), there, here, folder)
          : Messages.databaseOlder(there, here, folder);
    }
  }

  /** Also where this machine's own delegate was superseded: who took over may be running. */
  private void confirmDisplacing(Delegate delegate) {
    if (delegate.displacesAnother()) {
      terminal.warn(Messages.ANOTHER_WRITES);
      terminal.confirm(Messages.CONFIRM_DISPLACING);
    }
  }

  /** The number of the claim under which this delegate writes. */
  private long becomeClaimant(Delegate delegate) throws IOException {
    if (delegate.isClaimant()) {
      return delegate.welcome().claimNumber();
    }
    boolean stopped = delegate.displacesAnother() && !delegate.kept() && stopOldPlugin();
    try {
      return new Claiming(link, signer).claim(delegate);
    } catch (IOException | Failure e) {
      if (stopped) {
        new PluginControl(node.rpc()).start(wrapperPath);
      }
      throw e;
    }
  }

  /** Once told that it is superseded, it would halt lightningd. */
  private boolean stopOldPlugin() throws IOException {
    PluginControl plugin = new PluginControl(node.rpc());
    if (!node.isRunning() || plugin.running().isEmpty()) {
      return false;
    }
    plugin.stop();
    return true;
  }

  private Wrapper wrapper(Delegate delegate, long claim, Optional<Wrapper> old, Path plugin) {
    return new Wrapper(
        delegate.identity(),
        delegate.server(),
        delegate.key(),
        delegate.delegation(),
        claim,
        old.map(wrapper -> wrapper.chunkIdKey().clone()).orElseGet(this::newChunkIdKey),
        node.database().file(),
        plugin);
  }

  private byte[] newChunkIdKey() {
    byte[] key = new byte[CHUNK_ID_KEY_BYTES];
    random.nextBytes(key);
    return key;
  }

  /** The wrapper comes first: should an upload fail, the next run sends only what is lacking. */
  private void protect(Delegate delegate, Wrapper wrapper) throws IOException {
    boolean changed = WrapperInstaller.install(node.dir().base(), node.config(), wrapper);
    byte[] chunkIdKey = wrapper.chunkIdKey().clone();
    try {
      upload(delegate, chunkIdKey);
    } finally {
      Secrets.wipe(chunkIdKey);
    }
    Protection protection = new Protection(node, link, terminal);
    OptionalLong version = protection.begin(delegate, wrapperPath, changed);
    boolean failSafe = protection.isFailSafe(wrapperPath);
    Messages.installed(node.liveness(), version, failSafe, node.config()).forEach(terminal::say);
    Messages.reminder(node.dir().hsmSecret(), delegate.server()).forEach(terminal::say);
  }

  private void upload(Delegate delegate, byte[] chunkIdKey) throws IOException {
    Database database = node.database();
    Upload upload = new Upload(link, random, terminal);
    if (replaceBackup) {
      long version = upload.replaceBackup(delegate, chunkIdKey, database).head().dataVersion();
      terminal.say(Messages.replaced(version));
    } else if (baseIsNear(delegate.welcome())) {
      try {
        upload.ahead(delegate, chunkIdKey, database);
      } catch (IOException | Failure e) {
        terminal.warn(Messages.notAhead(e));
      }
    }
  }

  /** Whether the plugin will make a base at lightningd's next write. A frozen one is at it now. */
  private boolean baseIsNear(Welcome welcome) throws IOException {
    Database database = node.database();
    boolean inStep =
        welcome.flags().usableBase() && welcome.head().dataVersion() >= database.dataVersion();
    return !inStep && database.exists() && (node.isRunning() || node.isDown());
  }
}
