import { idBytes, idText } from '@florin/database';
import type { Event, EventData, EventType } from '@florin/events';
import type { Knex } from 'knex';
import { type Payment, type PaymentRow, paymentOf } from '../src/payments/payment.ts';
import { type Wallet, type WalletRow, walletOf } from '../src/wallets/wallet.ts';

export async function walletsOf(db: Knex, userId: string): Promise<Wallet[]> {
  const rows: WalletRow[] = await db('wallets').where('user_id', idBytes(userId)).orderBy('currency').select();
  return rows.map(walletOf);
}

export async function walletOfUser(db: Knex, userId: string): Promise<Wallet> {
  const [wallet] = await walletsOf(db, userId);
  if (wallet === undefined) throw new Error(`${userId} has no wallet`);
  return wallet;
}

export async function paymentFor(db: Knex, purchaseId: string): Promise<Payment | undefined> {
  const row = (await db('payments').where('purchase_id', idBytes(purchaseId)).first()) as PaymentRow | undefined;
  return row && paymentOf(row);
}

/** The wallet's entries, oldest first. */
export async function entriesOf(db: Knex, walletId: string) {
  const rows: { sequence: number; amount_minor: number; balance_after_minor: number }[] = await db('ledger_entries')
    .where('wallet_id', idBytes(walletId))
    .orderBy('sequence');
  return rows.map((row) => [row.sequence, row.amount_minor, row.balance_after_minor]);
}

export async function transfersFor(db: Knex, purchaseId: string) {
  const rows: { id: Buffer; type: string; amount_minor: number; reverses_transfer_id: Buffer | null }[] = await db('transfers')
    .where('purchase_id', idBytes(purchaseId))
    .orderBy('type');
  return rows.map((row) => ({
    id: idText(row.id),
    type: row.type,
    amountMinor: row.amount_minor,
    reverses: row.reverses_transfer_id && idText(row.reverses_transfer_id),
  }));
}

/** The outbox's events, oldest first. */
export async function published(db: Knex): Promise<Event[]> {
  const rows: { payload: string }[] = await db('outbox').orderBy('id').select('payload');
  return rows.map(({ payload }) => JSON.parse(payload) as Event);
}

export async function publishedData<Type extends EventType>(db: Knex, type: Type): Promise<EventData<Type>[]> {
  const events = await published(db);
  return events.filter((event) => event.type === type).map(({ data }) => data as EventData<Type>);
}
