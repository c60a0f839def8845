import { requestErrors } from '@florin/app-response';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, type Reply, reply } from '@florin/http';
import { id, line, named, time } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { newAddressSchema } from '../delivery/index.ts';
import { ownerOnly, purchaseErrors, readPurchase, trackingCodeField } from '../purchases/index.ts';
import { changeAddress } from './change-address.ts';
import { deliverySchema, deliveryStatusField, readDelivery } from './delivery.ts';
import { fulfilmentErrors } from './errors.ts';
import { type ReportFields, reportDelivery } from './report-delivery.ts';
import { reportsByKey } from './reports-by-key.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });

const newReport = named(
  'NewDeliveryReport',
  Joi.object<ReportFields, true>({
    status: deliveryStatusField.required(),
    at: time().required().description('When it happened: at most five minutes in the future'),
    place: line(100).description('Where the parcel was. The buyer sees it'),
    note: line(500).description('The buyer sees it'),
    trackingCode: trackingCodeField.description("The carrier's number of the parcel"),
    carrier: line(100),
  }),
);

/** The endpoints of a purchase's parcel: buyers see their own, staff see and report all. */
export function trackingRoutes({ db, transact }: { db: Knex; transact: Transact }): Endpoint[] {
  const answer = async (purchaseId: string, options: { ownerId?: string } = {}, status = 200): Promise<Reply> =>
    reply(status, await readDelivery(db, await readPurchase(db, purchaseId, options)));

  const get = endpoint({
    operationId: 'getDelivery',
    method: 'get',
    path: '/v1/purchases/:id/delivery',
    summary: 'Read the delivery of a purchase, with its address and history',
    access: 'user',
    params: idParams,
    example: { params: { id: exampleValues.purchaseId } },
    answers: { 200: { description: 'The delivery', data: deliverySchema } },
    handle: ({ params, user }) => answer(params.id, ownerOnly(user)),
  });

  const setAddress = endpoint({
    operationId: 'setDeliveryAddress',
    method: 'put',
    path: '/v1/purchases/:id/delivery/address',
    summary: 'Set the address of a purchase that is not shipped yet',
    access: 'user',
    params: idParams,
    body: newAddressSchema,
    errors: [requestErrors.INVALID_TRANSITION, fulfilmentErrors.BUYER_ERASED],
    example: {
      params: { id: exampleValues.purchaseId },
      body: { name: 'Ada Byron', line1: 'Ringstrasse 1', postalCode: '1010', city: 'Vienna', country: 'AT' },
    },
    answers: { 200: { description: 'The delivery with the new address', data: deliverySchema } },
    async handle({ params, body: address, user }) {
      await transact((trx) => changeAddress(trx, { purchaseId: params.id, ...ownerOnly(user), address, by: user.id }));
      return answer(params.id);
    },
  });

  const report = endpoint({
    operationId: 'reportDelivery',
    method: 'post',
    path: '/v1/purchases/:id/delivery/events',
    summary: 'Report what happened to the parcel of a purchase',
    description:
      'A status counts if it ranks above the current one: packed, handed-over, in-transit, then out-for-delivery and failed (the later `at` counts), delivered, returned. Other reports join the history only. A paid purchase whose parcel was handed over is shipped; `delivered` also delivers it; `returned` before the delivery cancels it, with its stock and money back. Not for your own purchase',
    access: 'staff',
    params: idParams,
    body: newReport,
    idempotent: reportsByKey(db, { replay: answer }),
    errors: [
      requestErrors.OWN_ACCOUNT,
      requestErrors.INVALID_TRANSITION,
      purchaseErrors.PURCHASE_TOO_LARGE,
      fulfilmentErrors.DELIVERY_HISTORY_FULL,
    ],
    example: {
      params: { id: exampleValues.purchaseId },
      body: { status: 'in-transit', at: exampleValues.time, place: 'Linz', carrier: 'Post', trackingCode: 'JD014600003RU' },
    },
    answers: {
      201: { description: 'The delivery with the report', data: deliverySchema },
      200: {
        description: 'The delivery, reported by an earlier request under this key (Idempotent-Replayed: true)',
        data: deliverySchema,
      },
    },
    async handle({ params, body, user, keyed }) {
      await transact((trx) => reportDelivery(trx, { ...body, ...keyed, purchaseId: params.id, by: user.id }));
      return answer(params.id, {}, 201);
    },
  });

  return [get, setAddress, report];
}
