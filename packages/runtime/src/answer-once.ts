import { AppError, requestErrors } from '@florin/app-response';
import { isDuplicateKey } from '@florin/database';
import type { Request } from 'express';
import type { Reply } from './endpoint.ts';
import type { SentRequest } from './sent-hash.ts';

/** The key of a request and the hash of what was sent under it, for the row that the request creates. */
export type KeyedRequest = {
  idempotencyKey: string;
  /** Left out by callers that have no request to hash. */
  sentHash?: Buffer | undefined;
};

export type KeyOwner = { userId: string; idempotencyKey: string };

/** The row that an earlier request under the same key has created. */
export type StoredRequest = {
  requestHash: Buffer;
  /** NULL where the release before this one stored the row. */
  sentHash: Buffer | null;
  /** The `request_hash` of a request that was sent, with the defaults that this row was stored with. */
  requestHashOf(sent: SentRequest): Buffer;
  /** Answers with the row as it is now. */
  replay(request: Request): Promise<Reply> | Reply;
};

/** How a table keeps the keys of an endpoint: UNIQUE with the user, for ever, in the row that the request creates. */
export type Idempotency = {
  find(owner: KeyOwner): Promise<StoredRequest | undefined>;
  /** Fields of the body that are lists whose order does not count. */
  unordered?: readonly string[];
  /**
   * `handle` looks keys up together with those of other requests, replays what has the same `sent_hash`, and throws
   * IDEMPOTENCY_KEY_REUSED for the rest; so `find` is called only for what the schemas or `handle` refuse, and no accepted
   * request costs a statement of its own.
   */
  isFoundByHandle?: boolean;
};

type Asked = KeyOwner & { sentHash: Buffer | undefined; sent: SentRequest; request: Request };

/**
 * Does something once under a key. The key is looked up before anything else is checked, so that a retry is answered whatever has
 * changed since: balances, limits, settings, schemas. It is looked up again when `work` is refused or meets the UNIQUE key, since
 * a concurrent request with the same key may have committed meanwhile.
 *
 * @param work validates, does what was asked and writes the key, in one transaction
 * @throws AppError IDEMPOTENCY_KEY_REUSED where the key was used for another request; what `work` throws
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

function mayBeKnown(error: unknown, { isFoundByHandle = false }: Idempotency): boolean {
  if (isFoundByHandle) return error instanceof AppError && schemaRefusals.includes(error.code);
  return (error instanceof AppError && error.status < 500) || isDuplicateKey(error);
}
