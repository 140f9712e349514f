package org.cldcb.plugin.backup;

/**
 * lightningd must stop: there is proof that going on would lose money. The message is one line that
 * says what happened and what to do.
 */
public final class HaltException extends Exception {
  private static final long serialVersionUID = 1;

  HaltException(String message) {
    super(message);
  }

  static HaltException superseded() {
    return new HaltException(
        "this node's backup was claimed by another installation (recover or install elsewhere). Two"
            + " copies of one node lose money, so this one stops for good. Only if this is the copy"
            + " to go on with: run cldcb-client install here, which says what else that takes");
  }

  static HaltException behind(long onDisk, long backup) {
    return new HaltException(
        "the database is at version "
            + onDisk
            + " but its backup is at "
            + backup
            + ": an old database loses money. Move it away and run cldcb-client recover; only if it"
            + " is truly the one to go on with, stop lightningd and run cldcb-client install"
            + " --replace-backup");
  }

  static HaltException foreignWriter() {
    return new HaltException(
        "somebody else wrote this node's backup with this installation's key: a copy of this"
            + " machine seems to be running. Stop one of the two, for good; then start lightningd"
            + " here, which halts again if the other one's database is the newer");
  }
}
