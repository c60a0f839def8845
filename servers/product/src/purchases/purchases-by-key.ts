import { firstOf, idBytes, idText } from '@florin/database';
import type { Idempotency, KeyedRow, StoredRequest } from '@florin/http';
import type { Knex } from 'knex';
import { purchaseErrors } from './errors.ts';
import { readItems } from './read-items.ts';
import { hashItems } from './stored-keys.ts';

type Options = { replay(purchaseId: string, ...to: Parameters<StoredRequest['replay']>): ReturnType<StoredRequest['replay']> };

/** Finds purchases by idempotency key. The order of the items is ignored. */
export function purchasesByKey(db: Knex, { replay }: Options): Idempotency {
  return {
    unordered: ['items'],
    // `requestPurchases` looks up the keys of a whole batch with one query.
    isFoundByHandle: true,
    rejectedBeforeLookup: [purchaseErrors.PURCHASES_PAUSED.code],
    async find({ userId, idempotencyKey }) {
      const key = { user_id: idBytes(userId), idempotency_key: Buffer.from(idempotencyKey) };
      const row = await firstOf<KeyedRow & { id: Buffer }>(db('purchases').where(key).select('id', 'request_hash', 'sent_hash'));
      if (row === undefined) return undefined;
      const id = idText(row.id);
      const places = new Map(((await readItems(db, [id])).get(id) ?? []).map(({ productId }, place) => [productId, place]));
      return {
        requestHash: row.request_hash,
        sentHash: row.sent_hash,
        requestHashOf: ({ body }) => hashItems(inOrder(sentItems(body['items']), places)),
        replay: (request) => replay(id, request),
      };
    },
  };
}

type SentItem = { productId: string; quantity: unknown };

function sentItems(sent: unknown): SentItem[] {
  const items: unknown[] = Array.isArray(sent) ? sent : [];
  return items.map((item) => {
    const { productId, quantity } = (item ?? {}) as Partial<SentItem>;
    return { productId: String(productId).toLowerCase(), quantity };
  });
}

/** Sorts items in the order of the stored purchase, which the hash of the previous release includes. */
function inOrder(items: readonly SentItem[], places: ReadonlyMap<string, number>): SentItem[] {
  const placeOf = ({ productId }: SentItem): number => places.get(productId) ?? places.size;
  return [...items].sort((a, b) => placeOf(a) - placeOf(b));
}
