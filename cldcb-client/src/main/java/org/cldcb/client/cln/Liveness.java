package org.cldcb.client.cln;

/** Whether lightningd runs. */
public enum Liveness {
  /** It answers. */
  RUNNING,
  /** It runs but answers nothing: it starts, stops, or waits for an answer to a db_write hook. */
  FROZEN,
  /** It doesn't run. */
  DOWN
}
