import { requestErrors } from '@florin/app-response';
import { isId, type Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { id, token } from '@florin/values';
import Joi, { type CustomHelpers, type ErrorReport } from 'joi';
import type { Knex } from 'knex';
import { readAddress } from '../delivery/index.ts';
import { readPurchase } from '../purchases/index.ts';
import { claimPacking, packingSchema } from './claim-packing.ts';
import { fulfilmentErrors } from './errors.ts';
import { listToPack, purchaseToPackSchema } from './list-to-pack.ts';
import { packingSlipPage } from './packing-slip-page.ts';
import { MAX_PICKED, readPickList } from './pick-list.ts';
import { pickListPage } from './pick-list-page.ts';
import { shipBatch, shipBatchSchema, shipResultSchema } from './ship-batch.ts';

/** A full batch with tracking codes of the maximum length. */
const MAX_BATCH_BYTES = 64 * 1024;

const ID_LENGTH = 36;

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });

const pickQuery = Joi.object<{ purchaseIds?: string[] }>({
  purchaseIds: token(MAX_PICKED * (ID_LENGTH + 1))
    .custom(readIds)
    .description(`The purchases: at most ${MAX_PICKED} ids between commas. Default: those that you are packing`),
});

function readIds(text: string, helpers: CustomHelpers): string[] | ErrorReport {
  const ids = [...new Set(text.toLowerCase().split(','))];
  const isList = ids.length <= MAX_PICKED && ids.every((one) => one.length === ID_LENGTH && isId(one));
  return isList ? ids : helpers.message({ custom: `{{#label}} may have at most ${MAX_PICKED} ids between commas` });
}

/** The endpoints of those who pack and ship. */
export function warehouseRoutes({ db, transact }: { db: Knex; transact: Transact }): Endpoint[] {
  const toPack = endpoint({
    operationId: 'listPurchasesToPack',
    method: 'get',
    path: '/v1/packing',
    summary: 'List the paid purchases, the oldest first, with who packs them',
    access: 'staff',
    query: Joi.object<PageRequest>(pageQuery),
    example: { query: { limit: 20 } },
    answers: { 200: { description: 'A page of purchases', data: purchaseToPackSchema, isList: true } },
    async handle({ query }) {
      return { status: 200, body: pageEnvelope(await listToPack(db, query), (one) => one) };
    },
  });

  const claim = endpoint({
    operationId: 'claimPacking',
    method: 'post',
    path: '/v1/purchases/:id/claim-packing',
    summary: 'Claim the packing of a paid purchase',
    description: 'The claim is released after an hour. Not for your own purchase',
    access: 'staff',
    params: idParams,
    errors: [requestErrors.OWN_ACCOUNT, requestErrors.INVALID_TRANSITION, fulfilmentErrors.PACKED_BY_ANOTHER],
    example: { params: { id: exampleValues.purchaseId } },
    answers: { 200: { description: 'You pack the purchase, by this request or an earlier one', data: packingSchema } },
    async handle({ params, user }) {
      return reply(200, await transact((trx) => claimPacking(trx, { purchaseId: params.id, by: user.id })));
    },
  });

  const pick = endpoint({
    operationId: 'getPickList',
    method: 'get',
    path: '/v1/packing/pick-list',
    summary: 'Print what to fetch for many purchases, by category and SKU',
    access: 'staff',
    query: pickQuery,
    errors: [requestErrors.NOT_FOUND],
    answers: { 200: { description: 'The pick list, as a page', contentTypes: ['text/html'] } },
    async handle({ query: { purchaseIds }, user }) {
      return pickListPage(await readPickList(db, { purchaseIds, packerId: user.id }));
    },
  });

  const slip = endpoint({
    operationId: 'getPackingSlip',
    method: 'get',
    path: '/v1/purchases/:id/packing-slip',
    summary: 'Print the packing slip of a purchase',
    access: 'staff',
    params: idParams,
    example: { params: { id: exampleValues.purchaseId } },
    answers: { 200: { description: 'The packing slip, as a page', contentTypes: ['text/html'] } },
    async handle({ params }) {
      return packingSlipPage(await readPurchase(db, params.id), await readAddress(db, params.id));
    },
  });

  const ship = endpoint({
    operationId: 'shipPurchases',
    method: 'post',
    path: '/v1/purchases/ship\\:batch',
    summary: 'Ship up to 100 paid purchases, with a result for each',
    description: 'A purchase that cannot be shipped does not affect the others. Sent again, shipped purchases stay unchanged',
    access: 'staff',
    body: shipBatchSchema,
    maxBodyBytes: MAX_BATCH_BYTES,
    example: { body: { shipments: [{ purchaseId: exampleValues.purchaseId, trackingCode: 'JD014600003RU' }] } },
    answers: { 200: { description: 'The results, in the order of the request', data: Joi.array().items(shipResultSchema) } },
    async handle({ body: { shipments }, user }) {
      return reply(200, await transact((trx) => shipBatch(trx, shipments, { by: user.id })));
    },
  });

  return [toPack, claim, pick, slip, ship];
}
