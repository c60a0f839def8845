import { announceContacts } from '@florin/auth-server/users';
import { idText, runTransaction } from '@florin/database';
import { appendAuditEntry, type CommandActor } from '@florin/runtime';
import type { Knex } from 'knex';
import { type ContactRow, compareContact, contactComparison, type UserContactRow } from '../audit/compare-contacts.ts';
import { untilOutboxIsShort } from './until-outbox-is-short.ts';

/** Maximum number of users that one transaction locks. Their sign-ins wait until it commits. */
const PAGE_ROWS = 100;

type Options = { auth: Knex; product: Knex; actor: CommandActor; onProgress(line: string): void; signal: AbortSignal };

export type RebuiltContacts = { looked: number; announced: number };

/**
 * Publishes the contact again of every user whose copy in product is missing, differs or is ahead of auth. Contacts that were never published are left
 * to auth, which publishes them with SHOP=on.
 */
export async function rebuildContacts({ auth, product, actor, onProgress, signal }: Options): Promise<RebuiltContacts> {
  const result = { looked: 0, announced: 0 };
  for (let after: Buffer | undefined; ; ) {
    signal.throwIfAborted();
    const users = await read<UserContactRow>(auth, contactComparison.left.page(after, PAGE_ROWS));
    after = users.at(-1)?.row_key;
    if (after === undefined) return result;
    const wrong = await findWrong(product, users);
    await untilOutboxIsShort(auth, signal);
    result.announced += await runTransaction(auth, async (trx) => {
      const contacts = await announceContacts(trx, wrong);
      if (contacts > 0)
        await appendAuditEntry(trx, { ...actor, action: 'contacts.rebuild', subject: 'auth', after: { contacts } });
      return contacts;
    });
    result.looked += users.length;
    onProgress(`${result.looked} users checked, ${result.announced} contacts published again`);
  }
}

async function findWrong(product: Knex, users: readonly UserContactRow[]): Promise<{ userId: string; copiedVersion: number }[]> {
  const rows = await read<ContactRow>(product, contactComparison.right.ofKeys(users.map(({ row_key }) => row_key)));
  const copies = new Map(rows.map((row) => [row.row_key.toString('hex'), row]));
  return users.flatMap((user) => {
    const copy = copies.get(user.row_key.toString('hex'));
    const isRight = compareContact({ key: user.row_key, left: user, right: copy }) === undefined;
    return isRight ? [] : [{ userId: idText(user.row_key), copiedVersion: copy?.version ?? 0 }];
  });
}

async function read<Row>(db: Knex, { sql, values }: { sql: string; values: readonly unknown[] }): Promise<Row[]> {
  const [rows] = (await db.raw(sql, values as Knex.RawBinding[])) as [Row[]];
  return rows;
}
