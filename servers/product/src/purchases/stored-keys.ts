import { pickFields, query, readRow, type StoredRowOf, sqlId } from '@florin/database';
import { requestHash } from '@florin/http';
import type { Knex } from 'knex';
import { purchasesTable } from './purchase.ts';
import type { PurchaseRequest } from './purchase-request.ts';

export type Known = { id: string; requestHash: Buffer; sentHash: Buffer | null };

const keyTable = pickFields(purchasesTable, ['id', 'userId', 'idempotencyKey', 'requestHash', 'sentHash']);

/** Reads what is stored under the keys of the requests, by `keyOf`. */
export async function findByKey(trx: Knex.Transaction, requests: readonly PurchaseRequest[]): Promise<Map<string, Known>> {
  const columns = keyTable.cells.map(({ column }) => `p.${column}`).join(', ');
  const rows = await query<StoredRowOf<typeof keyTable>>(
    trx,
    `SELECT ${columns} FROM (SELECT ? AS user_id, ? AS idempotency_key${' UNION ALL SELECT ?'.repeat(requests.length - 1)}) AS wanted
     JOIN purchases AS p ON p.user_id = wanted.user_id AND p.idempotency_key = wanted.idempotency_key`,
    requests.flatMap(({ userId, idempotencyKey }, index) => {
      const key = [sqlId(userId), Buffer.from(idempotencyKey)];
      return index === 0 ? key : [key];
    }),
  );
  return new Map(
    rows.map((row) => {
      const known = readRow(keyTable, row);
      return [keyOf(known), known];
    }),
  );
}

export function keyOf({ userId, idempotencyKey }: { userId: string; idempotencyKey: string }): string {
  return `${userId} ${idempotencyKey}`;
}

/** Of the body only: the cart may have changed when a retry comes. */
export function hashOf({ isCheckout, items, ...request }: PurchaseRequest): Buffer {
  const { expectedTotalMinor, couponCode, delivery } = request;
  const terms = { expectedTotalMinor, couponCode, delivery };
  if (isCheckout === true) return requestHash(['checkout', terms]);
  const hasTerms = Object.values(terms).some((term) => term !== undefined);
  return hasTerms ? requestHash([hashItems(items).toString('hex'), terms]) : hashItems(items);
}

/** The `request_hash` of purchases. */
export function hashItems(items: readonly Readonly<Record<'productId' | 'quantity', unknown>>[]): Buffer {
  return requestHash(items.map(({ productId, quantity }) => [productId, quantity]));
}
