import { idBytes } from '@florin/database';
import { messagingInvariants } from '@florin/messaging';
import { invariants as paymentInvariants } from '@florin/payment-server/invariants';
import { type ServiceName, serviceNames } from '../platform/service-names.ts';
import { allChecks, serviceInvariants } from './all-checks.ts';
import type { AuditReport } from './audit-report.ts';
import { checkInvariants } from './check-invariants.ts';
import { contactComparison } from './compare-contacts.ts';
import { limitComparison } from './compare-limits.ts';
import { purchaseComparison } from './compare-purchases.ts';
import { compareServices } from './compare-services.ts';
import { userComparison } from './compare-users.ts';
import { type Counters, createCounters } from './counters.ts';
import { type Doors, openDoors } from './open-doors.ts';
import { summarize } from './summarize.ts';

export type AuditOptions = {
  databaseUrls: Record<ServiceName, string>;
  onProgress?: ((line: string) => void) | undefined;
  /** Milliseconds that two services may differ before it counts, so that events in flight arrive (default 10,000). */
  recheckMs?: number | undefined;
  /** Milliseconds that a purchase may stay undecided, a refund pending or an event unpublished (default 60,000). */
  stuckAfterMs?: number | undefined;
  /** Currency in which every user has a wallet (default EUR). */
  currency?: string | undefined;
  /** Names of the checks to run (default: all). */
  only?: readonly string[] | undefined;
  /** Checks only the ledger of this user's wallets. */
  userId?: string | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * Checks the invariants of each service, and compares the services. Memory is bounded, nothing is locked, and purchases
 * continue meanwhile.
 *
 * @throws Error if a check is unknown or a database does not answer. Violations are in the report.
 */
export async function runAudit({ databaseUrls, onProgress = () => {}, only, ...options }: AuditOptions): Promise<AuditReport> {
  const startedAt = Date.now();
  const unknown = only?.filter((name) => !allChecks.has(name)) ?? [];
  if (unknown.length > 0) throw new Error(`Unknown check ${unknown.join(', ')}. Known: ${[...allChecks.keys()].join(', ')}.`);
  const counters = createCounters({ only, onProgress });
  const doors = await openDoors(databaseUrls, options.signal);
  try {
    if (options.userId === undefined) {
      await checkServices(doors, counters, options);
      await compareAll(doors, counters, options);
    } else await checkUser(doors, counters, options.userId);
  } finally {
    await doors.close();
  }
  const { checks, findings, things } = counters.results();
  const ok = checks.every((check) => check.findings === 0);
  return { ok, checks, findings, summary: summarize({ checks, things, durationMs: Date.now() - startedAt }) };
}

type Bounds = Pick<AuditOptions, 'recheckMs' | 'stuckAfterMs' | 'currency' | 'signal'>;

const STUCK_AFTER_MS = 60_000;
const RECHECK_MS = 10_000;
const CURRENCY = 'EUR';

async function checkServices(doors: Doors, counters: Counters, { stuckAfterMs = STUCK_AFTER_MS }: Bounds): Promise<void> {
  const messaging = (service: ServiceName): Promise<void> =>
    checkInvariants(doors[service].snapshot, messagingInvariants({ service, olderThanMs: stuckAfterMs }), { service, counters });
  // Messaging first, because it measures the age of events against the clock. Then the services in parallel.
  await Promise.all(serviceNames.map(messaging));
  const own = (service: ServiceName): Promise<void> =>
    checkInvariants(doors[service].snapshot, serviceInvariants[service], { service, counters });
  await Promise.all(serviceNames.map(own));
}

async function checkUser(doors: Doors, counters: Counters, userId: string): Promise<void> {
  const wallets = await doors.payment.snapshot('SELECT id FROM wallets WHERE user_id = ?', [idBytes(userId)]);
  if (wallets.length === 0) throw new Error(`User ${userId} has no wallet.`);
  await checkInvariants(doors.payment.snapshot, paymentInvariants, { service: 'payment', counters, userId });
}

async function compareAll(doors: Doors, counters: Counters, bounds: Bounds): Promise<void> {
  const { stuckAfterMs = STUCK_AFTER_MS, recheckMs = RECHECK_MS, currency = CURRENCY, signal } = bounds;
  const options = { doors, counters, recheckMs, signal };
  await compareServices(purchaseComparison({ stuckAfterMs }), options);
  await compareServices(limitComparison, options);
  await compareServices(userComparison({ currency }), options);
  await compareServices(contactComparison, options);
}
