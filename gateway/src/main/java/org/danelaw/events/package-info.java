/// What happened, told once: logs, metrics, reports and pages listen.
@org.jspecify.annotations.NullMarked
package org.danelaw.events;
