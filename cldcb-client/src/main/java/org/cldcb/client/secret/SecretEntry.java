package org.cldcb.client.secret;

import org.cldcb.client.cli.Messages;
import org.cldcb.client.cli.Terminal;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.HsmSecretForm;
import org.cldcb.crypto.NodeKey;

/** Lets the operator type a secret in from paper, and shows what becomes of it. */
public final class SecretEntry {
  private final Terminal terminal;
  private final PassphraseOptions passphrase;

  public SecretEntry(Terminal terminal, PassphraseOptions passphrase) {
    this.terminal = terminal;
    this.passphrase = passphrase;
  }

  /**
   * Asks for a secret on a terminal, says which checks passed, and which node it is.
   *
   * @param why what is missing
   * @return the secret, the caller's to close, in the form that lightningd would keep it in
   */
  public HsmSecret take(String why) {
    terminal.note(why);
    terminal.confirm(SecretMessages.ASK_TYPE);
    SecretMessages.HOW_TO_TYPE.forEach(terminal::note);
    PaperReader reader =
        new PaperReader(
            this::line,
            passphrase.from(terminal, SecretMessages.ASK_WORDS_PASSPHRASE),
            terminal::note);
    try {
      HsmSecret secret = reader.read();
      show(secret);
      return secret;
    } catch (HsmSecretException e) {
      throw SecretMessages.badEntry(e);
    }
  }

  private byte[] line(int number) {
    String prompt = number == 1 ? SecretMessages.ASK_LINE : SecretMessages.askLine(number);
    return terminal.askSecret(prompt, true).orElseThrow(Messages::declined);
  }

  private void show(HsmSecret secret) {
    try (NodeKey key = secret.nodeKey()) {
      terminal.note(SecretMessages.whatResults(secret.form()));
      terminal.note(SecretMessages.nodeId(key.nodeId()));
    }
    if (secret.form() == HsmSecretForm.PLAIN) {
      terminal.note(SecretMessages.onlyOldNodes());
    }
  }
}
