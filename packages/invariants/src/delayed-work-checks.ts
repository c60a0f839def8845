/** Checks for delayed work: no violation of money or stock, but an operator must act. */
export const delayedWorkChecks: readonly string[] = ['dead-letters', 'outbox', 'parked-events', 'stuck-purchases'];
