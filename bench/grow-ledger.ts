import { idBytes, newId, runTransaction } from '@florin/database';
import type { Knex } from 'knex';
import type { Stage } from './bench-platform.ts';

const BATCH_SIZE = 5_000;
const AMOUNT_MINOR = 1;

type Wallet = { id: Buffer; userId: Buffer; balanceMinor: number; sequence: number; version: number };

/** Posts credits of one cent to the wallets in turn until the ledger has this number of entries. The audit accepts them. */
export async function growLedger({ payment, product }: Stage, entries: number): Promise<void> {
  const [[counted]] = (await payment.raw('SELECT COUNT(*) AS entries FROM ledger_entries')) as [[{ entries: number }]];
  const wallets = await readWallets(payment);
  let left = Math.max(0, Math.floor((entries - counted.entries) / 2));
  for (let next = 0; left > 0; ) {
    const size = Math.min(left, BATCH_SIZE);
    const touched = Array.from({ length: size }, (_, index) => wallets[(next + index) % wallets.length]).filter(
      (one) => one !== undefined,
    );
    await runTransaction(payment, (trx) => postCredits(trx, touched));
    next = (next + size) % wallets.length;
    left -= size;
  }
  await saveWallets(payment, product, wallets);
}

async function readWallets(payment: Knex): Promise<Wallet[]> {
  const rows: { id: Buffer; user_id: Buffer; balance_minor: number; entry_sequence: number; version: number }[] =
    await payment('wallets').orderBy('id');
  return rows.map(({ id, user_id, balance_minor, entry_sequence, version }) => ({
    id,
    userId: user_id,
    balanceMinor: balance_minor,
    sequence: entry_sequence,
    version: version + 1,
  }));
}

async function postCredits(trx: Knex.Transaction, wallets: readonly Wallet[]): Promise<void> {
  const posted = wallets.map((wallet) => {
    wallet.balanceMinor += AMOUNT_MINOR;
    wallet.sequence++;
    return { id: idBytes(newId()), wallet: wallet.id, sequence: wallet.sequence, balanceMinor: wallet.balanceMinor };
  });
  await trx.raw(
    `INSERT INTO transfers (id, type, amount_minor, currency) VALUES ${posted.map(() => "(?, 'opening-credit', ?, 'EUR')").join(', ')}`,
    posted.flatMap(({ id }) => [id, AMOUNT_MINOR]),
  );
  await trx.raw(
    `INSERT INTO ledger_entries (transfer_id, line, account, wallet_id, amount_minor, currency, sequence, balance_after_minor, type)
     VALUES ${posted.map(() => "(?, 1, 'wallet', ?, ?, 'EUR', ?, ?, 'opening-credit'), (?, 2, 'opening-credit', NULL, ?, 'EUR', NULL, NULL, 'opening-credit')").join(', ')}`,
    posted.flatMap(({ id, wallet, sequence, balanceMinor }) => [
      id,
      wallet,
      AMOUNT_MINOR,
      sequence,
      balanceMinor,
      id,
      -AMOUNT_MINOR,
    ]),
  );
}

/** Updates the wallets to their entries, and product's copies of their limits. */
async function saveWallets(payment: Knex, product: Knex, wallets: readonly Wallet[]): Promise<void> {
  for (const { id, userId, balanceMinor, sequence, version } of wallets) {
    await payment('wallets').where({ id }).update({ balance_minor: balanceMinor, entry_sequence: sequence, version });
    await product('buyer_limits').where({ user_id: userId }).update({ available_minor: balanceMinor, version });
  }
}
