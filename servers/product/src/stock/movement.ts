import { column, defineTable, idText, type RowOf, readRow, type StoredRowOf } from '@florin/database';
import { id, named, quantity, time } from '@florin/values';
import Joi from 'joi';

/** Maximum stock of a product in requests, files and movements. */
export const MAX_STOCK = 1_000_000_000_000;

export const movementReasons = ['opening', 'delivery', 'correction', 'sale', 'return'] as const;
export type MovementReason = (typeof movementReasons)[number];

/** The reasons of rows of `stock_movements` that staff cause. The other reasons are set by operations on products and purchases. */
const plainReasons = ['delivery', 'correction'] as const;

/** The reasons that staff may give. `stock_movement_details` has those that the release before does not know. */
export const staffReasons = [...plainReasons, 'damage', 'loss', 'found', 'transfer', 'count'] as const;
export type StaffReason = (typeof staffReasons)[number];
/** The reasons of `stock_movement_details`. */
export const detailedReasons = [...staffReasons, 'claim-return'] as const;
export type DetailedReason = (typeof detailedReasons)[number];

/** The reason that a movement's own row stores. */
export function storedReason(reason: StaffReason): MovementReason {
  return reason === 'delivery' ? 'delivery' : 'correction';
}

export const MAX_NOTE_LENGTH = 500;

export const movementsTable = defineTable('stock_movements', {
  id: column.id(),
  productId: column.id(),
  delta: column.integer('bigint'),
  reason: column.text<MovementReason>('varchar(12)'),
  stockAfter: column.integer('bigint'),
  purchaseId: column.id().orNull(),
  createdAt: column.time(),
});

/** What is known of a movement beyond its row: what staff say about it, or the claim that caused it. */
export const movementDetailsTable = defineTable('stock_movement_details', {
  movementId: column.id(),
  reason: column.text<DetailedReason>('varchar(12)'),
  note: column.text(`varchar(${MAX_NOTE_LENGTH})`).orNull(),
  counted: column.integer('bigint').orNull(),
  countedAt: column.time().orNull(),
  /** The claim that returned the units, UNIQUE with the product: units come back once. */
  sourceId: column.id().orNull(),
  productId: column.id().orNull(),
});

/** A movement with its details, which are null for most movements. */
export type MovementRow = StoredRowOf<typeof movementsTable> & {
  detailed_reason: DetailedReason | null;
  note: string | null;
  counted: number | null;
  counted_at: Date | null;
  source_id: Buffer | null;
};

/** A movement as the API shows it. */
export type ShownMovement = Omit<RowOf<typeof movementsTable>, 'purchaseId' | 'createdAt' | 'reason'> & {
  reason: MovementReason | DetailedReason;
  note?: string;
  count?: number;
  countedAt?: string;
  purchaseId?: string;
  claimId?: string;
  createdAt: string;
};

export function presentMovement(row: MovementRow): ShownMovement {
  const { purchaseId, createdAt, reason, ...movement } = readRow(movementsTable, row);
  const { detailed_reason, note, counted, counted_at, source_id } = row;
  return {
    ...movement,
    reason: detailed_reason ?? reason,
    ...(note === null ? {} : { note }),
    ...(counted === null || counted_at === null ? {} : { count: counted, countedAt: counted_at.toISOString() }),
    ...(purchaseId === null ? {} : { purchaseId }),
    ...(source_id === null ? {} : { claimId: idText(source_id) }),
    createdAt: createdAt.toISOString(),
  };
}

export const movementSchema = named(
  'StockMovement',
  Joi.object({
    id: id().required(),
    productId: id().required(),
    delta: quantity().required().description('Units added (+) or removed (-); 0 for a count that equals the stock'),
    reason: Joi.string()
      .valid(...new Set([...movementReasons, ...detailedReasons]))
      .required(),
    note: Joi.string().description('Note by staff'),
    count: quantity().description('Of a count: the units that were counted'),
    countedAt: time().description('Of a count: the time of counting'),
    stockAfter: quantity().required(),
    purchaseId: id().description('The purchase that caused a sale or a return'),
    claimId: id().description('The claim that returned the units'),
    createdAt: time().required(),
  }),
);
