import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { idBytes, newId, runTransaction } from '@florin/database';
import { type Event, makeEvent } from '@florin/events';
import { openWallets } from '@florin/payment-server/wallets';
import { projectLimits } from '@florin/product-server/buyer-limits';
import { createCategory, createProducts } from '@florin/product-server/catalogue';
import type { TestIssuer } from '@florin/testing';
import type { Knex } from 'knex';
import type { DatabaseUrls } from '../ops/platform/service-databases.ts';
import { type LoadData, priceMinorOf } from './load-data.ts';
import { openUnsigned } from './open-unsigned.ts';

const PIECE = 500;
const CURRENCY = 'EUR';

export type Fill = {
  wallets: number;
  products: number;
  /** Balance of each wallet, and its spend limit. */
  openingCreditMinor: number;
  stock: number;
};

type Options = { databaseUrls: DatabaseUrls; issuer: TestIssuer; directory: string };

/**
 * Fills empty databases with users, wallets and products through the services' own operations. Writes the file that a load
 * reads: a token of each user, and the products' ids.
 *
 * @returns the path of the file
 */
export async function fill({ wallets, products, openingCreditMinor, stock }: Fill, options: Options): Promise<string> {
  const { databaseUrls, issuer, directory } = options;
  const auth = openUnsigned({ url: databaseUrls.auth, poolMax: 2 });
  const product = openUnsigned({ url: databaseUrls.product, poolMax: 2 });
  const payment = openUnsigned({ url: databaseUrls.payment, poolMax: 2 });
  try {
    const userIds: string[] = [];
    for (let done = 0; done < wallets; done += PIECE) {
      const piece = Array.from({ length: Math.min(PIECE, wallets - done) }, () => newId());
      await insertUsers(auth, piece);
      const terms = { currency: CURRENCY, openingCreditMinor, spendLimitMinor: openingCreditMinor };
      const registered = piece.map((userId) => makeEvent('user-registered', { sequence: 1, data: { userId } }).event);
      await runTransaction(payment, (trx) => openWallets(trx, registered as Event<'user-registered'>[], terms));
      const opened = await takeOutbox(payment);
      await runTransaction(product, (trx) => projectLimits(trx, opened as Event<'wallet-opened'>[]));
      userIds.push(...piece);
    }
    const productIds = await insertProducts(product, { count: products, stock });
    const dataPath = join(directory, `${new URL(databaseUrls.product).pathname.slice(1)}.json`);
    const data: LoadData = { tokens: userIds.map((id) => issuer.tokenFor({ id })), productIds, userIds };
    await writeFile(dataPath, JSON.stringify(data));
    return dataPath;
  } finally {
    await Promise.all([auth, product, payment].map((db) => db.destroy()));
  }
}

async function insertUsers(auth: Knex, ids: readonly string[]): Promise<void> {
  await auth.raw(
    `INSERT INTO users (id, email, password_hash, roles, version, created_at)
     VALUES ${ids.map(() => "(?, ?, '-', 'buyer', 1, NOW(3))").join(', ')}`,
    ids.flatMap((id) => [idBytes(id), `${id}@florin.example`]),
  );
}

/** Takes the events from the outbox, in place of the relay. */
async function takeOutbox(db: Knex): Promise<Event[]> {
  const rows: { payload: string }[] = await db('outbox').orderBy('id').select('payload');
  await db('outbox').delete();
  return rows.map(({ payload }) => JSON.parse(payload) as Event);
}

async function insertProducts(db: Knex, { count, stock }: { count: number; stock: number }): Promise<string[]> {
  const { id: categoryId } = await runTransaction(db, (trx) => createCategory(trx, { name: 'Bench' }));
  const ids: string[] = [];
  for (let done = 0; done < count; done += PIECE) {
    const piece = Array.from({ length: Math.min(PIECE, count - done) }, (_, index) => ({
      name: `Product ${done + index}`,
      priceMinor: priceMinorOf(done + index),
      categoryId,
      stock,
    }));
    ids.push(...(await runTransaction(db, (trx) => createProducts(trx, piece, { currency: CURRENCY, isUnpublished: true }))));
  }
  return ids;
}
