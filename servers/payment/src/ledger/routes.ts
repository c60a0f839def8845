import { requestErrors } from '@florin/app-response';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import type { Invariant } from '@florin/invariants';
import { MAX_PAGE_LIMIT, type PageRequest, pageQuery } from '@florin/pagination';
import { amountMinor, id, named, storedCurrency, time, token, wholeNumber } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { auditLedger, type LedgerAudit, type Mismatch } from './audit-ledger.ts';
import { pageOfAccounts } from './page-of-accounts.ts';
import { type Account, readAccounts, type TrialBalance } from './read-accounts.ts';

const count = wholeNumber().required();
const sumText = token(40).required().description('The same as decimal digits, always exact');
const sum = amountMinor().allow(null).required();
const BEYOND = 'null beyond ±(2^53 − 1)';

const auditSchema = named(
  'LedgerAudit',
  Joi.object<LedgerAudit>({
    ok: Joi.boolean().required(),
    transfers: count,
    entries: count,
    sumMinor: sum.description(`Sum of all entries; 0 if the books balance; ${BEYOND}`),
    walletsChecked: count,
    mismatches: Joi.array()
      .items(
        Joi.object<Mismatch, true>({
          rule: Joi.string().required(),
          id: token(100)
            .required()
            .description(
              'Id of the transfer, wallet, payment, hold, top-up or adjustment, or number of the period, that breaks the rule',
            ),
          detail: Joi.string().required(),
        }),
      )
      .required(),
  }),
);

const accountSchema = named(
  'LedgerAccount',
  Joi.object<Account, true>({
    account: Joi.string()
      .required()
      .description(
        'wallet: all wallets together; others, such as sales and top-ups: the other side of their entries. An open set',
      ),
    currency: storedCurrency().required(),
    debitMinor: sum.description(`Sum of the negative entries, without the sign; ${BEYOND}`),
    debitMinorText: sumText,
    creditMinor: sum.description(`Sum of the positive entries; ${BEYOND}`),
    creditMinorText: sumText,
    balanceMinor: sum.description(`credit − debit; ${BEYOND}`),
    balanceMinorText: sumText,
    entries: count,
  }),
);

const trialBalanceSchema = named(
  'TrialBalance',
  Joi.object<TrialBalance>({
    accounts: Joi.array().items(accountSchema).required(),
    totals: Joi.array()
      .items(
        Joi.object({
          currency: storedCurrency().required(),
          debitMinor: sum.description(BEYOND),
          debitMinorText: sumText,
          creditMinor: sum.description(BEYOND),
          creditMinorText: sumText,
          isBalanced: Joi.boolean().required(),
        }),
      )
      .required(),
    snapshot: Joi.object({ period: count, closedAt: time().required() })
      .allow(null)
      .required()
      .description('The last snapshot; null: none yet'),
    entriesSinceSnapshot: count.description('Entries added to the snapshot for this answer'),
  }),
);

/** @param invariants the rules of the audit */
export function ledgerRoutes(db: Knex, invariants: readonly Invariant[]): Endpoint[] {
  return [
    endpoint({
      operationId: 'auditLedger',
      method: 'get',
      path: '/v1/ledger/audit',
      summary: "Audit the whole ledger, or one user's wallets",
      access: 'admin',
      query: Joi.object<{ userId?: string }>({ userId: id().description("Only this user's wallets") }),
      errors: [requestErrors.NOT_FOUND],
      example: { query: { userId: exampleValues.userId } },
      answers: { 200: { description: 'Counts and mismatches', data: auditSchema } },
      async handle({ query }) {
        return reply(200, await auditLedger(db, { invariants, ...query }));
      },
    }),
    endpoint({
      operationId: 'getTrialBalance',
      method: 'get',
      path: '/v1/ledger/accounts',
      summary: 'Read the trial balance: the sums of each account',
      access: 'admin',
      query: Joi.object<PageRequest>({ ...pageQuery, limit: pageQuery.limit.default(MAX_PAGE_LIMIT) }),
      answers: {
        200: {
          description: 'A page of the accounts as of one moment. Totals and snapshot are those of all accounts',
          data: trialBalanceSchema,
          isPaged: true,
        },
      },
      async handle({ query }) {
        const { page, ...trialBalance } = pageOfAccounts(await readAccounts(db), query);
        return { status: 200, body: { data: trialBalance, page } };
      },
    }),
  ];
}
