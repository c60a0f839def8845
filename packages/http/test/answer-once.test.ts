import { AppError, defineErrors, requestErrors } from '@florin/app-response';
import { expect } from 'chai';
import type { Request } from 'express';
import { answerOnce, type Idempotency, type StoredRequest, sentHash } from '../src/index.ts';
import { reply } from '../src/reply.ts';

const errors = defineErrors({ OUT_OF_STOCK: { status: 409, title: 'None left' } });
const duplicate = Object.assign(new Error("Duplicate entry 'x' for key 'holds_idempotency'"), { errno: 1062, sqlState: '23000' });

describe('answerOnce', () => {
  const sent = { params: {}, query: {}, body: { amountMinor: 5 } };
  const hash = sentHash('/v1/holds', sent);
  const asked = { userId: 'u', idempotencyKey: 'k', sent, sentHash: hash, request: {} as Request };
  const stored: StoredRequest = {
    requestHash: Buffer.from('of before'),
    sentHash: hash ?? null,
    requestHashOf: () => Buffer.from('of before'),
    replay: () => reply(201, 'stored', { Location: '/v1/holds/1' }),
  };
  const ofBefore = { ...stored, sentHash: null };

  /** Finds nothing until the `from`-th look-up. */
  function tableOf(row: StoredRequest, from: number, isFoundByHandle = false) {
    let lookUps = 0;
    const idempotency: Idempotency = {
      isFoundByHandle,
      find: () => Promise.resolve(++lookUps >= from ? row : undefined),
    };
    return { idempotency, lookUps: () => lookUps };
  }

  const outcomeOf = (idempotency: Idempotency, work: () => unknown, of = asked): Promise<unknown> =>
    answerOnce(idempotency, of, async () => reply(201, await work())).catch((error: unknown) => error);
  const refuse = (error: unknown) => () => {
    throw error;
  };
  const replayed = {
    status: 200,
    body: { data: 'stored' },
    headers: { Location: '/v1/holds/1', 'Idempotent-Replayed': 'true' },
  };

  it('does the work for a new key', async () => {
    const { idempotency, lookUps } = tableOf(stored, 2);
    expect(await outcomeOf(idempotency, () => 'done')).to.deep.equal(reply(201, 'done'));
    expect(lookUps()).to.equal(1);
  });

  it('replays an earlier request, and does nothing', async () => {
    for (const row of [stored, ofBefore])
      expect(await outcomeOf(tableOf(row, 1).idempotency, refuse(new Error('done again')))).to.deep.equal(replayed);
  });

  it('rejects another request under the key', async () => {
    const other = { ...asked, sentHash: sentHash('/v1/holds', { ...sent, body: { amountMinor: 6 } }) };
    const others: [StoredRequest, typeof asked][] = [
      [stored, other],
      [{ ...stored, requestHashOf: () => stored.requestHash }, other],
      [{ ...ofBefore, requestHashOf: () => Buffer.from('of another') }, asked],
      [stored, { ...asked, sentHash: undefined }],
      [ofBefore, { ...asked, sentHash: undefined }],
    ];
    for (const [row, of] of others)
      expect(await outcomeOf(tableOf(row, 1).idempotency, () => 'done', of)).to.include({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  for (const [what, error] of [
    ['is refused', new AppError(errors.OUT_OF_STOCK)],
    ['meets the key', duplicate],
  ] as const) {
    it(`replays if it ${what} because a request with the same key has just won`, async () => {
      expect(await outcomeOf(tableOf(stored, 2).idempotency, refuse(error))).to.deep.equal(replayed);
      expect(await outcomeOf(tableOf(stored, 3).idempotency, refuse(error))).to.equal(error);
    });
  }

  it('rethrows faults', async () => {
    for (const error of [new Error('a fault'), new AppError(requestErrors.UNAVAILABLE)]) {
      const { idempotency, lookUps } = tableOf(stored, 2);
      expect(await outcomeOf(idempotency, refuse(error))).to.equal(error);
      expect(lookUps()).to.equal(1);
    }
  });

  describe('if the endpoint looks keys up itself', () => {
    it('looks nothing up for an accepted request, nor for one rejected by state', async () => {
      const { idempotency, lookUps } = tableOf(stored, 1, true);
      expect(await outcomeOf(idempotency, () => 'done')).to.deep.equal(reply(201, 'done'));
      for (const error of [new AppError(errors.OUT_OF_STOCK), new AppError(requestErrors.UNAVAILABLE), duplicate])
        expect(await outcomeOf(idempotency, refuse(error))).to.equal(error);
      expect(lookUps()).to.equal(0);
    });

    it('replays a request that the schemas reject, if the key is known', async () => {
      for (const error of [requestErrors.VALIDATION_FAILED, requestErrors.IDEMPOTENCY_KEY_REUSED])
        expect(await outcomeOf(tableOf(stored, 1, true).idempotency, refuse(new AppError(error)))).to.deep.equal(replayed);
      const refusal = new AppError(requestErrors.VALIDATION_FAILED);
      expect(await outcomeOf(tableOf(stored, 2, true).idempotency, refuse(refusal))).to.equal(refusal);
    });
  });
});
