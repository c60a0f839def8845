import type { Logger } from './logger.ts';
import type { LogFields } from './request-context.ts';

/** The level of each security event in the log. The names are stable: alerts and searches use them. */
export const securityEvents = {
  'auth.signin.succeeded': 'info',
  'auth.signin.failed': 'warn',
  'auth.signin.locked': 'warn',
  'auth.refresh.reused': 'warn',
  'auth.password.changed': 'info',
  'auth.password.failed': 'warn',
  'auth.password.locked': 'warn',
  'auth.session.ended': 'info',
  'user.disabled': 'info',
  'user.enabled': 'info',
  'user.unlocked': 'info',
  'user.erased': 'info',
  'user.roles.changed': 'warn',
  'authorization.denied': 'warn',
  'events.forged': 'error',
  'switch.thrown': 'warn',
  'switch.ended': 'warn',
} as const;

export type SecurityEvent = keyof typeof securityEvents;

/**
 * Records a security event in the log and in `florin_security_events_total`. Call it after the commit. The log line has the
 * request, the user, the session and the address of the current request; `fields` replace and add to them.
 */
export function recordSecurityEvent(
  { logger, metrics }: { logger: Logger; metrics: { countSecurityEvent(event: SecurityEvent): void } },
  event: SecurityEvent,
  fields: LogFields = {},
): void {
  metrics.countSecurityEvent(event);
  logger.log(securityEvents[event], event, fields);
}
