import { column, defineTable, type RowOf, readRow, type StoredRowOf } from '@florin/database';
import { id, named, quantity, time } from '@florin/values';
import Joi from 'joi';

/** Maximum stock of a product in requests, files and movements. */
export const MAX_STOCK = 1_000_000_000_000;

export const movementReasons = ['opening', 'delivery', 'correction', 'sale', 'return'] as const;
export type MovementReason = (typeof movementReasons)[number];

/** The reasons that staff may give. The other reasons are set by operations on products and purchases. */
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

export const movementSchema = named(
  'StockMovement',
  Joi.object({
    id: id().required(),
    productId: id().required(),
    delta: quantity().required().description('Units added (+) or removed (-)'),
    reason: Joi.string()
      .valid(...movementReasons)
      .required(),
    stockAfter: quantity().required(),
    purchaseId: id().description('The purchase that caused a sale or a return'),
    createdAt: time().required(),
  }),
);
