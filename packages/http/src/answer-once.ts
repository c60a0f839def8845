import { AppError, requestErrors } from '@florin/app-response';
import { isDuplicateKey } from '@florin/database';
import type { Request } from 'express';
import type { Reply } from './reply.ts';
import type { SentRequest } from './sent-hash.ts';

/** The idempotency key of a request and the hash of what was sent, to be stored in the row that the request creates. */
export type KeyedRequest = {
  idempotencyKey: string;
  /** Undefined for callers without a request to hash. */
  sentHash?: Buffer | undefined;
};

export type KeyOwner = { userId: string; idempotencyKey: string };

/** The row that an earlier request with the same key created. */
export type StoredRequest = {
  requestHash: Buffer;
  /** NULL if the previous release stored the row. */
  sentHash: Buffer | null;
  /** Computes the `request_hash` of a sent request, with the defaults that this row was stored with. */
  requestHashOf(sent: SentRequest): Buffer;
  /** Builds the response from the current state of the row. */
  replay(request: Request): Promise<Reply> | Reply;
};

/**
 * How a table stores idempotency keys, UNIQUE per user. Most are in the row that the request creates and are never deleted; keys of
 * carts have their own table and are deleted after CART_TTL_S.
 */
export type Idempotency = {
  find(owner: KeyOwner): Promise<StoredRequest | undefined>;
  /** Names of list fields in the body whose order does not matter. */
  unordered?: readonly string[];
  /**
   * True if `handle` looks keys up in batches, replays requests with the same `sent_hash` and throws IDEMPOTENCY_KEY_REUSED for
   * the rest. `find` is then called only after `handle` or a schema rejects the request, so that an accepted request costs no
   * extra statement.
   */
  isFoundByHandle?: boolean;
  /** True if requests may have no key. They are then done each time, and `handle` gets no `keyed`. */
  isOptional?: boolean;
  /** Codes with which such a `handle` rejects requests before it has looked keys up: a retry is still answered. */
  rejectedBeforeLookup?: readonly string[];
};

type Asked = KeyOwner & { sentHash: Buffer | undefined; sent: SentRequest; request: Request };

/**
 * Does work once per idempotency key. The key is looked up before any other check, so that a retry gets its answer whatever has
 * changed since: balances, limits, settings, schemas. It is looked up again when `work` is rejected or violates the UNIQUE key,
 * because a concurrent request with the same key may have committed meanwhile.
 *
 * @param work validates the request, does the work and writes the key, in one transaction
 * @throws AppError IDEMPOTENCY_KEY_REUSED (422) if the key was used for another request; every error that `work` throws
 */
export async function answerOnce(idempotency: Idempotency, asked: Asked, work: () => Promise<Reply>): Promise<Reply> {
  const earlier = idempotency.isFoundByHandle ? undefined : await idempotency.find(asked);
  if (earlier !== undefined) return replay(earlier, asked);
  try {
    return await work();
  } catch (error) {
    const winner = mayBeKnown(error, idempotency) ? await idempotency.find(asked) : undefined;
    if (winner === undefined) throw error;
    return replay(winner, asked);
  }
}

async function replay(stored: StoredRequest, asked: Asked): Promise<Reply> {
  if (!isSame(stored, asked)) throw new AppError(requestErrors.IDEMPOTENCY_KEY_REUSED);
  const reply = await stored.replay(asked.request);
  return { ...reply, status: 200, headers: { ...reply.headers, 'Idempotent-Replayed': 'true' } };
}

function isSame({ sentHash: stored, requestHash, requestHashOf }: StoredRequest, { sentHash, sent }: Asked): boolean {
  if (sentHash === undefined) return false;
  return stored === null ? requestHash.equals(requestHashOf(sent)) : stored.equals(sentHash);
}

const schemaRefusals: readonly string[] = [requestErrors.VALIDATION_FAILED.code, requestErrors.IDEMPOTENCY_KEY_REUSED.code];

function mayBeKnown(error: unknown, { isFoundByHandle = false, rejectedBeforeLookup = [] }: Idempotency): boolean {
  if (isFoundByHandle) return error instanceof AppError && [...schemaRefusals, ...rejectedBeforeLookup].includes(error.code);
  return (error instanceof AppError && error.status < 500) || isDuplicateKey(error);
}
