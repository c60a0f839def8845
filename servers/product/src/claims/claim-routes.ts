import { requestErrors } from '@florin/app-response';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { amountMinor, block, id, line, named } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { imageErrors } from '../images/index.ts';
import { wantedItems } from '../pricing/index.ts';
import { ownerOnly, whose } from '../purchases/index.ts';
import { approveClaim, receiveClaim, rejectClaim, withdrawClaim } from './change-claim.ts';
import { claimReasons, claimSchema, claimStatus, MAX_TEXT_LENGTH } from './claim.ts';
import { photosField } from './claim-photos.ts';
import { claimsByKey } from './claims-by-key.ts';
import { createClaim, type WantedClaim } from './create-claim.ts';
import type { Approval } from './decide-claim.ts';
import { claimErrors, refundErrors } from './errors.ts';
import { messageEndpoints } from './message-routes.ts';
import { type ClaimFilter, listClaims, readClaim } from './read-claims.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });

const newClaim = named(
  'NewClaim',
  Joi.object<WantedClaim, true>({
    items: wantedItems().required(),
    reason: Joi.string()
      .valid(...claimReasons)
      .required(),
    text: block(MAX_TEXT_LENGTH),
    photos: photosField,
  }),
);

const approvalBody = named(
  'ClaimApproval',
  Joi.object<Approval, true>({
    refundMinor: amountMinor().min(0).required().description('0: no refund'),
    restock: Joi.boolean().strict().required().description('Whether the units go back to the stock'),
    returnRequired: Joi.boolean().strict().required().description('Whether money and stock wait until the parcel is received'),
  }),
);

const rejectionBody = named(
  'ClaimRejection',
  Joi.object<{ reason: string }, true>({ reason: line(500).required().description('The buyer reads it') }),
);

const listQuery = Joi.object<PageRequest & ClaimFilter>({
  ...pageQuery,
  status: claimStatus.description('Only claims of this status'),
  purchaseId: id().description('Only claims about this purchase'),
  userId: id().description("Only this user's claims. A buyer may send their own id only"),
});

type Dependencies = { db: Knex; transact: Transact; claimDays: number; reviewAboveMinor: number };

const links = { getClaim: { id: 'id' }, listClaimMessages: { id: 'id' } };
const ofMoney = [refundErrors.REFUND_EXCEEDS_CHARGE, refundErrors.TOO_MANY_REFUNDS];

/** The endpoints of claims. */
export function claimRoutes({ db, transact, claimDays, reviewAboveMinor }: Dependencies): Endpoint[] {
  return [
    endpoint({
      operationId: 'createClaim',
      method: 'post',
      path: '/v1/purchases/:id/claims',
      summary: 'Claim units of your delivered purchase',
      access: 'user',
      params: idParams,
      body: newClaim,
      idempotent: claimsByKey(db),
      errors: [requestErrors.INVALID_TRANSITION, imageErrors.IMAGE_UNKNOWN, ...Object.values(claimErrors).filter(isOfCreation)],
      example: {
        params: { id: exampleValues.purchaseId },
        body: {
          items: [{ productId: exampleValues.productId, quantity: 1 }],
          reason: 'damaged',
          text: 'The handle is broken.',
        },
      },
      answers: {
        201: { description: 'The open claim', data: claimSchema, links },
        200: { description: 'Opened before under this key (Idempotent-Replayed: true)', data: claimSchema, links },
      },
      async handle({ params, body, user, keyed }) {
        const wanted = { ...body, ...keyed, purchaseId: params.id, userId: user.id, claimDays };
        return reply(201, await readClaim(db, await transact((trx) => createClaim(trx, wanted))));
      },
    }),
    endpoint({
      operationId: 'listClaims',
      method: 'get',
      path: '/v1/claims',
      summary: 'List claims, newest first: their own for buyers, all for staff',
      access: 'user',
      query: listQuery,
      errors: [requestErrors.FORBIDDEN],
      example: { query: { status: 'open' } },
      answers: {
        200: {
          description: 'A page of claims. With several filters, a page may have fewer than limit although page.nextCursor is set',
          data: claimSchema,
          isList: true,
        },
      },
      async handle({ query: { limit, cursor, userId, ...filter }, user }) {
        const page = await listClaims(db, { ...filter, ...whose(user, userId) }, { limit, cursor });
        return { status: 200, body: pageEnvelope(page, (claim) => claim) };
      },
    }),
    endpoint({
      operationId: 'getClaim',
      method: 'get',
      path: '/v1/claims/:id',
      summary: 'Read a claim',
      access: 'user',
      params: idParams,
      example: { params: { id: exampleValues.claimId } },
      answers: { 200: { description: 'The claim', data: claimSchema, links } },
      handle: async ({ params, user }) => reply(200, await readClaim(db, params.id, ownerOnly(user))),
    }),
    ...messageEndpoints({ db, transact }),
    endpoint({
      operationId: 'withdrawClaim',
      method: 'post',
      path: '/v1/claims/:id/withdraw',
      summary: 'Withdraw your open claim',
      access: 'user',
      params: idParams,
      errors: [requestErrors.INVALID_TRANSITION],
      example: { params: { id: exampleValues.claimId } },
      answers: { 200: { description: 'The claim is withdrawn, by this request or an earlier one', data: claimSchema } },
      async handle({ params, user }) {
        await transact((trx) => withdrawClaim(trx, { claimId: params.id, userId: user.id }));
        return reply(200, await readClaim(db, params.id));
      },
    }),
    endpoint({
      operationId: 'approveClaim',
      method: 'post',
      path: '/v1/claims/:id/approve',
      summary: 'Approve an open claim',
      description: 'Not for your own claim. A refund above REFUND_REVIEW_ABOVE_MINOR needs a second member of staff',
      access: 'staff',
      params: idParams,
      body: approvalBody,
      errors: [requestErrors.OWN_ACCOUNT, requestErrors.INVALID_TRANSITION, ...ofMoney],
      example: {
        params: { id: exampleValues.claimId },
        body: { refundMinor: 500, restock: true, returnRequired: true },
      },
      answers: {
        200: { description: 'Approved with these values, by this request or an earlier one', data: claimSchema },
      },
      async handle({ params, body, user }) {
        await transact((trx) => approveClaim(trx, { ...body, claimId: params.id, by: user.id, reviewAboveMinor }));
        return reply(200, await readClaim(db, params.id));
      },
    }),
    endpoint({
      operationId: 'rejectClaim',
      method: 'post',
      path: '/v1/claims/:id/reject',
      summary: 'Reject an open claim',
      description: 'Not for your own claim',
      access: 'staff',
      params: idParams,
      body: rejectionBody,
      errors: [requestErrors.OWN_ACCOUNT, requestErrors.INVALID_TRANSITION],
      example: { params: { id: exampleValues.claimId }, body: { reason: 'The picture shows another product' } },
      answers: { 200: { description: 'The claim is rejected, by this request or an earlier one', data: claimSchema } },
      async handle({ params, body, user }) {
        await transact((trx) => rejectClaim(trx, { ...body, claimId: params.id, by: user.id }));
        return reply(200, await readClaim(db, params.id));
      },
    }),
    endpoint({
      operationId: 'receiveClaim',
      method: 'post',
      path: '/v1/claims/:id/received',
      summary: 'Record that the returned parcel of a claim was received',
      description: 'Not for your own claim. Money and stock move now',
      access: 'staff',
      params: idParams,
      errors: [requestErrors.OWN_ACCOUNT, requestErrors.INVALID_TRANSITION, ...ofMoney],
      example: { params: { id: exampleValues.claimId } },
      answers: { 200: { description: 'Received, by this request or an earlier one', data: claimSchema } },
      async handle({ params, user }) {
        await transact((trx) => receiveClaim(trx, { claimId: params.id, by: user.id, reviewAboveMinor }));
        return reply(200, await readClaim(db, params.id));
      },
    }),
  ];
}

function isOfCreation({ code }: { code: string }): boolean {
  return code !== claimErrors.CLAIM_CONVERSATION_FULL.code;
}
