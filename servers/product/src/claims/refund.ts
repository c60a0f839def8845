import { column, defineTable, omitFields, type RowOf, readRow, type StoredRowOf } from '@florin/database';
import { amountMinor, id, named, storedCurrency, time, wholeNumber } from '@florin/values';
import Joi from 'joi';

/** `review`: a second member of staff decides. `pending`: payment has not answered yet. */
export const refundStatuses = ['review', 'pending', 'done', 'rejected'] as const;
export type RefundStatus = (typeof refundStatuses)[number];

export const refundsTable = defineTable('refunds', {
  id: column.id(),
  purchaseId: column.id(),
  userId: column.id(),
  claimId: column.id().orNull(),
  amountMinor: column.money(),
  currency: column.text('char(3)'),
  status: column.text<RefundStatus>('varchar(16)'),
  /** What staff say; erased with the buyer. */
  reason: column.text('varchar(500)').orNull(),
  requestedBy: column.id(),
  /** Who decided the review. */
  decidedBy: column.id().orNull(),
  /** When payment was asked first. */
  askedAt: column.time().orNull(),
  attempts: column.integer('int unsigned'),
  nextAttemptAt: column.time().orNull(),
  /** The code of payment, or `REVIEW`. */
  rejection: column.text('varchar(64)').orNull(),
  transferId: column.id().orNull(),
  idempotencyKey: column.textBytes('varbinary(255)').orNull(),
  requestHash: column.bytes('binary(32)').orNull(),
  sentHash: column.bytes('binary(32)').orNull(),
  createdAt: column.time(),
  updatedAt: column.time(),
});

/** A refund without its idempotency key. */
export const plainRefunds = omitFields(refundsTable, ['idempotencyKey', 'requestHash', 'sentHash']);
export type Refund = RowOf<typeof plainRefunds>;
export type RefundRow = StoredRowOf<typeof plainRefunds>;

/** A refund as staff see it. */
export function presentRefund(row: RefundRow) {
  const { nextAttemptAt, claimId, reason, decidedBy, askedAt, rejection, transferId, createdAt, updatedAt, ...refund } = readRow(
    plainRefunds,
    row,
  );
  return {
    ...refund,
    ...(claimId === null ? {} : { claimId }),
    ...(reason === null ? {} : { reason }),
    ...(decidedBy === null ? {} : { decidedBy }),
    ...(askedAt === null ? {} : { askedAt: askedAt.toISOString() }),
    ...(nextAttemptAt === null ? {} : { nextAttemptAt: nextAttemptAt.toISOString() }),
    ...(rejection === null ? {} : { rejection }),
    ...(transferId === null ? {} : { transferId }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export const refundSchema = named(
  'Refund',
  Joi.object({
    id: id().required(),
    purchaseId: id().required(),
    userId: id().required().description('The buyer'),
    claimId: id().description('The claim that is refunded'),
    amountMinor: amountMinor().min(1).required(),
    currency: storedCurrency().required(),
    status: Joi.string()
      .valid(...refundStatuses)
      .required()
      .description('review: a second member of staff decides; pending: payment has not answered yet'),
    reason: Joi.string().description('What staff wrote. Missing for the refund of a claim, and if the buyer was erased'),
    requestedBy: id().required(),
    decidedBy: id().description('The second member of staff'),
    askedAt: time().description('When payment was asked first'),
    attempts: wholeNumber().required().description('How often payment was asked'),
    nextAttemptAt: time().description('When payment is asked again, while the refund is pending'),
    rejection: Joi.string().description('REVIEW, or the code of payment. An open set'),
    transferId: id().description('The transfer of the money'),
    createdAt: time().required(),
    updatedAt: time().required(),
  }),
);
