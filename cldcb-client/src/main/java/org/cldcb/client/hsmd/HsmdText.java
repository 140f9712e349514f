package org.cldcb.client.hsmd;

import java.nio.file.Path;
import org.cldcb.chain.Network;
import org.cldcb.cli.Failure;
import org.cldcb.crypto.PublicKey;

/** Every sentence about an hsmd: lower case, no final period. */
final class HsmdText {
  private HsmdText() {}

  // --- before it is started

  static Failure notAProgram(Path program) {
    return Failure.failed("can't start " + program + ": it isn't an executable file");
  }

  static Failure noFolder(Path folder) {
    return Failure.failed(
        "can't start the hsmd: no folder " + folder + ", where lightningd would start it",
        "give lightningd's folder with --lightning-dir, and the network with --network");
  }

  static Failure unknownNetwork(Network network) {
    return Failure.failed(
        "an hsmd can't be told of the network '" + network + "'",
        "it is one of " + String.join(", ", ChainParameters.networks()));
  }

  static Failure noSecret(Path program, Path folder) {
    return Failure.failed(
        "no hsm_secret in " + folder + ": " + program + " would make a new one",
        "put your copy of hsm_secret there first (mode 0400)");
  }

  static Failure secretMade(Path program, Path secret) {
    return Failure.failed(
        program + " found no hsm_secret and made a new one, which isn't your node's: " + secret,
        "nothing else was changed; move that file away before anything else is started there");
  }

  static Failure noLibrary(Throwable cause) {
    return Failure.failed(
        "can't start the hsmd: the library for its sockets can't be loaded (" + cause + ")",
        "it is unpacked into "
            + System.getProperty("java.io.tmpdir")
            + ": if nothing can be written"
            + " or run there, set JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=<another folder>");
  }

  // --- which node it is

  static String answers(Path program, PublicKey nodeId) {
    return program + " answers with node id " + nodeId;
  }

  static String askNodeId(PublicKey nodeId) {
    return "is " + nodeId + " your node? [y/N]";
  }

  static Failure unconfirmed(PublicKey nodeId) {
    return Failure.usage(
        "nobody confirmed that " + nodeId + " is the node's id",
        "if it is your node's, add --node-id=" + nodeId);
  }

  static Failure declined() {
    return Failure.failed("stopped: nothing was changed");
  }

  static Failure otherNode(PublicKey nodeId, PublicKey expected) {
    return Failure.failed(
        "another node's key: its id is " + nodeId + ", --node-id says " + expected,
        "nothing was changed");
  }

  // --- what it does wrong

  static String silent(Path program, String what, long seconds) {
    return program + " gave no answer to " + what + " within " + seconds + " s";
  }

  static String ended(Path program, String how, String what, String lastWords) {
    return program + " " + how + " instead of answering " + what + because(lastWords);
  }

  static String refused(Path program, String why, boolean passphraseGiven) {
    String said = program + " refuses: " + (why.isEmpty() ? "it doesn't say why" : why);
    boolean missing = !passphraseGiven && why.contains("Passphrase required");
    return missing ? said + ": give it with --passphrase-file" : said;
  }

  static String wrongVersion(Path program, long version) {
    return program
        + " speaks version "
        + version
        + " of the hsmd's messages, cldcb only "
        + HsmdWire.MIN_VERSION
        + " to "
        + HsmdWire.MAX_VERSION;
  }

  static String otherAnswer(Path program, String what, int type) {
    return program + " answered " + what + " with a message of type " + type;
  }

  static String garbage(Path program, String what, String why) {
    return program + " answered " + what + " with garbage: " + why;
  }

  static String otherKey(Path program) {
    return program + " signed with another key than that of the node id it gave";
  }

  private static String because(String lastWords) {
    return lastWords.isEmpty() ? "" : ": " + lastWords;
  }
}
