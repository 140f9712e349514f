package org.cldcb.link;

import org.cldcb.contact.Contact;
import org.cldcb.contact.Wrapper;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.format.Identity;

/** All that a hello needs: which server, for which node, as which delegate. */
public record Access(
    Contact server, Identity identity, PrivateKey delegateKey, MessageSignature delegation) {

  public static Access of(Wrapper wrapper) {
    return new Access(
        wrapper.server(), wrapper.identity(), wrapper.delegateKey(), wrapper.delegation());
  }
}
