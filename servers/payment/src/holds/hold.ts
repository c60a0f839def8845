import type { KeyedRow } from '@florin/http';
import { idText } from '@florin/runtime';
import { amountMinor, id, storedCurrency, time } from '@florin/values';
import Joi from 'joi';

/** Money set aside in a wallet, to be captured or let go: a two-phase transfer. It ends once. */
export type Hold = {
  id: string;
  userId: string;
  amountMinor: number;
  /** What was taken of it; 0 unless it was captured. */
  capturedMinor: number;
  currency: string;
  status: 'held' | 'captured' | 'released' | 'expired';
  expiresAt: Date;
  createdAt: Date;
};

export type HoldRow = KeyedRow & {
  id: Buffer;
  wallet_id: Buffer;
  user_id: Buffer;
  amount_minor: number;
  captured_minor: number;
  currency: string;
  status: Hold['status'];
  expires_at: Date;
  created_at: Date;
};

export function holdOf(row: HoldRow): Hold {
  return {
    id: idText(row.id),
    userId: idText(row.user_id),
    amountMinor: row.amount_minor,
    capturedMinor: row.captured_minor,
    currency: row.currency,
    status: row.status,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
  };
}

export const holdSchema = Joi.object<Hold, true>({
  id: id().required(),
  userId: id().required(),
  amountMinor: amountMinor().required(),
  capturedMinor: amountMinor().required().description('What was taken of it; the rest is free again'),
  currency: storedCurrency().required(),
  status: Joi.string().valid('held', 'captured', 'released', 'expired').required(),
  expiresAt: time().required().description('Then it is released by itself'),
  createdAt: time().required(),
});
