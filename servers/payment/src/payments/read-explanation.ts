import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, isId, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import { type Explanation, explainPayment } from './explain-payment.ts';
import type { ListedPayment } from './list-payments.ts';
import { type PaymentRow, paymentOf } from './payment.ts';

export type ExplainedPayment = { payment: ListedPayment; explanation: Explanation };

/** @param reader `userId`: of the payment's buyer; missing for staff. @throws AppError NOT_FOUND */
export async function readExplanation(db: Knex, id: string, reader: { userId?: string }): Promise<ExplainedPayment> {
  const row = isId(id) ? await findPayment(db, id) : undefined;
  const payment = row && { ...paymentOf(row), createdAt: row.created_at };
  if (payment === undefined || (reader.userId !== undefined && reader.userId !== payment.userId))
    throw new AppError(requestErrors.NOT_FOUND);
  return { payment, explanation: explainPayment(payment, row?.wallet_currency ?? undefined) };
}

async function findPayment(db: Knex, id: string): Promise<(PaymentRow & { wallet_currency: string | null }) | undefined> {
  const row = await queryFirst<PaymentRow & { wallet_currency: string | null }>(
    db,
    `SELECT p.*, w.currency AS wallet_currency FROM payments p LEFT JOIN wallets w ON w.id = p.wallet_id WHERE p.id = ?`,
    [idBytes(id)],
  );
  return row;
}
