import { column, defineTable, omitFields, type RowOf } from '@florin/database';
import { amountMinor, id, named, quantity, time } from '@florin/values';
import Joi from 'joi';
import { type ClaimPhoto, shownPhotos } from './claim-photos.ts';
import { type RefundStatus, refundStatuses } from './refund.ts';

const claimStatuses = ['open', 'withdrawn', 'rejected', 'awaiting-return', 'approved'] as const;
export type ClaimStatus = (typeof claimStatuses)[number];

export const claimReasons = ['damaged', 'wrong-item', 'not-as-described', 'changed-mind', 'other'] as const;
export type ClaimReason = (typeof claimReasons)[number];

/** Maximum length of a claim's text and of a message. */
export const MAX_TEXT_LENGTH = 2_000;

export const claimsTable = defineTable('claims', {
  id: column.id(),
  purchaseId: column.id(),
  userId: column.id(),
  status: column.text<ClaimStatus>('varchar(16)'),
  reason: column.text<ClaimReason>('varchar(20)'),
  /** What the buyer says; erased with the buyer. */
  text: column.text(`varchar(${MAX_TEXT_LENGTH})`).orNull(),
  /** As approved, like the next two. */
  refundMinor: column.money().orNull(),
  restock: column.boolean().orNull(),
  returnRequired: column.boolean().orNull(),
  /** Why staff rejected it; erased with the buyer. */
  rejection: column.text('varchar(500)').orNull(),
  decidedBy: column.id().orNull(),
  decidedAt: column.time().orNull(),
  receivedBy: column.id().orNull(),
  receivedAt: column.time().orNull(),
  idempotencyKey: column.textBytes('varbinary(255)'),
  requestHash: column.bytes('binary(32)'),
  sentHash: column.bytes('binary(32)').orNull(),
  createdAt: column.time(),
  updatedAt: column.time(),
});

/** A claim without its idempotency key. */
export const plainClaims = omitFields(claimsTable, ['idempotencyKey', 'requestHash', 'sentHash']);
export type Claim = RowOf<typeof plainClaims>;

export type ClaimItem = { productId: string; quantity: number };

export const claimItemsTable = defineTable('claim_items', {
  claimId: column.id(),
  productId: column.id(),
  quantity: column.integer('int unsigned'),
});

/** The refund of a claim as the buyer sees it. */
export type ClaimRefund = { status: RefundStatus; amountMinor: number };

type Belonging = { items: readonly ClaimItem[]; photos: readonly ClaimPhoto[]; refund?: ClaimRefund | undefined };

/** A claim as the API shows it. The buyer does not see which member of staff decided. */
export function presentClaim(claim: Claim, { items, photos, refund }: Belonging) {
  const { id, purchaseId, userId, status, reason, text, refundMinor, restock, returnRequired, rejection, decidedAt } = claim;
  return {
    id,
    purchaseId,
    userId,
    status,
    items,
    reason,
    ...(text === null ? {} : { text }),
    photos,
    ...(refundMinor === null ? {} : { refundMinor }),
    ...(restock === null ? {} : { restock }),
    ...(returnRequired === null ? {} : { returnRequired }),
    ...(refund === undefined ? {} : { refund }),
    ...(rejection === null ? {} : { rejection }),
    ...(decidedAt === null ? {} : { decidedAt: decidedAt.toISOString() }),
    ...(claim.receivedAt === null ? {} : { receivedAt: claim.receivedAt.toISOString() }),
    createdAt: claim.createdAt.toISOString(),
    updatedAt: claim.updatedAt.toISOString(),
  };
}

export type ShownClaim = ReturnType<typeof presentClaim>;

export const claimStatus = named('ClaimStatus', Joi.string().valid(...claimStatuses));

const itemSchema = named(
  'ClaimItem',
  Joi.object<ClaimItem, true>({ productId: id().required(), quantity: quantity().min(1).required() }),
);

export const claimSchema = named(
  'Claim',
  Joi.object({
    id: id().required(),
    purchaseId: id().required(),
    userId: id().required(),
    status: claimStatus.required(),
    items: Joi.array().items(itemSchema).required(),
    reason: Joi.string()
      .valid(...claimReasons)
      .required(),
    text: Joi.string().allow('').description('What the buyer wrote. Missing if they wrote nothing or were erased'),
    photos: shownPhotos.required(),
    refundMinor: amountMinor().min(0).description('The approved refund; 0: none'),
    restock: Joi.boolean().description('Whether the units go back to the stock'),
    returnRequired: Joi.boolean().description('Whether money and stock wait until the parcel is received'),
    refund: Joi.object<ClaimRefund, true>({
      status: Joi.string()
        .valid(...refundStatuses)
        .required(),
      amountMinor: amountMinor().min(1).required(),
    }).description('The refund, once it is requested'),
    rejection: Joi.string().description('Why staff rejected the claim'),
    decidedAt: time(),
    receivedAt: time().description('When the returned parcel was received'),
    createdAt: time().required(),
    updatedAt: time().required(),
  }),
);
