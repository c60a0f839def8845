import { AppError, requestErrors } from '@florin/app-response';
import { type AuthenticatedUser, isStaff } from '@florin/auth-middleware';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { amountMinor, day, id, named, storedCurrency, time, timeRange } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import type { RuleOutcome } from './explain-payment.ts';
import { type ListedPayment, listPayments, type PaymentFilter } from './list-payments.ts';
import { refundedTotalMinor } from './payment.ts';
import { readExplanation } from './read-explanation.ts';
import { rules } from './rules.ts';

const statuses = ['charged', 'declined', 'voided', 'refunded'] as const;

const paymentSchema = named(
  'Payment',
  Joi.object({
    id: id().required(),
    purchaseId: id().required(),
    userId: id().required(),
    status: Joi.string()
      .valid(...statuses)
      .required(),
    amountMinor: amountMinor().required(),
    currency: storedCurrency().required(),
    refundedMinor: amountMinor().description('Sum of the refunds; missing without one'),
    declineReason: Joi.string().description(`An open set, today ${rules.map(({ reason }) => reason).join(', ')}`),
    createdAt: time().required(),
  }),
);

const money = amountMinor().required();

const explanationSchema = named(
  'PaymentExplanation',
  paymentSchema.keys({
    decision: Joi.string()
      .valid('charged', 'declined', 'voided')
      .required()
      .description('A refund changes the status, not the decision'),
    decidedBy: Joi.string().allow(null).required().description('The first rule that failed; null if none did'),
    facts: Joi.object({
      sequence: money.description("Sequence of the wallet's last entry before the decision; 0 if it had none"),
      balanceMinor: money,
      heldMinor: money,
      availableMinor: money.description('balance + credit limit − held'),
      creditLimitMinor: money,
      spendLimitMinor: money,
      dailyLimitMinor: money.allow(null).description('null: no limit'),
      spentMinor: money.description("Sum of the day's other purchases"),
      on: day().required().description('The day (UTC) that the purchase counts to'),
    })
      .allow(null)
      .required()
      .description('The wallet at the time of the decision'),
    factsMissing: Joi.string()
      .valid('NO_WALLET', 'CANCELLED_FIRST', 'NOT_KEPT_THEN')
      .description(
        'Why there are no facts: there was no wallet; a cancel came before the request; the decision is older than the facts',
      ),
    rules: Joi.array()
      .items(
        Joi.object<RuleOutcome, true>({
          rule: Joi.string().required(),
          outcome: Joi.string().valid('passed', 'failed', 'not-tested').required(),
          allowedMinor: amountMinor().description('The largest amount that the rule allows'),
        }),
      )
      .required()
      .description('In the order in which they are tested'),
  }),
);

const listQuery = Joi.object<PageRequest & PaymentFilter>({
  ...pageQuery,
  purchaseId: id().description("Only the purchase's payment"),
  userId: id().description("Only this user's payments; for staff"),
  status: Joi.string()
    .valid(...statuses)
    .description('Only payments of this status'),
  ...timeRange('Decided'),
});

export function paymentRoutes(db: Knex): Endpoint[] {
  return [
    endpoint({
      operationId: 'listPayments',
      method: 'get',
      path: '/v1/payments',
      summary: 'List payments, newest first: your own, or all for staff',
      access: 'user',
      query: listQuery,
      errors: [requestErrors.FORBIDDEN],
      example: { query: { purchaseId: exampleValues.purchaseId } },
      answers: {
        200: {
          description:
            'A page of payments. With a user and a status or time it may be shorter than its limit although page.nextCursor is set',
          data: paymentSchema,
          isList: true,
        },
      },
      async handle({ query: { limit, cursor, userId, ...filter }, user }) {
        const payments = await listPayments(db, { ...filter, ...whose(user, userId) }, { limit, cursor });
        return { status: 200, body: pageEnvelope(payments, presentPayment) };
      },
    }),
    endpoint({
      operationId: 'explainPayment',
      method: 'get',
      path: '/v1/payments/:id/explanation',
      summary: 'Explain a decision: the rules, and the wallet at that time',
      access: 'user',
      params: Joi.object<{ id: string }, true>({ id: id().required() }),
      example: { params: { id: exampleValues.paymentId } },
      answers: { 200: { description: 'The explanation', data: explanationSchema } },
      async handle({ params: { id }, user }) {
        const { payment, explanation } = await readExplanation(db, id, isStaff(user) ? {} : { userId: user.id });
        return reply(200, { ...presentPayment(payment), ...explanation });
      },
    }),
  ];
}

/** @throws AppError FORBIDDEN if a buyer asks for another user's payments */
function whose(user: AuthenticatedUser, userId: string | undefined): { userId?: string } {
  if (isStaff(user)) return userId === undefined ? {} : { userId };
  if (userId !== undefined && userId !== user.id) throw new AppError(requestErrors.FORBIDDEN);
  return { userId: user.id };
}

function presentPayment(payment: ListedPayment) {
  const { id, purchaseId, userId, status, amountMinor, currency, createdAt } = payment;
  const declineReason = payment.status === 'declined' ? { declineReason: payment.declineReason } : {};
  const refundedMinor = refundedTotalMinor(payment);
  const refunded = refundedMinor > 0 ? { refundedMinor } : {};
  return { id, purchaseId, userId, status, amountMinor, currency, ...refunded, ...declineReason, createdAt };
}
