import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, etagOf, exampleValues, ifMatchHeader, ifMatchOf, type Reply, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { id } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { categoryErrors } from '../catalogue/index.ts';
import { archiveCoupon } from './archive-coupon.ts';
import { type Coupon, couponSchema, presentCoupon } from './coupon.ts';
import { couponCode } from './coupon-code.ts';
import { couponChanges, newCoupon } from './coupon-fields.ts';
import { couponStatuses } from './coupons-table.ts';
import { createCoupon } from './create-coupon.ts';
import { editCoupon } from './edit-coupon.ts';
import { couponErrors } from './errors.ts';
import { type CouponFilter, listCoupons, readCoupon } from './read-coupons.ts';

const idParams = Joi.object<{ id: string }, true>({ id: id().required() });
const listQuery = Joi.object<PageRequest & CouponFilter>({
  ...pageQuery,
  code: couponCode().description('The coupon with this code, in upper or lower case'),
  status: Joi.string().valid(...couponStatuses),
});

const links = { getCoupon: { id: 'id' }, updateCoupon: { id: 'id' } };

/** The endpoints of staff. */
export function couponRoutes({ db, transact }: { db: Knex; transact: Transact }): Endpoint[] {
  const list = endpoint({
    operationId: 'listCoupons',
    method: 'get',
    path: '/v1/coupons',
    summary: 'List coupons, newest first',
    access: 'staff',
    query: listQuery,
    example: { query: { status: 'active' } },
    answers: { 200: { description: 'A page of coupons', data: couponSchema, isList: true } },
    handle: async ({ query }) => ({ status: 200, body: pageEnvelope(await listCoupons(db, query), presentCoupon) }),
  });

  const get = endpoint({
    operationId: 'getCoupon',
    method: 'get',
    path: '/v1/coupons/:id',
    summary: 'Read a coupon',
    access: 'staff',
    params: idParams,
    example: { params: { id: exampleValues.couponId } },
    answers: { 200: { description: 'The coupon', data: couponSchema, headers: ['ETag'], links } },
    handle: async ({ params }) => replyWith(200, await readCoupon(db, params.id)),
  });

  const create = endpoint({
    operationId: 'createCoupon',
    method: 'post',
    path: '/v1/coupons',
    summary: 'Create a coupon',
    access: 'staff',
    body: newCoupon,
    errors: [couponErrors.COUPON_CODE_TAKEN, categoryErrors.CATEGORY_NOT_FOUND],
    example: { body: { code: 'TEA-TIME-10', kind: 'percent', percent: 10, maxRedemptions: 500, maxPerUser: 1 } },
    answers: { 201: { description: 'The new coupon', data: couponSchema, headers: ['ETag', 'Location'], links } },
    async handle({ body, user }) {
      const coupon = await transact((trx) => createCoupon(trx, body, { by: user.id }));
      return replyWith(201, coupon, { Location: `/v1/coupons/${coupon.id}` });
    },
  });

  const edit = endpoint({
    operationId: 'updateCoupon',
    method: 'patch',
    path: '/v1/coupons/:id',
    summary: 'Change a coupon; accepted purchases keep their discount',
    access: 'staff',
    params: idParams,
    headers: ifMatchHeader,
    body: couponChanges,
    errors: [couponErrors.COUPON_CODE_TAKEN, couponErrors.COUPON_LIMIT_TOO_LOW, categoryErrors.CATEGORY_NOT_FOUND],
    example: { params: { id: exampleValues.couponId }, body: { maxRedemptions: 1_000, endsAt: '2030-12-31T23:00:00Z' } },
    answers: { 200: { description: 'The changed coupon', data: couponSchema, headers: ['ETag'], links } },
    async handle({ params, body, user, request }) {
      const edited = { id: params.id, ifMatch: ifMatchOf(request), changes: body, by: user.id };
      return replyWith(200, await transact((trx) => editCoupon(trx, edited)));
    },
  });

  const archive = endpoint({
    operationId: 'archiveCoupon',
    method: 'delete',
    path: '/v1/coupons/:id',
    summary: 'Archive a coupon; accepted purchases keep their discount',
    access: 'staff',
    params: idParams,
    headers: ifMatchHeader,
    example: { params: { id: exampleValues.couponId } },
    answers: { 204: { description: 'The coupon is archived' } },
    async handle({ params, user, request }) {
      const ifMatch = ifMatchOf(request);
      await transact((trx) => archiveCoupon(trx, params.id, { ifMatch, by: user.id }));
      return { status: 204 };
    },
  });

  return [list, get, create, edit, archive];
}

function replyWith(status: number, coupon: Coupon, headers: Record<string, string> = {}): Reply {
  return reply(status, presentCoupon(coupon), { ...headers, ETag: etagOf(coupon) });
}
