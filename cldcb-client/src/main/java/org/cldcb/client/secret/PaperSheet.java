package org.cldcb.client.secret;

import java.util.List;
import java.util.Optional;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.HsmSecretForm;
import org.cldcb.crypto.Secrets;
import org.cldcb.format.Identity;

/**
 * What an operator keeps on paper: lines of at most 79 characters, not more than a page of them.
 *
 * @param form of the hsm_secret; empty if there is none, as with a signing device
 */
record PaperSheet(Identity identity, List<Contact> servers, Optional<HsmSecretForm> form) {
  private static final int WORDS_PER_LINE = 6;

  /** What comes before the secret, or before the words that it isn't here. */
  void print(SecretText text) {
    text.append("CLDCB RECOVERY SHEET\n\n")
        .append("node id\n    " + identity.nodeId() + "\n")
        .append("network\n    " + identity.network() + "\n")
        .append("server\n");
    servers.forEach(server -> printServer(server, text));
    if (servers.isEmpty()) {
      text.append("    ______________________________________________________________________\n");
    }
    text.append("kind of secret\n    ")
        .append(form.map(SecretMessages::kind).orElse("no hsm_secret: kept by a signing device"))
        .append(
            """


            To bring the node back on a new machine with lightningd and cldcb:

                cldcb-client recover --lightning-dir=DIR --network=NETWORK --server=SERVER

            SERVER is key@host:port in one word. Make sure first that the old node is off
            for good. Compare the node id that recover shows with the one above.
            """);
  }

  /** What stands in place of {@link #printSecret}. */
  void printWithoutSecret(SecretText text) {
    text.append("\nThe secret isn't on this sheet: keep a copy of hsm_secret offline too.\n");
    if (form.filter(HsmSecretForm::needsPassphrase).isPresent()) {
      text.append("Neither is its passphrase, which is needed besides.\n");
    }
  }

  /** The secret, as {@link PaperReader} takes it. */
  void printSecret(HsmSecret secret, SecretText text) {
    text.append("\nTHE SECRET: who reads this can take all the node's money\n\n");
    secret.words().ifPresentOrElse(words -> printWords(words, text), () -> printHex(secret, text));
  }

  /** A contact is too long for a line: the key, then where it is. */
  private static void printServer(Contact server, SecretText text) {
    String contact = server.toString();
    int at = contact.indexOf('@');
    text.append("    " + contact.substring(0, at) + "\n")
        .append("    " + contact.substring(at) + "\n");
  }

  private void printWords(byte[] words, SecretText text) {
    int word = 0;
    text.append("    ");
    for (byte b : words) {
      boolean ends = b == ' ' && ++word % WORDS_PER_LINE == 0;
      text.append(ends ? '\n' : (char) b).append(ends ? "    " : "");
    }
    Secrets.wipe(words);
    text.append(
        "\n\nWhere there is no hsm_secret, recover asks for these lines, and an empty one.\n");
    if (form.filter(HsmSecretForm::needsPassphrase).isPresent()) {
      text.append("They are of no use without their passphrase: keep that somewhere else.\n");
    }
  }

  private void printHex(HsmSecret secret, SecretText text) {
    byte[] bytes = secret.secret();
    CheckedHex.print(bytes, text);
    Secrets.wipe(bytes);
    text.append(
        "\nWhere there is no hsm_secret, recover asks for these lines, each with its word.\n");
    if (form.filter(HsmSecretForm.ENCRYPTED::equals).isPresent()) {
      text.append("They are the secret decrypted: the passphrase doesn't protect this sheet.\n");
    }
  }
}
