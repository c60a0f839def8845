import { expect } from 'chai';
import { createTokenHistory } from './token-history.ts';

const instances = [
  { name: 'auth-1', service: 'auth', url: 'auth-1' },
  { name: 'product-2', service: 'product', url: 'product-2' },
] as const;

function tokenOf(name: string, livesS = 900): string {
  const claims = { name, exp: Math.floor(Date.now() / 1000) + livesS };
  return `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
}

describe('createTokenHistory', () => {
  const [alice, bob] = [tokenOf('alice'), tokenOf('bob')];
  /** A history whose instances reject these tokens. */
  const rejectedBy = (...rejecting: [url: string, token: string][]) =>
    createTokenHistory(
      async (url, _path, token) => (rejecting.some(([at, what]) => at === url && what === token) ? 401 : 200),
      300,
    );
  const everywhere = (token: string): [string, string][] => instances.map(({ url }) => [url, token]);
  const attempt = { method: 'GET', path: '/v1/purchases' } as const;

  it('finds nothing if every instance rejects revoked tokens and accepts the others', async () => {
    const history = rejectedBy(...everywhere(alice));
    history.ending(alice);
    history.sawAnswer('401', { ...attempt, token: alice });
    history.ended(alice, 'sign-out');
    history.kept(bob);
    expect(await history.check(instances)).to.deep.equal([]);
    expect(history.counts()).to.deep.equal({ ended: 1, kept: 1, adminActs: 0 });
  });

  it('finds at once that a valid token was rejected', () => {
    const history = rejectedBy();
    history.sawAnswer('401', { ...attempt, token: bob });
    history.sawAnswer('403', { ...attempt, token: bob });
    history.sawAnswer('401', attempt);
    history.sawAnswer('401', { ...attempt, token: tokenOf('old', -1) });
    expect(history.violations.map(({ check }) => check)).to.deep.equal(['a valid token is accepted']);
  });

  it('finds the instance that accepts a revoked token', async () => {
    const history = rejectedBy(['auth-1', alice]);
    history.ending(alice);
    history.ended(alice, 'disable');
    const findings = await history.check(instances);
    expect(findings.map(({ check, subject }) => [check, subject])).to.deep.equal([
      ['every instance rejects a revoked token', 'product-2'],
    ]);
  });

  it('finds an action of an admin that is missing in the audit log, or there twice', () => {
    const history = rejectedBy();
    const acts = ['alice', 'bob', 'carol'].map((subject) => ({ action: 'user.disable', subject }));
    for (const act of acts) history.adminDid(act);
    const [first, second] = acts as [(typeof acts)[0], (typeof acts)[0]];
    const found = history.checkAuditLog([first, second, second, { action: 'user.enable', subject: 'carol' }]);
    expect(found.map(({ subject, detail }) => [subject, detail])).to.deep.equal([
      ['bob', 'user.disable: 2 times'],
      ['carol', 'user.disable: 0 times'],
    ]);
  });

  it('checks the latest 200 tokens', async () => {
    const history = rejectedBy();
    for (let index = 0; index < 500; index++) history.kept(tokenOf(`user-${index}`));
    expect(history.counts().kept).to.equal(200);
    expect(await history.check(instances)).to.deep.equal([]);
  });
});
