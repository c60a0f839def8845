import { idText, query, queryFirst } from '@florin/database';
import { emailSpellings } from '@florin/values';
import type { Knex } from 'knex';

export type NamedFilter = { email?: string; sku?: string };

type Wanted = { [Name in 'productId' | 'userId' | 'email' | 'sku']?: string | undefined };
type Found = { productId?: string; userId?: string };

/**
 * Finds the user of an e-mail address and the product of a SKU.
 *
 * @param wanted the ids may be given as well; they must be the same then
 * @returns the ids to list purchases by; undefined if no purchase can match
 */
export async function findNamed(db: Knex, { productId, userId, email, sku }: Wanted): Promise<Found | undefined> {
  const user = email === undefined ? userId : await findUserByEmail(db, email);
  const product = sku === undefined ? productId : await findProductBySku(db, sku);
  if (email !== undefined && (user === undefined || (userId ?? user) !== user)) return undefined;
  if (sku !== undefined && (product === undefined || (productId ?? product) !== product)) return undefined;
  return {
    ...(user === undefined ? {} : { userId: user }),
    ...(product === undefined ? {} : { productId: product }),
  };
}

/** An earlier release may have stored another spelling. The one as typed goes first. */
async function findUserByEmail(db: Knex, email: string): Promise<string | undefined> {
  const spellings = emailSpellings(email);
  const rows = await query<{ user_id: Buffer; email: string }>(db, 'SELECT user_id, email FROM contacts WHERE email IN (?)', [
    spellings,
  ]);
  const first = spellings.map((spelling) => rows.find((row) => row.email === spelling)).find((row) => row !== undefined);
  return first && idText(first.user_id);
}

async function findProductBySku(db: Knex, sku: string): Promise<string | undefined> {
  const row = await queryFirst<{ id: Buffer }>(db, 'SELECT id FROM products WHERE sku = ?', [sku]);
  return row && idText(row.id);
}
