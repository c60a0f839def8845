import { randomBytes } from 'node:crypto';
import { SettingsError } from '@florin/runtime';
import { expect } from 'chai';
import { readConfig } from '../src/config.ts';

const needed = { PAYMENT_DATABASE_URL: 'mysql://root@127.0.0.1:3306/florin_payment', KAFKA_BROKERS: '127.0.0.1:9092' };
const production = {
  ...needed,
  NODE_ENV: 'production',
  KAFKA_SECURITY: 'plaintext',
  PAYMENT_DATABASE_URL: 'mysql://florin_payment_run:Vw3kQ9@127.0.0.1:3306/florin_payment',
  CURSOR_KEY: randomBytes(32).toString('base64'),
  EVENT_SIGNING_KEYS: `test:${randomBytes(32).toString('base64')}`,
  ADJUSTMENT_REVIEW_ABOVE_MINOR: '10000',
};

describe('the payment configuration', () => {
  it('reads the former name of a setting, with a warning for the log', () => {
    const { topUpMaxPauseS, settingWarnings } = readConfig({ ...needed, TOP_UP_LONGEST_PAUSE_S: '7' });
    expect(topUpMaxPauseS).to.equal(7);
    expect(settingWarnings).to.have.length(1);
    expect(settingWarnings[0]).to.match(/^TOP_UP_LONGEST_PAUSE_S is now named TOP_UP_MAX_PAUSE_S;/);
  });

  it('has defaults for development', () => {
    expect(readConfig(needed)).to.include({
      port: 3003,
      currency: 'EUR',
      openingCreditMinor: 1_000_000,
      spendLimitMinor: 1_000_000,
      topUpProvider: 'sandbox',
    });
  });

  it('has no opening credit in production', () => {
    expect(readConfig(production)).to.include({ openingCreditMinor: 0, topUpProvider: 'none' });
  });

  it('uses the opening credit that is set, also in production', () => {
    const set = { ...production, WALLET_OPENING_CREDIT_MINOR: '500' };
    expect(readConfig(set)).to.include({ openingCreditMinor: 500 });
  });

  it('needs the bound of adjustments without a review in production, and has none in development', () => {
    const { ADJUSTMENT_REVIEW_ABOVE_MINOR: _, ...unbounded } = production;
    expect(() => readConfig(unbounded)).to.throw(SettingsError, 'ADJUSTMENT_REVIEW_ABOVE_MINOR is required');
    expect(readConfig(production)).to.include({ adjustmentReviewAboveMinor: 10_000 });
    expect(readConfig(needed).adjustmentReviewAboveMinor).to.equal(undefined);
  });

  it('refuses the sandbox provider in production', () => {
    expect(() => readConfig({ ...production, TOP_UP_PROVIDER: 'sandbox' })).to.throw(SettingsError, 'TOP_UP_PROVIDER');
  });

  for (const [name, value] of [
    ['WALLET_OPENING_CREDIT_MINOR', '-1'],
    ['WALLET_OPENING_CREDIT_MINOR', '9007199254740992'],
    ['WALLET_SPEND_LIMIT_MINOR', '1.5'],
    ['PAYMENT_DATABASE_URL', 'postgres://localhost/florin'],
    ['PAYMENT_PORT', '70000'],
  ] as const) {
    it(`refuses ${name}=${value} and names it`, () => {
      expect(() => readConfig({ ...needed, [name]: value })).to.throw(SettingsError, name);
    });
  }
});
