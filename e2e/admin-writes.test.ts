import { auth } from '@florin/auth-server';
import { payment } from '@florin/payment-server';
import { product } from '@florin/product-server';
import { inspectService } from '@florin/service';
import { expect } from 'chai';

/** The writes of admins that must not work with a token that may have been revoked. */
const NEED_FRESH_REVOCATIONS = [
  'post /v1/adjustments/:id/approve',
  'post /v1/wallets/:userId/adjustments',
  'post /v1/wallets/:userId/unfreeze',
  'put /v1/users/:id/roles',
  'put /v1/wallets/:userId/limits',
];

describe('the writes of admins', () => {
  const endpoints = [
    ...inspectService(auth).endpoints,
    ...inspectService(product).endpoints,
    ...inspectService(payment).endpoints,
  ];
  const writes = endpoints.filter(({ access, method }) => access === 'admin' && method !== 'get');

  it('each say whether they need fresh revocations', () => {
    expect(writes).to.have.length.above(8);
    for (const { method, path, needsFreshRevocations } of writes)
      expect(needsFreshRevocations, `${method} ${path}`).to.be.a('boolean');
  });

  it('need them to move money or to give rights, and not to stop anything', () => {
    const needing = writes.filter(({ needsFreshRevocations }) => needsFreshRevocations === true);
    expect(needing.map(({ method, path }) => `${method} ${path}`).sort()).to.deep.equal(NEED_FRESH_REVOCATIONS);
  });
});
