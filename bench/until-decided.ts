import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';

const TIMEOUT_MS = 120_000;
/** Longer than a request takes from its arrival to its commit, also under overload. */
const QUIET_MS = 1_500;
/** More than the purchases of all transactions under way. */
const NEWEST = 500;

/**
 * Waits until every purchase is decided and no other follows. A load that ends cuts its connections, so the last requests commit
 * after their client has gone: services that stopped before would leave a purchase that payment has charged and product has not
 * heard of.
 *
 * @param product the database of product
 * @returns when the last purchase was decided, in milliseconds since 1970
 */
export async function untilDecided(product: Knex): Promise<number> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const decidedAt = await untilNoneRequested(product, deadline);
    const newest = await newestIds(product);
    await sleep(QUIET_MS);
    if (!(await isAnyRequested(product)) && (await newestIds(product)) === newest) return decidedAt;
    if (Date.now() > deadline) throw new Error(`Purchases still arrive after ${TIMEOUT_MS / 1_000} s`);
  }
}

async function untilNoneRequested(product: Knex, deadline: number): Promise<number> {
  while (await isAnyRequested(product)) {
    if (Date.now() > deadline) throw new Error(`Purchases are still undecided after ${TIMEOUT_MS / 1_000} s`);
    await sleep(20);
  }
  return Date.now();
}

async function isAnyRequested(product: Knex): Promise<boolean> {
  const [rows] = (await product.raw("SELECT 1 FROM purchases WHERE status = 'requested' LIMIT 1")) as [unknown[]];
  return rows.length > 0;
}

async function newestIds(product: Knex): Promise<string> {
  const [rows] = (await product.raw(`SELECT HEX(id) AS id FROM purchases ORDER BY id DESC LIMIT ${NEWEST}`)) as [
    { id: string }[],
  ];
  return rows.map(({ id }) => id).join();
}
