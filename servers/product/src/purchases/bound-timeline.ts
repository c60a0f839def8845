import { idBytes, idText, query } from '@florin/database';
import type { Knex } from 'knex';
import type { PaymentOutcome } from './purchase-transitions.ts';

/** Maximum number of steps, repeated outcome events included. An ordinary purchase has at most five. */
const MAX_STEPS = 100;

/**
 * Leaves out repeated outcome events of purchases whose timeline has 100 steps. The first event of each type is always kept. Lock
 * the purchases first.
 *
 * @param repeatable those of `events` that changed nothing; only they can be repetitions
 */
export async function withoutSurplus(
  trx: Knex.Transaction,
  events: readonly PaymentOutcome[],
  repeatable: ReadonlySet<PaymentOutcome>,
): Promise<readonly PaymentOutcome[]> {
  if (repeatable.size === 0) return events;
  const steps = await countSteps(trx, new Set([...repeatable].map(({ subject }) => subject)));
  return events.filter((event) => {
    const ofPurchase = steps.get(event.subject);
    if (ofPurchase === undefined) return true;
    const isFirst = !ofPurchase.types.has(event.type);
    if (repeatable.has(event) && !isFirst && ofPurchase.count >= MAX_STEPS) return false;
    ofPurchase.types.add(event.type);
    ofPurchase.count++;
    return true;
  });
}

type Steps = { count: number; types: Set<string> };

async function countSteps(trx: Knex.Transaction, purchaseIds: ReadonlySet<string>): Promise<Map<string, Steps>> {
  const ids = [...purchaseIds];
  const rows = await query<{ purchase_id: Buffer; type: string; steps: number }>(
    trx,
    'SELECT purchase_id, type, COUNT(*) AS steps FROM purchase_timeline WHERE purchase_id IN (?) GROUP BY purchase_id, type',
    [ids.map(idBytes)],
  );
  const stepsOf = new Map<string, Steps>(ids.map((id) => [id, { count: 0, types: new Set() }]));
  for (const { purchase_id, type, steps } of rows) {
    const ofPurchase = stepsOf.get(idText(purchase_id));
    if (ofPurchase === undefined) continue;
    ofPurchase.count += steps;
    ofPurchase.types.add(type);
  }
  return stepsOf;
}
