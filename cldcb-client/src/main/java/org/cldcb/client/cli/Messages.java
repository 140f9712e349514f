package org.cldcb.client.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.cldcb.chain.Network;
import org.cldcb.cli.Failure;
import org.cldcb.client.cln.Liveness;
import org.cldcb.contact.Contact;
import org.cldcb.contact.WrapperException;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.PublicKey;
import org.cldcb.link.RefusedException;
import org.cldcb.link.SupersededException;
import org.cldcb.wire.RefusalCode;

/**
 * Every sentence that operators read, but for those of one command alone: lower case, no final
 * period.
 */
public final class Messages {
  public static final String UPLOADING = "uploading";
  public static final String STARTING_PLUGIN = "starting the plugin";
  public static final String LIGHTNINGD_WAITS = "lightningd waits until its write is backed up";
  public static final String ASK_SERVER = "the server's contact (<66 hex digits>@host:port):";
  public static final String ANOTHER_WRITES =
      "another installation of this node writes this backup: it will halt for good";
  public static final String CONFIRM_DISPLACING =
      "make this machine the one that backs up the node?";

  private static final String[] UNITS = {"KB", "MB", "GB", "TB"};

  private Messages() {}

  // --- the command line

  public static Failure missing(String option) {
    return Failure.usage("a value is missing: " + option, "give it with " + option);
  }

  public static Failure unconfirmed(String question) {
    return Failure.usage("nobody is there to answer: " + question, "add --yes to agree");
  }

  static Failure wrongCharset(Charset charset) {
    return Failure.failed(
        "the terminal sent what isn't " + charset + ", its character set by LANG and LC_ALL",
        "set LC_ALL=C.UTF-8, or give a passphrase with --passphrase-file");
  }

  static Failure notPrinted() {
    return Failure.failed("stdout didn't take all of it: is its disk full?");
  }

  public static Failure declined() {
    return Failure.failed("stopped: nothing was changed");
  }

  /** An error that no other sentence foresees. */
  public static Failure failed(IOException e) {
    if (e instanceof RefusedException refused && refused.code() == RefusalCode.OVER_QUOTA) {
      return Failure.failed(
          reason(e), "to give it more, run on the server: cldcb-server allow NODE_ID --quota SIZE");
    }
    return e instanceof AccessDeniedException denied
        ? Failure.failed(
            "no permission: " + denied.getFile(), "run this as the user that lightningd runs as")
        : Failure.failed(reason(e));
  }

  // --- the node

  public static Failure noFolder(Path base) {
    return Failure.failed(
        "no lightning-dir: " + base + " isn't a folder",
        "give lightningd's folder with --lightning-dir");
  }

  public static Failure severalNetworks(List<Network> networks) {
    return Failure.usage(
        "which network? there are nodes for " + networks, "give it with --network");
  }

  public static Failure networkFolderGiven(Path folder) {
    return Failure.failed(
        "not a lightning-dir: " + folder + " is the folder of one network in it",
        "give --lightning-dir=" + folder.getParent());
  }

  public static Failure otherFolder(Path its, Path given) {
    return Failure.failed(
        "lightningd calls its folder " + its + ": that isn't " + given + " here",
        "run cldcb-client where lightningd runs, in the same container");
  }

  public static Failure notSqlite(String kind) {
    return Failure.failed(
        "the wallet is a " + kind + " database: cldcb backs up SQLite wallets only",
        "what lightningd reports of other databases can't be replayed into SQLite",
        "use your database's own replication for it");
  }

  public static Failure noHsmSecret(Path networkFolder) {
    return Failure.failed(
        "no hsm_secret: neither in " + networkFolder + " nor in the folder above",
        "give lightningd's folder with --lightning-dir, and the network with --network",
        "or do this while lightningd runs");
  }

  public static Failure badHsmSecret(Path file, HsmSecretException e) {
    return Failure.failed("can't use " + file + ": " + e.getMessage());
  }

  // --- the server

  public static Failure notAllowed(Contact server, PublicKey nodeId, String label) {
    return Failure.failed(
        "the server at " + address(server) + " doesn't know this node",
        "have this run there:",
        "cldcb-server allow "
            + nodeId
            + " --label "
            + quoted(label)
            + " --data-dir <the server's data dir>");
  }

  public static Failure serverRefused(Contact server, IOException e) {
    return Failure.failed("the server at " + address(server) + " refused: " + reason(e));
  }

  public static Failure unreachable(Contact server, IOException e) {
    return Failure.failed(
        "no connection to the server at " + address(server) + ": " + reason(e),
        "see that cldcb-server runs there, that its port is open, and that the contact is right");
  }

  // --- install

  public static Failure badContact(IllegalArgumentException e) {
    return Failure.usage("--server: " + e.getMessage(), "cldcb-server contact prints it");
  }

  public static Failure unknownPlugin() {
    return Failure.failed(
        "where is cldcb-plugin? this wasn't started by its launcher",
        "run bin/cldcb-client of the unpacked cldcb");
  }

  public static Failure noPlugin(Path plugin) {
    return Failure.failed(
        "no plugin: " + plugin + " isn't an executable file",
        "cldcb-plugin must lie beside cldcb-client: unpack all of cldcb");
  }

  public static Failure unusablePath(IllegalArgumentException e) {
    return Failure.failed("no wrapper can be written: " + e.getMessage());
  }

  public static Failure notWritable(Path folder) {
    return Failure.failed(
        "no permission to write in " + folder, "run this as the user that lightningd runs as");
  }

  public static Failure wrapperOfOtherNetwork(Path wrapper, Network network) {
    return Failure.failed(
        "this lightning-dir is in use for " + network + ": see " + wrapper,
        "lightningd would start its plugin on every network: use a lightning-dir for each");
  }

  public static String wrapperOfOtherNode(Path wrapper) {
    return wrapper + " is another node's: a new one takes its place";
  }

  public static String wrapperUnusable(Path wrapper, WrapperException e) {
    return wrapper + " is of no use, a new one takes its place: " + e.getMessage();
  }

  public static Failure stopLightningdToReplace() {
    return Failure.failed(
        "lightningd runs: --replace-backup needs its database at rest", "stop lightningd first");
  }

  public static Failure noDatabase(Path database) {
    return Failure.failed("no database: " + database + " isn't there or is empty");
  }

  public static Failure databaseOlder(long there, long here, Path base) {
    return Failure.failed(
        "this database is older than the backup: " + versions(there, here),
        "to run on it could lose funds; bring back the newer one, with this database moved away:",
        recover(base),
        "or, to give up the newer one, with lightningd stopped:",
        replaceBackup(base));
  }

  public static Failure writtenElsewhere(long claim, long there, long here, Path base) {
    return Failure.failed(
        "another installation of this node claimed the backup (claim "
            + claim
            + ") and wrote on: "
            + versions(there, here),
        "two live copies of one node lose money: leave this one off, if the other one is to go on",
        "else stop the other one for good, and bring its state here, with this database moved"
            + " away:",
        recover(base),
        "or, to give up what it wrote, with lightningd stopped here as well:",
        replaceBackup(base));
  }

  private static String versions(long there, long here) {
    return String.format(Locale.ROOT, "data_version %d here, %d on the server", here, there);
  }

  private static String recover(Path base) {
    return "cldcb-client recover --lightning-dir=" + base;
  }

  private static String replaceBackup(Path base) {
    return "cldcb-client install --replace-backup --lightning-dir=" + base;
  }

  public static String confirmReplacing(long there, long here) {
    return String.format(
        Locale.ROOT,
        "the backup has data_version %d, this database %d; start the backup anew from this one?",
        there,
        here);
  }

  public static String replaced(long version) {
    return "the backup starts anew at data_version "
        + version
        + "; what was there is kept on the server for a while";
  }

  public static Failure headKeepsMoving() {
    return Failure.failed(
        "no claim: another installation of this node keeps writing", "stop it first");
  }

  public static String notAhead(Exception e) {
    return "the database couldn't be uploaded ahead, lightningd will wait longer for its first"
        + " backup: "
        + reason(e);
  }

  public static String waiting(boolean usableBase, long version, long target) {
    return usableBase
        ? String.format(Locale.ROOT, "the backup is at data_version %d of %d", version, target)
        : "the server has no complete backup yet";
  }

  public static Failure supersededMeanwhile(SupersededException e) {
    return Failure.failed(
        "not protected: " + reason(e), "see which machine did it; this node must not run on two");
  }

  public static Failure lightningdStopped() {
    return Failure.failed(
        "not protected: lightningd stopped",
        "its log, or what it printed last, says why; start it again, then: cldcb-client status");
  }

  public static Failure notProtectedYet(String news) {
    return Failure.failed(
        "not protected yet: " + news,
        "lightningd's log says what its plugin waits for; later: cldcb-client status");
  }

  /** How an installation ended. */
  public static List<String> installed(
      Liveness liveness, OptionalLong version, boolean failSafe, Path config) {
    List<String> lines = new ArrayList<>();
    if (version.isPresent()) {
      lines.add("protected at data_version " + version.getAsLong());
      if (!failSafe) {
        lines.add(
            "restart lightningd once: from then on it stops rather than run without its backup ("
                + config
                + ")");
      }
    } else if (liveness == Liveness.DOWN) {
      lines.add("installed: protection begins when lightningd starts");
      lines.add("then see: cldcb-client status");
    } else {
      lines.add("installed: lightningd waits for its old plugin, and has to be killed and started");
      lines.add("then see: cldcb-client status");
    }
    return lines;
  }

  /** What the operator has to keep, for the day of recovery. */
  public static List<String> reminder(Optional<Path> hsmSecret, Contact server) {
    return List.of(
        "keep a copy of hsm_secret offline: "
            + hsmSecret.map(Path::toString).orElse("recovery needs nothing else of this machine"),
        "write down the server's contact: " + server);
  }

  // --- figures

  /** A size for people. */
  public static String bytes(long count) {
    if (count < 1000) {
      return count + " B";
    }
    double size = count;
    int unit = -1;
    while (size >= 1000 && unit < UNITS.length - 1) {
      size /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
  }

  /** A span of time for people. */
  public static String span(long seconds) {
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
  }

  /** Why it failed, in one line. */
  public static String reason(Exception e) {
    String message = e.getMessage();
    if (e instanceof NoSuchFileException) {
      return message + " isn't there";
    }
    if (e instanceof FileSystemException || message == null) {
      return e.getClass().getSimpleName().replace("Exception", "") + ": " + message;
    }
    return message.replace('\n', ' ');
  }

  private static String address(Contact server) {
    return server.toString().substring(server.toString().indexOf('@') + 1);
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9._-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
