import { expect } from 'chai';
import type { CheckResult } from './audit-report.ts';
import { summarize } from './summarize.ts';

const check = (name: string, service: string, findings = 0): CheckResult => ({ name, service, rows: 9, findings, durationMs: 5 });
const things = new Map([
  ['products', 1_000],
  ['entries', 1_204_332],
  ['purchases', 200_722],
]);

describe('summarize', () => {
  it('lists the checked rows and reports no violations', () => {
    const checks = [check('stock', 'product'), check('user-wallets', 'auth+payment')];
    expect(summarize({ checks, things, durationMs: 14_321 })).to.equal(
      'Checked 1,204,332 entries, 200,722 purchases and 1,000 products across three services in 14 s: no violations.',
    );
  });

  it('lists the violations', () => {
    const checks = [check('stock', 'product', 2), check('sales', 'product', 1_500)];
    expect(summarize({ checks, things: new Map(), durationMs: 40 })).to.equal(
      'Checked stock and sales across one service in 0.0 s: VIOLATIONS: 2 of stock and 1,500 of sales.',
    );
  });

  it('distinguishes delayed work from violations', () => {
    const late = [check('dead-letters', 'product', 1), check('dead-letters', 'payment', 1), check('stuck-purchases', 'product')];
    expect(summarize({ checks: late, things, durationMs: 40 })).to.match(/no violations, but delayed work: 2 of dead-letters\.$/);
    expect(summarize({ checks: [...late, check('stock', 'product', 1)], things, durationMs: 40 })).to.match(
      /VIOLATIONS: 1 of stock; and delayed work: 2 of dead-letters\.$/,
    );
  });
});
