import { type Endpoint, endpoint, reply } from '@florin/runtime';
import Joi from 'joi';
import type { Knex } from 'knex';
import { auditLedger, type LedgerAudit, type Mismatch } from './audit-ledger.ts';

const count = Joi.number().integer().required();

const auditSchema = Joi.object<LedgerAudit>({
  ok: Joi.boolean().required(),
  transfers: count,
  entries: count,
  sumMinor: count.description('Of all entries; 0 when the books balance'),
  walletsChecked: count,
  mismatches: Joi.array()
    .items(
      Joi.object<Mismatch, true>({
        rule: Joi.string().required(),
        id: Joi.string().required().description('Of the transfer, wallet or payment that breaks the rule'),
        detail: Joi.string().required(),
      }),
    )
    .required(),
});

export function ledgerRoutes(db: Knex): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/ledger/audit',
      summary: 'Add the whole ledger up again and compare',
      access: 'admin',
      answers: { 200: { description: 'What was counted, and what does not agree', data: auditSchema } },
      async handle() {
        return reply(200, await auditLedger(db));
      },
    }),
  ];
}
