import { idText } from '@florin/database';
import type { KeyedRow } from '@florin/http';
import { amountMinor, id, named, storedCurrency, time } from '@florin/values';
import Joi from 'joi';

/** A payment into a wallet through a provider. */
export type TopUp = {
  id: string;
  userId: string;
  amountMinor: number;
  currency: string;
  status: 'pending' | 'settled' | 'failed';
  /** The provider's id of the payment. */
  reference?: string;
  failureReason?: string;
  transferId?: string;
  createdAt: Date;
};

export type TopUpRow = KeyedRow & {
  id: Buffer;
  user_id: Buffer;
  amount_minor: number;
  currency: string;
  status: TopUp['status'];
  provider_reference: string | null;
  failure_reason: string | null;
  transfer_id: Buffer | null;
  created_at: Date;
};

export function topUpOf(row: TopUpRow): TopUp {
  return {
    id: idText(row.id),
    userId: idText(row.user_id),
    amountMinor: row.amount_minor,
    currency: row.currency,
    status: row.status,
    ...(row.provider_reference !== null && { reference: row.provider_reference }),
    ...(row.failure_reason !== null && { failureReason: row.failure_reason }),
    ...(row.transfer_id !== null && { transferId: idText(row.transfer_id) }),
    createdAt: row.created_at,
  };
}

export const topUpSchema = named(
  'TopUp',
  Joi.object<TopUp, true>({
    id: id().required(),
    userId: id().required(),
    amountMinor: amountMinor().required(),
    currency: storedCurrency().required(),
    status: Joi.string()
      .valid('pending', 'settled', 'failed')
      .required()
      .description('pending: the provider has not reported yet; settled: the wallet is credited'),
    reference: Joi.string().description("The provider's id of the payment"),
    failureReason: Joi.string(),
    transferId: id().description('The transfer that credited the wallet'),
    createdAt: time().required(),
  }),
);
