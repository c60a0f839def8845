import { FlorinNetworkError, FlorinProblem } from '@florin/client';
import { expect } from 'chai';
import { addressOf, draftOf, missingFields, refusedFields } from '../src/checkout/address-draft.ts';
import { type Attempt, attemptFor, isResumed, isUnanswered, parseAttempt } from '../src/checkout/attempt.ts';
import { countryCodes } from '../src/checkout/country-codes.ts';
import { countriesOf, deliveryPrice, likelyCountry, type Method, methodsFor } from '../src/checkout/delivery-options.ts';
import { payRefusal } from '../src/checkout/pay-refusal.ts';

const attempt: Attempt = { key: 'k1', userId: 'ada', body: { expectedTotalMinor: 500 }, startedAt: 1_000 };

describe('the attempt to pay', () => {
  const next = (previous: Attempt | undefined, expectedTotalMinor = 500, userId = 'ada') =>
    attemptFor(previous, { userId, body: { expectedTotalMinor }, newKey: () => 'k2', now: 2_000 });

  it('keeps its key while its answer is unknown', () => {
    expect(next(attempt)).to.deep.equal(attempt);
    expect(next({ ...attempt, isRefused: true })).to.deep.equal(attempt);
  });

  it('is a new one for another total, another user, or after an order', () => {
    for (const other of [next(attempt, 600), next(attempt, 500, 'eve'), next({ ...attempt, order: 'X' }), next(undefined)])
      expect(other).to.include({ key: 'k2', startedAt: 2_000 });
  });

  it('is unanswered for its user until it has an order', () => {
    expect(isUnanswered(attempt, 'ada')).to.equal(true);
    expect(isUnanswered(attempt, 'eve')).to.equal(false);
    expect(isUnanswered({ ...attempt, order: 'X' }, 'ada')).to.equal(false);
    expect(isUnanswered(undefined, 'ada')).to.equal(false);
  });

  it('goes on by itself for ten minutes', () => {
    expect(isResumed(attempt, 1_000 + 599_999)).to.equal(true);
    expect(isResumed(attempt, 1_000 + 600_000)).to.equal(false);
  });

  it('does not go on by itself after a refusal', () => {
    expect(isResumed({ ...attempt, isRefused: true }, 1_000)).to.equal(false);
  });

  it('is read back from its text', () => {
    expect(parseAttempt(JSON.stringify(attempt))).to.deep.equal(attempt);
    for (const text of [null, '', '{}', '5', '[]', '{"key":5}']) expect(parseAttempt(text), String(text)).to.equal(undefined);
  });
});

describe('a failed payment', () => {
  const request = { method: 'POST', path: '/v1/cart/checkout', idempotencyKey: 'k' };
  const problem = (status: number, code: string, extra = {}) =>
    payRefusal(new FlorinProblem(request, new Response(null, { status }), { code, ...extra }));

  for (const [status, code, kind] of [
    [409, 'CART_EMPTY', 'cartEmpty'],
    [409, 'DELIVERY_NOT_AVAILABLE', 'delivery'],
    [409, 'PRODUCT_OUT_OF_STOCK', 'cart'],
    [409, 'COUPON_NOT_APPLICABLE', 'cart'],
    [401, 'UNAUTHENTICATED', 'signedOut'],
    [429, 'RATE_LIMITED', 'later'],
    [429, 'TOO_MANY_UNDECIDED', 'later'],
    [503, 'PURCHASES_PAUSED', 'later'],
    [503, 'UNAVAILABLE', 'unanswered'],
    [504, 'UNEXPECTED_ANSWER', 'unanswered'],
    [408, 'REQUEST_TIMEOUT', 'unanswered'],
    [422, 'IDEMPOTENCY_KEY_REUSED', 'other'],
    [403, 'FORBIDDEN', 'other'],
  ] as const)
    it(`by ${status} ${code} is of the kind ${kind}`, () => {
      expect(problem(status, code).kind).to.equal(kind);
    });

  it('without an answer may have bought', () => {
    expect(payRefusal(new FlorinNetworkError(request, new Error('cut'))).kind).to.equal('unanswered');
  });

  it('by another total tells it', () => {
    expect(problem(409, 'TOTAL_CHANGED', { quote: { totalMinor: 700 } })).to.deep.equal({
      kind: 'totalChanged',
      totalMinor: 700,
    });
  });

  it('by the wallet tells why', () => {
    expect(problem(409, 'DAILY_LIMIT_EXCEEDED')).to.deep.equal({ kind: 'declined', code: 'DAILY_LIMIT_EXCEEDED' });
  });

  it('by the address tells the fields', () => {
    const errors = [{ path: 'delivery.address.city', message: 'x' }];
    expect(problem(422, 'VALIDATION_FAILED', { errors })).to.deep.equal({ kind: 'fields', fields: ['city'] });
  });
});

describe('the address of a checkout', () => {
  const address = { name: 'Ada', line1: 'Street 1', postalCode: '1', city: 'Town', country: 'DE' };

  it('lacks its required fields first', () => {
    expect(missingFields(draftOf())).to.deep.equal(['name', 'line1', 'postalCode', 'city', 'country']);
    expect(missingFields({ ...draftOf(address), city: '  ' })).to.deep.equal(['city']);
    expect(missingFields(draftOf(address))).to.deep.equal([]);
  });

  it('is sent trimmed and without empty fields', () => {
    expect(addressOf({ ...draftOf(address), name: ' Ada ', line2: ' ' })).to.deep.equal(address);
  });

  it('knows the fields that the API complains of', () => {
    const paths = ['delivery.address.phone', 'expectedTotalMinor', 'delivery.address.name'].map((path) => ({ path }));
    expect(refusedFields(paths)).to.deep.equal(['name', 'phone']);
  });
});

describe('the delivery methods of a checkout', () => {
  const everywhere: Method = {
    id: 'a',
    name: 'Post',
    priceMinor: 490,
    currency: 'EUR',
    minDays: 1,
    maxDays: 2,
    freeFromMinor: 5_000,
  };
  const german: Method = { ...everywhere, id: 'b', countries: ['DE', 'AT'] };
  const dollars: Method = { ...everywhere, id: 'c', currency: 'USD' };

  it('are those of the country and the currency', () => {
    const ids = (country: string) => methodsFor([everywhere, german, dollars], { country, currency: 'EUR' }).map(({ id }) => id);
    expect(ids('DE')).to.deep.equal(['a', 'b']);
    expect(ids('FR')).to.deep.equal(['a']);
  });

  it('are free from a sum on', () => {
    expect(deliveryPrice(everywhere, 4_999)).to.equal(490);
    expect(deliveryPrice(everywhere, 5_000)).to.equal(0);
  });

  it('decide which countries can be chosen', () => {
    expect(countriesOf([german], countryCodes)).to.deep.equal(['AT', 'DE']);
    expect(countriesOf([german, everywhere], countryCodes)).to.equal(countryCodes);
    expect(countryCodes).to.have.length(249);
  });

  for (const [languages, country] of [
    [['de-AT', 'en'], 'AT'],
    [['de'], 'DE'],
    [['en', 'fr-FR'], 'FR'],
    [['pt-BR'], 'AT'],
    [[], 'AT'],
  ] as const)
    it(`go to ${country} at first for a browser in ${languages.join(', ') || 'no language'}`, () => {
      expect(likelyCountry(['AT', 'DE', 'FR'], languages)).to.equal(country);
    });
});
