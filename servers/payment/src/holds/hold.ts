import { idText } from '@florin/database';
import type { KeyedRow } from '@florin/http';
import { amountMinor, id, named, storedCurrency, time } from '@florin/values';
import Joi from 'joi';

export const holdStates = ['held', 'captured', 'released', 'expired'] as const;

/** Money of a wallet that is reserved, to be captured or released: a two-phase transfer. A hold ends once. */
export type Hold = {
  id: string;
  userId: string;
  amountMinor: number;
  /** 0 unless the hold was captured. */
  capturedMinor: number;
  currency: string;
  status: (typeof holdStates)[number];
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

export const holdSchema = named(
  'Hold',
  Joi.object<Hold, true>({
    id: id().required(),
    userId: id().required(),
    amountMinor: amountMinor().required(),
    capturedMinor: amountMinor().required().description('Captured amount; the rest is released'),
    currency: storedCurrency().required(),
    status: Joi.string()
      .valid(...holdStates)
      .required(),
    expiresAt: time().required().description('When the hold expires unless it ends before'),
    createdAt: time().required(),
  }),
);
