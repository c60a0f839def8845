import { column, defineTable, type RowOf, readRow, type StoredRowOf } from '@florin/database';
import { id, quantity, time } from '@florin/values';
import Joi from 'joi';

/** The most units of a product, in every request, file and movement. */
export const MAX_STOCK = 1_000_000_000_000;

export const movementReasons = ['opening', 'delivery', 'correction', 'sale', 'return'] as const;
export type MovementReason = (typeof movementReasons)[number];

/** The others say what happened to a product or a purchase, and are written with that. */
export const staffReasons = ['delivery', 'correction'] as const;
export type StaffReason = (typeof staffReasons)[number];

export const movementsTable = defineTable('stock_movements', {
  id: column.id(),
  productId: column.id(),
  delta: column.integer('bigint'),
  reason: column.text<MovementReason>('varchar(12)'),
  stockAfter: column.integer('bigint'),
  purchaseId: column.id().orNull(),
  createdAt: column.time(),
});

export type MovementRow = StoredRowOf<typeof movementsTable>;

/** A movement as the API shows it. */
export type ShownMovement = Omit<RowOf<typeof movementsTable>, 'purchaseId' | 'createdAt'> & {
  purchaseId?: string;
  createdAt: string;
};

export function presentMovement(row: MovementRow): ShownMovement {
  const { purchaseId, createdAt, ...movement } = readRow(movementsTable, row);
  return { ...movement, ...(purchaseId === null ? {} : { purchaseId }), createdAt: createdAt.toISOString() };
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
