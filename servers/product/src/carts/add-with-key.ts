import { AppError, requestErrors } from '@florin/app-response';
import { firstOf, idBytes, insertRows } from '@florin/database';
import { type Idempotency, type KeyedRequest, type Reply, requestHash } from '@florin/http';
import type { Knex } from 'knex';
import type { WantedItem } from '../pricing/index.ts';
import { cartKeysTable } from './carts-table.ts';
import { addCartItem } from './change-cart.ts';
import { lockCart } from './lock-cart.ts';

type Adding = WantedItem & { userId: string; keyed?: KeyedRequest | undefined };

/**
 * Adds units to the cart, once per key. The key is looked up under the cart's lock.
 *
 * @returns whether an earlier request under this key has added them
 * @throws AppError as `addCartItem`; IDEMPOTENCY_KEY_REUSED
 */
export async function addWithKey(trx: Knex.Transaction, { userId, keyed, ...item }: Adding): Promise<{ isReplay: boolean }> {
  const cart = await lockCart(trx, userId);
  if (keyed !== undefined) {
    const stored = await findKey(trx, { userId, ...keyed });
    const hash = hashOf(item);
    if (stored !== undefined) {
      if (!stored.request_hash.equals(hash)) throw new AppError(requestErrors.IDEMPOTENCY_KEY_REUSED);
      return { isReplay: true };
    }
    const { idempotencyKey, sentHash = null } = keyed;
    await insertRows(trx, cartKeysTable, [{ userId, idempotencyKey, requestHash: hash, sentHash, createdAt: cart.updatedAt }]);
  }
  await addCartItem(trx, cart, item);
  return { isReplay: false };
}

type StoredKey = { request_hash: Buffer; sent_hash: Buffer | null };

function findKey(
  db: Knex,
  { userId, idempotencyKey }: { userId: string; idempotencyKey: string },
): Promise<StoredKey | undefined> {
  const key = { user_id: idBytes(userId), idempotency_key: Buffer.from(idempotencyKey) };
  return firstOf<StoredKey>(db('cart_keys').where(key).select('request_hash', 'sent_hash'));
}

function hashOf({ productId, quantity }: WantedItem): Buffer {
  return requestHash([productId, quantity]);
}

type Replay = (owner: { userId: string }) => Promise<Reply>;

/** Keys are optional here, and looked up by `addWithKey`. */
export function cartKeys(db: Knex, { replay }: { replay: Replay }): Idempotency & { isOptional: true } {
  return {
    isOptional: true,
    isFoundByHandle: true,
    async find({ userId, idempotencyKey }) {
      const stored = await findKey(db, { userId, idempotencyKey });
      return (
        stored && {
          requestHash: stored.request_hash,
          sentHash: stored.sent_hash,
          requestHashOf: ({ body }) => hashOf(body as WantedItem),
          replay: () => replay({ userId }),
        }
      );
    },
  };
}
