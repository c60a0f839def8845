import { AppError, requestErrors } from '@florin/app-response';
import { isStaff } from '@florin/auth-middleware';
import { runTransaction } from '@florin/database';
import { type Endpoint, endpoint, reply } from '@florin/http';
import { MAX_COUNTED, type Page, type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { appendAuditEntry } from '@florin/runtime';
import { amountMinor, currency, id, named, sku, storedEmail, time, timeRange, wholeNumber } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { countPurchases } from './count-purchases.ts';
import { findNamed, type NamedFilter } from './find-named.ts';
import { listPurchases, type PurchaseFilter, type PurchaseSort } from './list-purchases.ts';
import { whose } from './owner-only.ts';
import { purchaseSchema, purchaseStatus, purchaseStatuses, trackingCodeField } from './purchase.ts';
import { purchaseNumberField } from './purchase-number.ts';
import { withExpiry } from './with-expiry.ts';

const totalField = amountMinor().min(0).max(Number.MAX_SAFE_INTEGER);

const whoAndWhen = {
  userId: id().description('Purchases of this user. A buyer may send their own id only'),
  ...timeRange('Requested'),
};

const inCurrency = "In minor units of `currency`, else of the platform's currency";

type ListQuery = PageRequest & PurchaseFilter & NamedFilter & { sort: PurchaseSort };

const listQuery = Joi.object<ListQuery>({
  ...pageQuery,
  ...whoAndWhen,
  number: purchaseNumberField.description('The purchase with this number, in any case; O is read as 0, I and L as 1'),
  email: storedEmail().description('For staff: purchases of the user who has this e-mail address now'),
  status: purchaseStatus,
  productId: id().description('Purchases with this product among their items'),
  sku: sku().description('Purchases with the product among their items that has this SKU now'),
  trackingCode: trackingCodeField.description('For staff: purchases with exactly this tracking code'),
  updatedSince: time().description(
    'Purchases whose status or refund changed at this time or later. Without number, trackingCode, userId and email the order is that of the last changes. A change is listed when it is committed: ask again from some seconds before the last page',
  ),
  sort: Joi.string().valid('newest', 'oldest').default('newest').description('Which come first'),
  currency: currency().description(
    "Purchases in this currency. The default with minTotalMinor or maxTotalMinor is the platform's currency, else all currencies",
  ),
  minTotalMinor: totalField.description(inCurrency),
  maxTotalMinor: totalField.description(inCurrency),
});

const summaryQuery = Joi.object<Pick<PurchaseFilter, 'userId' | 'from' | 'to'>>(whoAndWhen);

const summarySchema = named(
  'PurchaseSummary',
  Joi.object({
    counts: Joi.object(Object.fromEntries(purchaseStatuses.map((status) => [status, wholeNumber().required()])))
      .required()
      .description('By status'),
    mostCounted: wholeNumber().required().description('The maximum of a count: a count equal to it means at least that number'),
  }),
);

type Options = { db: Knex; currency: string; timeoutS: number };

/** Buyers see their own purchases, staff see all. */
export function purchaseListEndpoints({ db, currency: platformCurrency, timeoutS }: Options): Endpoint[] {
  const list = endpoint({
    operationId: 'listPurchases',
    method: 'get',
    path: '/v1/purchases',
    summary: 'List purchases: their own for buyers, all for staff',
    description: 'A search by email is audited',
    access: 'user',
    query: listQuery,
    errors: [requestErrors.FORBIDDEN],
    example: { query: { status: 'paid', limit: 20 } },
    answers: {
      200: {
        description:
          'A page of purchases. With several filters, a page may have fewer than limit although page.nextCursor is set',
        data: purchaseSchema,
        isList: true,
      },
    },
    async handle({ query: { limit, cursor, userId, email, sku, ...filter }, user }) {
      if ((filter.trackingCode ?? email) !== undefined && !isStaff(user)) throw new AppError(requestErrors.FORBIDDEN);
      const { productId, ...others } = { ...filter, ...whose(user, userId) };
      const wanted = { productId, userId: others.userId, email, sku };
      const found = email === undefined ? await findNamed(db, wanted) : await findByEmail(db, wanted, user.id);
      const page: PageRequest = { limit, ...(cursor === undefined ? {} : { cursor }) };
      if (found === undefined) return { status: 200, body: pageEnvelope(emptyPage(page), (purchase) => purchase) };
      const asked = { ...others, ...impliedCurrency(filter, platformCurrency), ...found };
      return {
        status: 200,
        body: pageEnvelope(await listPurchases(db, asked, page), (purchase) => withExpiry(purchase, timeoutS)),
      };
    },
  });

  const summary = endpoint({
    operationId: 'getPurchaseSummary',
    method: 'get',
    path: '/v1/purchases/summary',
    summary: 'Count purchases by status: their own for buyers, all for staff',
    access: 'user',
    query: summaryQuery,
    errors: [requestErrors.FORBIDDEN],
    answers: { 200: { description: 'The counts', data: summarySchema } },
    async handle({ query: { userId, ...period }, user }) {
      const counts = await countPurchases(db, { ...period, ...whose(user, userId) });
      return reply(200, { counts, mostCounted: MAX_COUNTED });
    },
  });

  return [list, summary];
}

/** Whoever sends an e-mail address learns whose it is: the search is audited as those of customers, without the address. */
function findByEmail(db: Knex, wanted: Parameters<typeof findNamed>[1], by: string): ReturnType<typeof findNamed> {
  return runTransaction(db, async (trx) => {
    const found = await findNamed(trx, wanted);
    const userIds = found?.userId === undefined ? [] : [found.userId];
    await appendAuditEntry(trx, { actorId: by, action: 'customer.search', subject: 'customers', after: { userIds } });
    return found;
  });
}

function emptyPage({ limit }: PageRequest): Page<never> {
  return { rows: [], limit, nextCursor: null };
}

/** The platform's currency if the list compares totals and the client names no currency. */
function impliedCurrency(
  { currency: named, minTotalMinor, maxTotalMinor }: PurchaseFilter,
  platformCurrency: string,
): { currency?: string } {
  if (named !== undefined) return { currency: named };
  return minTotalMinor === undefined && maxTotalMinor === undefined ? {} : { currency: platformCurrency };
}
