package org.cldcb.e2e.rig;

/**
 * A line of lightningd's log.
 *
 * @param source the plugin's file name, or {@code lightningd}
 * @param level {@code debug}, {@code info}, {@code unusual} or {@code broken}
 */
public record LogLine(String source, String level, String message) {}
