import { AppError, requestErrors } from '@florin/app-response';
import { type AuthenticatedUser, isStaff } from '@florin/auth-middleware';
import { type Endpoint, endpoint, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { amountMinor, day, id, storedCurrency, time, timeRange } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import type { RuleOutcome } from './explain-payment.ts';
import { type ListedPayment, listPayments, type PaymentFilter } from './list-payments.ts';
import { readExplanation } from './read-explanation.ts';
import { rules } from './rules.ts';

const statuses = ['charged', 'declined', 'voided', 'refunded'] as const;

const paymentSchema = Joi.object({
  id: id().required(),
  purchaseId: id().required(),
  userId: id().required(),
  status: Joi.string()
    .valid(...statuses)
    .required(),
  amountMinor: amountMinor().required(),
  currency: storedCurrency().required(),
  declineReason: Joi.string().description(`An open set, today ${rules.map(({ reason }) => reason).join(', ')}`),
  createdAt: time().required(),
});

const money = amountMinor().required();

const explanationSchema = paymentSchema.keys({
  decision: Joi.string()
    .valid('charged', 'declined', 'voided')
    .required()
    .description('A refund changes the status, not the decision'),
  decidedBy: Joi.string().allow(null).required().description('The first rule that failed; null: none did'),
  facts: Joi.object({
    sequence: money.description("Of the wallet's last entry before the decision; 0: it had none"),
    balanceMinor: money,
    heldMinor: money,
    availableMinor: money.description('balance + credit limit − held'),
    creditLimitMinor: money,
    spendLimitMinor: money,
    dailyLimitMinor: money.allow(null).description('null: there was none'),
    spentMinor: money.description("What the day's purchases had cost before this one"),
    on: day().required().description('That day (UTC)'),
  })
    .allow(null)
    .required()
    .description('The wallet as the decision found it, whatever became of it since'),
  factsMissing: Joi.string()
    .valid('NO_WALLET', 'CANCELLED_FIRST', 'NOT_KEPT_THEN')
    .description(
      'Why there are no facts: no wallet was there; a cancel came before the request; it was decided before facts were kept',
    ),
  rules: Joi.array()
    .items(
      Joi.object<RuleOutcome, true>({
        rule: Joi.string().required(),
        outcome: Joi.string().valid('passed', 'failed', 'not-tested').required(),
        allowedMinor: amountMinor().description('The most that it would have let pass'),
      }),
    )
    .required()
    .description('In the order in which they are tested'),
});

const listQuery = Joi.object<PageRequest & PaymentFilter>({
  ...pageQuery,
  purchaseId: id().description("Only this purchase's payment"),
  userId: id().description("Only this user's; for staff"),
  status: Joi.string()
    .valid(...statuses)
    .description('Only those of this status'),
  ...timeRange('Decided'),
});

export function paymentRoutes(db: Knex): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/payments',
      summary: 'List payments, newest first: your own, or all for staff',
      access: 'user',
      query: listQuery,
      answers: {
        200: {
          description:
            'A page of payments. Of one user and a status or a time it may hold fewer than its limit although page.nextCursor leads on',
          data: paymentSchema,
          isList: true,
        },
      },
      async handle({ query: { limit, cursor, userId, ...filter }, user }) {
        const page = { limit, ...(cursor !== undefined && { cursor }) };
        const payments = await listPayments(db, { ...filter, ...whose(user, userId) }, page);
        return { status: 200, body: pageEnvelope(payments, presentPayment) };
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/payments/:id/explanation',
      summary: 'Why a payment was decided as it was: the rules, and the wallet as they found it',
      access: 'user',
      params: Joi.object<{ id: string }, true>({ id: id().required() }),
      answers: { 200: { description: 'What was kept with the decision', data: explanationSchema } },
      async handle({ params: { id }, user }) {
        const { payment, explanation } = await readExplanation(db, id, isStaff(user) ? {} : { userId: user.id });
        return reply(200, { ...presentPayment(payment), ...explanation });
      },
    }),
  ];
}

/** @throws AppError FORBIDDEN where a buyer asks for another user's */
function whose(user: AuthenticatedUser, userId: string | undefined): { userId?: string } {
  if (isStaff(user)) return userId === undefined ? {} : { userId };
  if (userId !== undefined && userId !== user.id) throw new AppError(requestErrors.FORBIDDEN);
  return { userId: user.id };
}

function presentPayment(payment: ListedPayment) {
  const { id, purchaseId, userId, status, amountMinor, currency, createdAt } = payment;
  const declineReason = payment.status === 'declined' ? { declineReason: payment.declineReason } : {};
  return { id, purchaseId, userId, status, amountMinor, currency, ...declineReason, createdAt };
}
