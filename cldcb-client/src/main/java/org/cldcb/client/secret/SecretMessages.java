package org.cldcb.client.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cldcb.cli.Failure;
import org.cldcb.client.cli.Messages;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.HsmSecretForm;
import org.cldcb.crypto.PublicKey;

/** Every sentence about secrets: lower case, no final period, and never a part of one. */
final class SecretMessages {
  static final String ASK_PASSPHRASE = "passphrase of hsm_secret (it doesn't show):";
  static final String ASK_WORDS_PASSPHRASE =
      "passphrase of these words, empty if they have none (it doesn't show):";
  static final String ASK_TYPE = "type the secret in from paper?";
  static final String ASK_LINE = "secret>";
  static final List<String> HOW_TO_TYPE =
      List.of(
          "type one of these, and Enter; what you type shows on the screen:",
          "  its 12 or 24 words, in one line, or in several and an empty one at their end",
          "  its 64 hex digits, or the first line of a sheet: 16 hex digits and the check word",
          "  a codex32 string, which begins with cl1");
  static final String HEX_WITHOUT_CHECK =
      "64 hex digits: there is no checksum in them, only the node id shows a slip";

  private SecretMessages() {}

  // --- passphrases

  static Failure badPassphraseFile(Path file, IOException e) {
    return Failure.failed("can't read the passphrase from " + file + ": " + Messages.reason(e));
  }

  static Failure missingPassphrase() {
    return Failure.usage(
        "it needs a passphrase, and nobody typed one",
        "run this on a terminal, or give a file with --passphrase-file (- is stdin)");
  }

  static Failure emptyPassphraseFile(Path file) {
    return Failure.failed("no passphrase: " + file + " is empty");
  }

  static Failure longPassphrase(Path file) {
    return Failure.failed("no passphrase: the first line of " + file + " has more than 64 KiB");
  }

  // --- typing in

  static Failure badEntry(HsmSecretException e) {
    return Failure.failed(
        "this isn't the secret: " + e.getMessage(),
        "nothing was written; compare, and run it again");
  }

  static String askLine(int line) {
    return "line " + line + ">";
  }

  static String wordsFit(int count) {
    return count + " words: all are BIP39's, and their checksum fits";
  }

  static String linesFit(int lines) {
    return lines + " lines: the check word of each fits";
  }

  static String codex32Fits() {
    return "codex32: the checksum fits";
  }

  static String whatResults(HsmSecretForm form) {
    return "kind of secret: " + kind(form);
  }

  static String nodeId(PublicKey nodeId) {
    return "node id: " + nodeId;
  }

  /** Lightningd derives on-chain keys from all 64 bytes of a seed, of which these are the half. */
  static String onlyOldNodes() {
    return "if this node was made by v25.12 or later, it has words: type those instead, the"
        + " on-chain wallet isn't in this";
  }

  static String kind(HsmSecretForm form) {
    return switch (form) {
      case PLAIN -> "32 bytes (nodes made before v25.12)";
      case ENCRYPTED -> "32 bytes, encrypted with a passphrase (nodes made before v25.12)";
      case MNEMONIC -> "words without passphrase";
      case MNEMONIC_WITH_PASSPHRASE -> "words with a passphrase";
    };
  }

  // --- paper

  static String confirmSecret(PublicKey nodeId) {
    return "put the secret of node "
        + nodeId
        + " on the sheet? who reads it can take all its money";
  }

  static Failure nowhereToPrint() {
    return Failure.usage(
        "the secret is printed to a terminal or to a file only", "give a file with --out FILE");
  }

  static Failure otherNode(PublicKey running, PublicKey secret) {
    return Failure.failed(
        "the hsm_secret is that of node " + secret + ", but lightningd runs as " + running,
        "no sheet is printed that wouldn't bring this node back");
  }

  static Failure noSecretHere(Path folder) {
    return Failure.failed(
        "no hsm_secret to print: neither in " + folder + " nor in the folder above",
        "if a signing device holds the key: the sheet without --secret, and the device's own"
            + " backup");
  }

  static Failure fileExists(Path file) {
    return Failure.failed("not written: " + file + " is there already");
  }

  static Failure notWritten(Path file, IOException e) {
    return Failure.failed("not written: " + file + ": " + Messages.reason(e));
  }

  static String written(Path file) {
    return "wrote " + file;
  }

  static String notInstalled() {
    return "no server is known here: run cldcb-client install first, or write the contact down";
  }
}
