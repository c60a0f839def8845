import { AppError, requestErrors } from '@florin/app-response';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import { id, named } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { advancePurchases } from './advance-purchases.ts';
import { purchaseErrors } from './errors.ts';
import { purchaseSchema, trackingCodeField } from './purchase.ts';
import { readPurchase } from './read-purchase.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });
const advanceBody = named(
  'PurchaseAdvance',
  Joi.object<{ trackingCode?: string }, true>({
    trackingCode: trackingCodeField.description("The carrier's number of the parcel. Not stored if the buyer was erased"),
  }),
);

/** The endpoints of logistics staff. */
export function advanceEndpoints({ db, transact }: { db: Knex; transact: Transact }): Endpoint[] {
  const steps = [
    { verb: 'ship', to: 'shipped', summary: 'Mark a paid purchase as shipped' },
    { verb: 'deliver', to: 'delivered', summary: 'Mark a shipped purchase as delivered' },
  ] as const;
  return steps.map(({ verb, to, summary }) =>
    endpoint({
      operationId: `${verb}Purchase`,
      method: 'post',
      path: `/v1/purchases/:id/${verb}`,
      summary,
      description: 'Not for your own purchase',
      access: 'staff',
      params: idParams,
      body: advanceBody,
      errors: [requestErrors.OWN_ACCOUNT, requestErrors.INVALID_TRANSITION, purchaseErrors.PURCHASE_TOO_LARGE],
      example: { params: { id: exampleValues.purchaseId }, body: { trackingCode: 'JD014600003RU' } },
      answers: { 200: { description: `The purchase is ${to}, by this request or an earlier one`, data: purchaseSchema } },
      async handle({ params: { id }, body: { trackingCode }, user }) {
        const [answer] = await transact((trx) =>
          advancePurchases(trx, [{ purchaseId: id, steps: [to], trackingCode, by: user.id }]),
        );
        if (answer instanceof AppError) throw answer;
        return reply(200, await readPurchase(db, id));
      },
    }),
  );
}
