import { messagingInvariants } from '@florin/messaging';
import { ledgerSum, invariants as paymentInvariants } from '@florin/payment-server/invariants';
import { invariants as productInvariants } from '@florin/product-server/invariants';
import { idBytes } from '@florin/runtime';
import { type ServiceName, serviceNames } from '../platform/service-names.ts';
import { allChecks } from './all-checks.ts';
import type { AuditReport } from './audit-report.ts';
import { checkInvariants } from './check-invariants.ts';
import { limitComparison } from './compare-limits.ts';
import { purchaseComparison } from './compare-purchases.ts';
import { compareServices } from './compare-services.ts';
import { userComparison } from './compare-users.ts';
import { type Doors, openDoors } from './open-doors.ts';
import { summarize } from './summarize.ts';
import { createTally, type Tally } from './tally.ts';

export type AuditOptions = {
  databaseUrls: Record<ServiceName, string>;
  onProgress?: ((line: string) => void) | undefined;
  /** How long two services may differ before it counts: what is under way arrives meanwhile. */
  settleMs?: number | undefined;
  /** How long a purchase may stay undecided, a refund unanswered or an event unpublished. */
  stuckAfterMs?: number | undefined;
  /** In which every user has a wallet. */
  currency?: string | undefined;
  /** Names of the checks to do; all where it is left out. */
  only?: readonly string[] | undefined;
  /** Checks what the ledger has of this user's wallets, and nothing else. */
  userId?: string | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * Reads all that the three services have and compares it: within each of them, and between them. Memory stays the same however
 * much there is, nothing is locked, and purchases go on meanwhile.
 *
 * @throws Error when a check is not known or a database does not answer; what is wrong in the data is in the report
 */
export async function runAudit({ databaseUrls, onProgress = () => {}, only, ...options }: AuditOptions): Promise<AuditReport> {
  const startedAt = Date.now();
  const unknown = only?.filter((name) => !allChecks.has(name)) ?? [];
  if (unknown.length > 0)
    throw new Error(`There is no check ${unknown.join(', ')}: choose of ${[...allChecks.keys()].join(', ')}.`);
  const tally = createTally({ only, onProgress });
  const doors = await openDoors(databaseUrls, options.signal);
  try {
    if (options.userId === undefined) {
      await checkServices(doors, tally, options);
      await compareAll(doors, tally, options);
    } else await checkUser(doors, tally, options.userId);
  } finally {
    await doors.close();
  }
  const { checks, findings, things } = tally.results();
  const ok = checks.every((check) => check.findings === 0);
  return { ok, checks, findings, summary: summarize({ checks, things, durationMs: Date.now() - startedAt }) };
}

type Bounds = Pick<AuditOptions, 'settleMs' | 'stuckAfterMs' | 'currency' | 'signal'>;

const STUCK_AFTER_MS = 60_000;
const SETTLE_MS = 10_000;
const CURRENCY = 'EUR';

async function checkServices(doors: Doors, tally: Tally, { stuckAfterMs = STUCK_AFTER_MS }: Bounds): Promise<void> {
  const messaging = (service: ServiceName): Promise<void> =>
    checkInvariants(doors[service].snapshot, messagingInvariants({ service, olderThanMs: stuckAfterMs }), { service, tally });
  // First, because the age of events is measured against the clock. Then the services in parallel.
  await Promise.all(serviceNames.map(messaging));
  await Promise.all([
    checkInvariants(doors.product.snapshot, productInvariants, { service: 'product', tally }),
    checkInvariants(doors.payment.snapshot, [ledgerSum, ...paymentInvariants], { service: 'payment', tally }),
  ]);
}

async function checkUser(doors: Doors, tally: Tally, userId: string): Promise<void> {
  const wallets = await doors.payment.snapshot('SELECT id FROM wallets WHERE user_id = ?', [idBytes(userId)]);
  if (wallets.length === 0) throw new Error(`There is no wallet of user ${userId}.`);
  await checkInvariants(doors.payment.snapshot, paymentInvariants, { service: 'payment', tally, userId });
}

async function compareAll(doors: Doors, tally: Tally, bounds: Bounds): Promise<void> {
  const { stuckAfterMs = STUCK_AFTER_MS, settleMs = SETTLE_MS, currency = CURRENCY, signal } = bounds;
  const options = { doors, tally, settleMs, signal };
  await compareServices(purchaseComparison({ stuckAfterMs }), options);
  await compareServices(limitComparison, options);
  await compareServices(userComparison({ currency }), options);
}
