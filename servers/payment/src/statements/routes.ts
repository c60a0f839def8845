import { type Endpoint, endpoint, exampleValues, type Reply } from '@florin/http';
import { month } from '@florin/values';
import type { Request } from 'express';
import Joi from 'joi';
import type { Knex } from 'knex';
import { currencyField, userIdField, walletErrors, withOwnWallet } from '../wallets/index.ts';
import { openStatement, type Statement, statementPages } from './statement.ts';
import { statementCsv } from './statement-csv.ts';
import { statementHtml, statementPolicy } from './statement-html.ts';

type StatementQuery = { currency?: string; format?: 'csv' | 'html' };

const monthField = month().required().description('A month in UTC, such as 2026-11');

const statementQuery = Joi.object<StatementQuery>({
  currency: currencyField,
  format: Joi.string().valid('csv', 'html').description('By default html if Accept prefers it, else csv'),
});

const answers: Endpoint['answers'] = {
  200: {
    description:
      'The opening balance, the entries, oldest first, and the closing balance. The header Florin-Is-Final is false while the month is not over, and while the last entry of the wallet is booked ahead of the clock',
    contentTypes: ['text/csv', 'text/html'],
    headers: ['Florin-Is-Final'],
  },
};

/** @param platform `currency`: used if a request names none */
export function statementRoutes(db: Knex, platform: { currency: string }): Endpoint[] {
  return [
    endpoint({
      operationId: 'getMyStatement',
      method: 'get',
      path: '/v1/wallet/statements/:month',
      summary: 'Read a monthly statement of your wallet, as CSV or HTML',
      access: 'user',
      params: Joi.object<{ month: string }, true>({ month: monthField }),
      query: statementQuery,
      errors: [walletErrors.WALLET_NOT_FOUND],
      example: { params: { month: exampleValues.month }, query: { format: 'csv' } },
      answers,
      async handle({ params: { month }, query, user, request }) {
        const of = { ...platform, ...query, userId: user.id, month };
        const statement = await withOwnWallet(db, user, () => openStatement(db, of));
        return send(db, statement, query.format ?? preferred(request));
      },
    }),
    endpoint({
      operationId: 'getStatement',
      method: 'get',
      path: '/v1/wallets/:userId/statements/:month',
      summary: "Read a monthly statement of a user's wallet",
      access: 'staff',
      params: Joi.object<{ userId: string; month: string }, true>({ userId: userIdField, month: monthField }),
      query: statementQuery,
      errors: [walletErrors.WALLET_NOT_FOUND],
      example: { params: { userId: exampleValues.userId, month: exampleValues.month }, query: { format: 'csv' } },
      answers,
      async handle({ params: { userId, month }, query, request }) {
        const statement = await openStatement(db, { ...platform, ...query, userId, month });
        return send(db, statement, query.format ?? preferred(request));
      },
    }),
  ];
}

function preferred(request: Request): 'csv' | 'html' {
  return request.accepts(['text/csv', 'text/html']) === 'text/html' ? 'html' : 'csv';
}

function send(db: Knex, statement: Statement, format: 'csv' | 'html'): Reply {
  const pages = statementPages(db, statement);
  const name = `statement-${statement.month}-${statement.wallet.currency}.${format}`;
  const common = { Vary: 'Accept', 'Florin-Is-Final': String(statement.isFinal) };
  if (format === 'csv') {
    const headers = {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="${name}"`,
    };
    return { status: 200, headers: { ...common, ...headers }, stream: statementCsv(statement, pages) };
  }
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': statementPolicy };
  return { status: 200, headers: { ...common, ...headers }, stream: statementHtml(statement, pages) };
}
