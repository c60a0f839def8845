import { readFileSync } from 'node:fs';
import { newId, runTransaction } from '@florin/database';
import { requestPurchases } from '@florin/product-server/purchases';
import { payRequested, recordAnswered } from './hand-over.ts';
import type { BoundResult, BoundSpec } from './measure-bound.ts';
import { openUnsigned } from './open-unsigned.ts';
import { createPicker } from './pick.ts';

/**
 * The upper bound that the platform is compared with, in a separate process: the statements of a purchase in full batches,
 * without HTTP and without a broker.
 */

const BATCH_SIZE = 256;
const REQUESTERS = 2;
const IDLE_MS = 2;

process.on('message', (spec: BoundSpec) => {
  void drive(spec).then((result) => process.send?.(result));
});

async function drive({ databaseUrls, dataPath, seconds }: BoundSpec): Promise<BoundResult> {
  const product = openUnsigned({ url: databaseUrls.product, poolMax: 8 });
  const payment = openUnsigned({ url: databaseUrls.payment, poolMax: 8 });
  const { userIds, productIds } = JSON.parse(readFileSync(dataPath, 'utf8')) as { userIds: string[]; productIds: string[] };
  const pickUser = createPicker(userIds, 'uniform');
  const pickProduct = createPicker(productIds, 'uniform');
  const startedAt = Date.now();
  let requested = 0;
  let decided = 0;
  const isOver = (): boolean => Date.now() - startedAt >= seconds * 1_000;

  const request = async (): Promise<void> => {
    while (!isOver()) {
      // The backlog has the same maximum as the platform's.
      if (requested - decided > 20 * BATCH_SIZE) await pause();
      else {
        const requests = Array.from({ length: BATCH_SIZE }, () => ({
          userId: pickUser(),
          idempotencyKey: newId(),
          items: [{ productId: pickProduct(), quantity: 1 }],
        }));
        requested += (await runTransaction(product, (trx) => requestPurchases(trx, requests))).length;
      }
    }
  };
  const requesting = Promise.all(Array.from({ length: REQUESTERS }, request));
  let isRequesting = true;
  void requesting.finally(() => {
    isRequesting = false;
  });
  const pay = async (): Promise<void> => {
    for (;;) {
      if ((await payRequested({ product, payment })) > 0) continue;
      if (!isRequesting) return;
      await pause();
    }
  };
  const recordOutcomes = async (): Promise<void> => {
    while (isRequesting || decided < requested) {
      const recorded = await recordAnswered({ product, payment });
      decided += recorded.purchases;
      if (recorded.events === 0) await pause();
    }
  };
  await Promise.all([requesting, pay(), recordOutcomes()]);
  const result = { purchases: decided, durationMs: Date.now() - startedAt };
  // Services that start on these databases refuse unsigned events, and stop consuming after ten of them.
  while ((await recordAnswered({ product, payment })).events > 0);
  await Promise.all([product.destroy(), payment.destroy()]);
  return result;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, IDLE_MS));
}
