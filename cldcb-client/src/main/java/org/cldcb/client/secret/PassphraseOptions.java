package org.cldcb.client.secret;

import java.nio.file.Path;
import java.util.Optional;
import org.cldcb.client.cli.Terminal;
import org.cldcb.crypto.Passphrase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a passphrase comes from; never from the command line, which everybody can read. */
public final class PassphraseOptions {
  @Option(
      names = PassphraseFile.OPTION,
      paramLabel = "FILE",
      description =
          "the first line of this file is the hsm_secret's passphrase; - is stdin (default: it is"
              + " asked for, if there is one)")
  private @Nullable Path file;

  /** The passphrase for somebody else to open a secret with: only one that was given. */
  public Optional<Passphrase> given(Terminal terminal) {
    return file == null ? Optional.empty() : Optional.of(from(terminal));
  }

  /** The passphrase of an hsm_secret that has one. */
  public Passphrase from(Terminal terminal) {
    return from(terminal, SecretMessages.ASK_PASSPHRASE);
  }

  Passphrase from(Terminal terminal, String question) {
    if (file == null) {
      return () ->
          terminal.askSecret(question, false).orElseThrow(SecretMessages::missingPassphrase);
    }
    if (file.equals(PassphraseFile.STDIN) && terminal.isInteractive()) {
      // What is typed into stdin must not show either.
      return () ->
          terminal.readSecret(question, false).orElseThrow(SecretMessages::missingPassphrase);
    }
    return new PassphraseFile(file);
  }
}
