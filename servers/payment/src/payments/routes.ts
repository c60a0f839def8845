import { isStaff } from '@florin/auth-middleware';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { type Endpoint, endpoint } from '@florin/runtime';
import Joi from 'joi';
import type { Knex } from 'knex';
import { type ListedPayment, listPayments } from './list-payments.ts';

const paymentSchema = Joi.object({
  id: Joi.string().guid().required(),
  purchaseId: Joi.string().guid().required(),
  userId: Joi.string().guid().required(),
  status: Joi.string().valid('charged', 'declined', 'voided', 'refunded').required(),
  amountMinor: Joi.number().integer().required(),
  currency: Joi.string().required(),
  declineReason: Joi.string().description('An open set: accept new ones'),
  createdAt: Joi.date().iso().required(),
});

const listQuery = Joi.object<PageRequest & { purchaseId?: string }>({
  ...pageQuery,
  purchaseId: Joi.string().guid().description("Only this purchase's payment"),
});

export function paymentRoutes(db: Knex): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/payments',
      summary: 'List payments, newest first: your own, or all for staff',
      access: 'user',
      query: listQuery,
      answers: { 200: { description: 'A page of payments', data: paymentSchema, isList: true } },
      async handle({ query: { purchaseId, ...page }, user }) {
        const filter = { ...(purchaseId && { purchaseId }), ...(!isStaff(user) && { userId: user.id }) };
        const payments = await listPayments(db, filter, page);
        return {
          status: 200,
          body: pageEnvelope(payments, presentPayment),
        };
      },
    }),
  ];
}

function presentPayment(payment: ListedPayment) {
  const { id, purchaseId, userId, status, amountMinor, currency, createdAt } = payment;
  const declineReason = payment.status === 'declined' ? { declineReason: payment.declineReason } : {};
  return { id, purchaseId, userId, status, amountMinor, currency, ...declineReason, createdAt };
}
