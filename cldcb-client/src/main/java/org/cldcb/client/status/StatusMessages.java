package org.cldcb.client.status;

import java.nio.file.Path;
import org.cldcb.client.cln.Liveness;

/** Every sentence of status alone: lower case, no final period. */
final class StatusMessages {
  private StatusMessages() {}

  static String liveness(Liveness liveness) {
    return switch (liveness) {
      case RUNNING -> "running";
      case FROZEN -> "running, but answers nothing";
      case DOWN -> "not running";
    };
  }

  static String notInstalled(Path wrapper) {
    return "not installed: there is no " + wrapper;
  }

  static String notExecutable(Path wrapper) {
    return "lightningd can't start the plugin: " + wrapper + " isn't executable";
  }

  static String pluginGone(Path executable) {
    return "what the wrapper starts isn't there: " + executable;
  }

  static String tombstone(Path tombstone) {
    return "another installation took over, the plugin doesn't start any more: " + tombstone;
  }

  static String notImportant(Path config) {
    return "lightningd would run without the plugin: its line is missing in " + config;
  }

  static String answersNothing() {
    return "lightningd answers nothing: its log says whether it waits for its backup";
  }

  static String pluginNotRunning() {
    return "lightningd runs without the plugin";
  }

  static String unclaimed() {
    return "the server lost its records of this node: run cldcb-client install";
  }

  static String notClaimant() {
    return "another installation writes this backup";
  }

  static String noBase() {
    return "the server has no complete backup";
  }

  static String backupBehind(long there, long here) {
    return "writes are missing in the backup: data_version " + there + ", here " + here;
  }

  static String backupAhead(long there, long here) {
    return "this database is older than the backup: data_version " + here + ", there " + there;
  }

  static String quotaNearlyUsed() {
    return ", over 80 %: more with cldcb-server allow NODE_ID --quota SIZE";
  }

  static String protectedNow() {
    return "protected";
  }

  static String notProtected(String why) {
    return "not protected: " + why;
  }
}
