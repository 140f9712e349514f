package org.cldcb.crypto;

import java.security.GeneralSecurityException;

/**
 * A ciphertext isn't what this key sealed with this nonce and this additional data: it was altered,
 * truncated, moved, or sealed by somebody else. Which of these can't be known.
 */
public final class AuthenticationException extends GeneralSecurityException {

  private static final long serialVersionUID = 1;

  AuthenticationException() {
    super("authentication failed");
  }
}
