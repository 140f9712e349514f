/** The product as a whole, its real executables, against the rig: backup, disaster, recovery. */
package org.cldcb.e2e.backup;
