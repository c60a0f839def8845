import { AppError } from '@florin/app-response';
import { id, list, named } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { advancePurchases, trackingCodeField } from '../purchases/index.ts';

const MAX_SHIPPED = 100;

export type Shipment = { purchaseId: string; trackingCode?: string };

export const shipBatchSchema = named(
  'ShipBatch',
  Joi.object<{ shipments: Shipment[] }, true>({
    shipments: list(MAX_SHIPPED)
      .min(1)
      .items(
        Joi.object<Shipment, true>({
          purchaseId: id().required(),
          trackingCode: trackingCodeField.description("The carrier's number of the parcel. Not stored if the buyer was erased"),
        }),
      )
      .unique((a: Shipment, b: Shipment) => a.purchaseId === b.purchaseId)
      .required()
      .description('Each purchase once'),
  }),
);

/** What happened to one purchase of a batch. */
export type ShipResult = { purchaseId: string; outcome: 'shipped' | 'unchanged' | 'rejected'; code?: string; detail?: string };

export const shipResultSchema = named(
  'ShipResult',
  Joi.object({
    purchaseId: id().required(),
    outcome: Joi.string()
      .valid('shipped', 'unchanged', 'rejected')
      .required()
      .description('unchanged: the purchase was already shipped. Its tracking code stays'),
    code: Joi.string().description('If it was rejected: the code of the error, as at POST /v1/purchases/:id/ship'),
    detail: Joi.string(),
  }),
);

/** Ships purchases in one transaction. A rejected one does not affect the others. */
export async function shipBatch(
  trx: Knex.Transaction,
  shipments: readonly Shipment[],
  { by }: { by: string },
): Promise<ShipResult[]> {
  const advances = shipments.map((shipment) => ({ ...shipment, steps: ['shipped' as const], by }));
  const answers = await advancePurchases(trx, advances);
  return shipments.map(({ purchaseId }, index) => {
    const answer = answers[index];
    if (answer instanceof AppError) return { purchaseId, outcome: 'rejected', code: answer.code, detail: answer.message };
    return { purchaseId, outcome: answer === 'already' ? 'unchanged' : 'shipped' };
  });
}
