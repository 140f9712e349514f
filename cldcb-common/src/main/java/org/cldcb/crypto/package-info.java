/**
 * Keys, digests, authenticated encryption and node signatures, in the exact forms that the
 * Lightning Network uses, so that Core Lightning and whatever holds its keys can take part. Public
 * and private keys are secp256k1, ECDH is SHA-256 of the compressed shared point, a signature is
 * what Core Lightning's {@code signmessage} makes. The curve comes from Bouncy Castle, everything
 * symmetric from the JDK. Secrets live in byte arrays that are wiped after use; none is ever in a
 * String, a log line or an exception.
 */
package org.cldcb.crypto;
