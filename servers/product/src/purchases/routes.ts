import assert from 'node:assert/strict';
import { AppError, requestErrors } from '@florin/app-response';
import type { AuthenticatedUser } from '@florin/auth-middleware';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, type Reply, reply } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import { id, line, named } from '@florin/values';
import type { Request } from 'express';
import Joi from 'joi';
import type { Knex } from 'knex';
import { type WantedItem, wantedItems } from '../pricing/index.ts';
import type { PurchaseAcceptor } from './accept-purchases.ts';
import { acceptErrors, acceptedAnswers, purchaseLinks as links, MAX_ORDER_BYTES, preferHeader } from './accepted-answers.ts';
import { advanceEndpoints } from './advance-endpoints.ts';
import { type Cancel, type CancelAnswer, cancelPurchases } from './cancel-purchases.ts';
import type { DecisionWatch } from './decision-watch.ts';
import { purchaseErrors } from './errors.ts';
import { purchaseListEndpoints } from './list-endpoints.ts';
import { type OrderFields, orderEndpoints, orderFields } from './order-endpoints.ts';
import { ownerOnly } from './owner-only.ts';
import { purchaseSchema } from './purchase.ts';
import type { PurchaseAnswer } from './purchase-request.ts';
import { purchasesByKey } from './purchases-by-key.ts';
import { readPurchase } from './read-purchase.ts';
import { timelineEndpoint } from './timeline-endpoint.ts';
import { waitMsOf } from './wait-header.ts';
import { withExpiry } from './with-expiry.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });

type NewPurchase = { items: WantedItem[] } & OrderFields;

const items = { items: wantedItems().required() };
const newPurchase = named('NewPurchase', Joi.object<NewPurchase>({ ...items, ...orderFields }));
/** SHOP=off: without the fields of the shop. */
const plainPurchase = named('NewPurchase', Joi.object<NewPurchase>(items));

const cancelBody = named('PurchaseCancellation', Joi.object<{ reason?: string }, true>({ reason: line(500) }));

type Dependencies = {
  db: Knex;
  transact: Transact;
  currency: string;
  taxRatePercent: number;
  /** Whether the endpoints and fields of the shop exist. */
  isShopOn: boolean;
  /** Seconds until an undecided purchase is cancelled. */
  timeoutS: number;
  acceptor: PurchaseAcceptor;
  decisions: DecisionWatch;
};

export function purchaseRoutes(dependencies: Dependencies): Endpoint[] {
  const { db, transact, currency, isShopOn, timeoutS, acceptor, decisions } = dependencies;
  const answerBuyer = async ({ purchaseId, isReplay, purchase }: PurchaseAnswer, request: Request): Promise<Reply> => {
    const waitMs = waitMsOf(request);
    if (waitMs > 0) await decisions.wait(purchaseId, waitMs);
    const asTaken = waitMs > 0 ? undefined : purchase;
    const shown = asTaken ?? (await readPurchase(db, purchaseId));
    const isDecided = waitMs > 0 && shown.status !== 'requested';
    return reply(isReplay || isDecided ? 200 : 202, withExpiry(shown, timeoutS), {
      Location: `/v1/purchases/${shown.id}`,
      ...(isReplay ? { 'Idempotent-Replayed': 'true' } : {}),
      ...(waitMs > 0 ? { 'Preference-Applied': `wait=${waitMs / 1000}` } : {}),
    });
  };
  return [
    endpoint({
      operationId: 'createPurchase',
      method: 'post',
      path: '/v1/purchases',
      summary: 'Request a purchase',
      access: 'user',
      shedLoad: acceptor.shedLoad,
      body: isShopOn ? newPurchase : plainPurchase,
      maxBodyBytes: MAX_ORDER_BYTES,
      idempotent: purchasesByKey(db, {
        replay: (purchaseId, request) => answerBuyer({ purchaseId, isReplay: true }, request),
      }),
      headers: preferHeader,
      errors: acceptErrors,
      example: { body: { items: [{ productId: exampleValues.productId, quantity: 2 }] } },
      answers: acceptedAnswers,
      async handle({ body, user, request, keyed }) {
        return answerBuyer(await acceptor.accept({ ...keyed, ...body, userId: user.id }), request);
      },
    }),
    ...(isShopOn ? orderEndpoints({ ...dependencies, answerBuyer }) : []),
    ...purchaseListEndpoints({ db, currency, timeoutS }),
    endpoint({
      operationId: 'getPurchase',
      method: 'get',
      path: '/v1/purchases/:id',
      summary: 'Read a purchase',
      access: 'user',
      params: idParams,
      example: { params: { id: exampleValues.purchaseId } },
      answers: { 200: { description: 'The purchase', data: purchaseSchema, links } },
      async handle({ params, user }) {
        return reply(200, withExpiry(await readPurchase(db, params.id, ownerOnly(user)), timeoutS));
      },
    }),
    timelineEndpoint(db),
    endpoint({
      operationId: 'cancelPurchase',
      method: 'post',
      path: '/v1/purchases/:id/cancel',
      summary: 'Cancel a purchase that is requested or paid',
      access: 'user',
      params: idParams,
      body: cancelBody,
      errors: [requestErrors.INVALID_TRANSITION, purchaseErrors.PURCHASE_TOO_LARGE],
      example: { params: { id: exampleValues.purchaseId }, body: { reason: 'Ordered twice' } },
      answers: { 202: { description: 'Cancelled; the refund follows', data: purchaseSchema } },
      async handle({ params, body, user }) {
        const { userId } = await readPurchase(db, params.id, ownerOnly(user));
        const cancel: Cancel = {
          purchaseId: params.id,
          by: userId === user.id ? 'buyer' : 'staff',
          reason: body.reason,
        };
        const [answer] = await transact((trx) => cancelFor(trx, cancel, user));
        const purchase = await readPurchase(db, params.id);
        assert(answer !== 'unknown', `purchase ${purchase.id} was read but not found by the cancel`);
        if (answer === 'refused') {
          throw new AppError(requestErrors.INVALID_TRANSITION, {
            detail: `A purchase that is ${purchase.status} cannot be cancelled.`,
          });
        }
        return reply(202, purchase);
      },
    }),
    ...advanceEndpoints({ db, transact }),
  ];
}

/** Cancellation by staff is audited. */
async function cancelFor(trx: Knex.Transaction, cancel: Cancel, user: AuthenticatedUser): Promise<CancelAnswer[]> {
  const answers = await cancelPurchases(trx, [cancel]);
  if (cancel.by === 'staff' && answers.includes('cancelled')) {
    await appendAuditEntry(trx, { actorId: user.id, action: 'purchase.cancel', subject: cancel.purchaseId });
  }
  return answers;
}
