import { idText } from '@florin/runtime';
import { id, quantity, time } from '@florin/values';
import Joi from 'joi';

/** The most units of a product, in every request, file and movement. */
export const MAX_STOCK = 1_000_000_000_000;

export const movementReasons = ['opening', 'delivery', 'correction', 'sale', 'return'] as const;
export type MovementReason = (typeof movementReasons)[number];

/** The others say what happened to a product or a purchase, and are written with that. */
export const staffReasons = ['delivery', 'correction'] as const;
export type StaffReason = (typeof staffReasons)[number];

/** A movement as the API shows it. */
export type ShownMovement = {
  id: string;
  productId: string;
  delta: number;
  reason: MovementReason;
  stockAfter: number;
  purchaseId?: string;
  createdAt: string;
};

export type MovementRow = {
  id: Buffer;
  product_id: Buffer;
  delta: number;
  reason: MovementReason;
  stock_after: number;
  purchase_id: Buffer | null;
  created_at: Date;
};

export const movementColumns = ['id', 'product_id', 'delta', 'reason', 'stock_after', 'purchase_id', 'created_at'];

export function presentMovement(row: MovementRow): ShownMovement {
  return {
    id: idText(row.id),
    productId: idText(row.product_id),
    delta: row.delta,
    reason: row.reason,
    stockAfter: row.stock_after,
    ...(row.purchase_id === null ? {} : { purchaseId: idText(row.purchase_id) }),
    createdAt: row.created_at.toISOString(),
  };
}

export const movementSchema = Joi.object({
  id: id().required(),
  productId: id().required(),
  delta: quantity().required().description('Units that came (+) or went (-)'),
  reason: Joi.string()
    .valid(...movementReasons)
    .required(),
  stockAfter: quantity().required(),
  purchaseId: id().description('Whose sale or return it is'),
  createdAt: time().required(),
});
