import { column, defineTable, execute, idBytes, insertRows, queryFirst, type RowOf } from '@florin/database';
import type { Event } from '@florin/events';
import type { Knex } from 'knex';
import { findErased } from '../wallets/index.ts';

/** What staff write about a user. `id`: the adjustment that the text explains. */
export const personalTextsTable = defineTable('personal_texts', {
  id: column.id(),
  userId: column.id(),
  text: column.text('varchar(500)'),
  createdAt: column.time().byDatabase(),
});

/** Saves a text about a user whose wallet is locked. The text about an erased user is not saved. */
export async function savePersonalText(
  trx: Knex.Transaction,
  text: Omit<RowOf<typeof personalTextsTable>, 'createdAt'>,
): Promise<void> {
  const erased = await findErased(trx, [text.userId]);
  if (!erased.has(text.userId)) await insertRows(trx, personalTextsTable, [text]);
}

/** Deletes what staff wrote about erased users. Their wallets are locked, so no text is being saved. */
export async function erasePersonalTexts(trx: Knex.Transaction, events: readonly Event<'user-erased'>[]): Promise<void> {
  await execute(trx, 'DELETE FROM personal_texts WHERE user_id IN (?)', [events.map(({ data }) => idBytes(data.userId))]);
}

/** Returns a text; null if there is none or the user was erased. */
export async function readText(db: Knex, id: Buffer): Promise<string | null> {
  const row = await queryFirst<{ text: string }>(db, 'SELECT text FROM personal_texts WHERE id = ?', [id]);
  return row?.text ?? null;
}
