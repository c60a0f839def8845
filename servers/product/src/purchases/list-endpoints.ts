import { AppError, requestErrors } from '@florin/app-response';
import { type AuthenticatedUser, isStaff } from '@florin/auth-middleware';
import { type Endpoint, endpoint, reply } from '@florin/http';
import { MAX_COUNTED, type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { amountMinor, currency, id, timeRange, wholeNumber } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { countPurchases } from './count-purchases.ts';
import { listPurchases, type PurchaseFilter } from './list-purchases.ts';
import { purchaseSchema, purchaseStatuses, trackingCodeField } from './purchase.ts';

const totalField = amountMinor().min(0).max(Number.MAX_SAFE_INTEGER);

const whoAndWhen = {
  userId: id().description('For staff'),
  ...timeRange('Requested'),
};

const inCurrency = "In minor units of the currency: of `currency`, or else of the platform's";

const listQuery = Joi.object<PageRequest & PurchaseFilter>({
  ...pageQuery,
  ...whoAndWhen,
  status: Joi.string().valid(...purchaseStatuses),
  productId: id().description('Those with this product among their items'),
  trackingCode: trackingCodeField.description('For staff: those shipped under exactly this code of the carrier'),
  currency: currency().description(
    "Those in this currency. Without it, minTotalMinor and maxTotalMinor show the platform's currency alone: amounts of two currencies do not compare",
  ),
  minTotalMinor: totalField.description(inCurrency),
  maxTotalMinor: totalField.description(inCurrency),
});

const summaryQuery = Joi.object<Pick<PurchaseFilter, 'userId' | 'from' | 'to'>>(whoAndWhen);

const summarySchema = Joi.object({
  counts: Joi.object(Object.fromEntries(purchaseStatuses.map((status) => [status, wholeNumber().required()])))
    .required()
    .description('By status'),
  mostCounted: wholeNumber().required().description('A count of so many means that many or more'),
});

/** A buyer sees their own, staff all of them. */
export function purchaseListEndpoints({ db, currency: platformCurrency }: { db: Knex; currency: string }): Endpoint[] {
  const list = endpoint({
    method: 'get',
    path: '/v1/purchases',
    summary: 'List purchases: a buyer their own, staff all',
    access: 'user',
    query: listQuery,
    answers: {
      200: {
        description:
          'A page of purchases, newest first. With several filters at once a page may hold fewer than its limit although page.nextCursor leads on',
        data: purchaseSchema,
        isList: true,
      },
    },
    async handle({ query: { limit, cursor, userId, ...filter }, user }) {
      if (filter.trackingCode !== undefined && !isStaff(user)) throw new AppError(requestErrors.FORBIDDEN);
      const page = await listPurchases(
        db,
        { ...filter, ...impliedCurrency(filter, platformCurrency), ...whose(user, userId) },
        { limit, ...(cursor === undefined ? {} : { cursor }) },
      );
      return { status: 200, body: pageEnvelope(page, (purchase) => purchase) };
    },
  });

  const summary = endpoint({
    method: 'get',
    path: '/v1/purchases/summary',
    summary: 'How many purchases there are of each status: of a buyer their own, for staff all',
    access: 'user',
    query: summaryQuery,
    answers: { 200: { description: 'The counts', data: summarySchema } },
    async handle({ query: { userId, ...period }, user }) {
      const counts = await countPurchases(db, { ...period, ...whose(user, userId) });
      return reply(200, { counts, mostCounted: MAX_COUNTED });
    },
  });

  return [list, summary];
}

/** The platform's, where totals are compared and the client names no currency. */
function impliedCurrency(
  { currency: named, minTotalMinor, maxTotalMinor }: PurchaseFilter,
  platformCurrency: string,
): { currency?: string } {
  if (named !== undefined) return { currency: named };
  return minTotalMinor === undefined && maxTotalMinor === undefined ? {} : { currency: platformCurrency };
}

/** @throws AppError FORBIDDEN when a buyer asks for another user's */
function whose(user: AuthenticatedUser, userId: string | undefined): { userId?: string } {
  if (isStaff(user)) return userId === undefined ? {} : { userId };
  if (userId !== undefined && userId !== user.id) throw new AppError(requestErrors.FORBIDDEN);
  return { userId: user.id };
}
