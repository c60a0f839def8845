import { announceErasures } from '@florin/auth-server/users';
import { idText, runTransaction } from '@florin/database';
import { appendAuditEntry, type CommandActor } from '@florin/runtime';
import type { Knex } from 'knex';
import { untilOutboxIsShort } from './until-outbox-is-short.ts';

const PAGE_ROWS = 500;

type Options = {
  auth: Knex;
  product: Knex;
  payment: Knex;
  actor: CommandActor;
  onProgress(line: string): void;
  signal: AbortSignal;
};

export type RebuiltErasures = { looked: number; announced: number };

/** Publishes the erasure again of every user who is erased in auth but not in product or payment. */
export async function rebuildErasures({ auth, product, payment, actor, onProgress, signal }: Options): Promise<RebuiltErasures> {
  const result = { looked: 0, announced: 0 };
  let after: Buffer = Buffer.alloc(0);
  for (;;) {
    signal.throwIfAborted();
    const erased = await readErased(auth, after);
    const last = erased.at(-1);
    if (last === undefined) return result;
    const unknown = new Set([...(await unknownTo(product, erased)), ...(await unknownTo(payment, erased))]);
    await untilOutboxIsShort(auth, signal);
    result.announced += await runTransaction(auth, async (trx) => {
      const users = await announceErasures(trx, [...unknown]);
      if (users > 0)
        await appendAuditEntry(trx, { ...actor, action: 'user-erasures.rebuild', subject: 'auth', after: { users } });
      return users;
    });
    result.looked += erased.length;
    onProgress(`${result.looked} erased users checked, ${result.announced} published again`);
    after = last;
  }
}

async function readErased(auth: Knex, after: Buffer): Promise<Buffer[]> {
  const [rows] = (await auth.raw("SELECT id FROM users WHERE status = 'erased' AND id > ? ORDER BY id LIMIT ?", [
    after,
    PAGE_ROWS,
  ])) as [{ id: Buffer }[]];
  return rows.map(({ id }) => id);
}

async function unknownTo(service: Knex, ids: readonly Buffer[]): Promise<string[]> {
  const [rows] = (await service.raw(`SELECT user_id FROM erased_users WHERE user_id IN (${ids.map(() => '?').join(', ')})`, [
    ...ids,
  ])) as [{ user_id: Buffer }[]];
  const known = new Set(rows.map(({ user_id }) => idText(user_id)));
  return ids.map(idText).filter((id) => !known.has(id));
}
