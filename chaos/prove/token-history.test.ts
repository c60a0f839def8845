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

describe('the model of tokens', () => {
  const [alice, bob] = [tokenOf('alice'), tokenOf('bob')];
  /** Instances that refuse these history. */
  const refusing = (...refused: [url: string, token: string][]) =>
    createTokenHistory(
      async (url, _path, token) => (refused.some(([at, what]) => at === url && what === token) ? 401 : 200),
      300,
    );
  const everywhere = (token: string): [string, string][] => instances.map(({ url }) => [url, token]);
  const refusal = { method: 'GET', path: '/v1/purchases' } as const;

  it('finds nothing where what ended is refused everywhere, and what is kept nowhere', async () => {
    const history = refusing(...everywhere(alice));
    history.ending(alice);
    history.sawAnswer('401', { ...refusal, token: alice });
    history.ended(alice, 'sign-out');
    history.kept(bob);
    expect(await history.check(instances)).to.deep.equal([]);
    expect(history.counts()).to.deep.equal({ ended: 1, kept: 1, adminActs: 0 });
  });

  it('finds at once that a token was refused which nobody revoked', () => {
    const history = refusing();
    history.sawAnswer('401', { ...refusal, token: bob });
    history.sawAnswer('403', { ...refusal, token: bob });
    history.sawAnswer('401', refusal);
    history.sawAnswer('401', { ...refusal, token: tokenOf('old', -1) });
    expect(history.violations.map(({ check }) => check)).to.deep.equal(['a token that nobody revoked is good']);
  });

  it('finds the one instance that still takes a revoked token', async () => {
    const history = refusing(['auth-1', alice]);
    history.ending(alice);
    history.ended(alice, 'disable');
    const findings = await history.check(instances);
    expect(findings.map(({ check, subject }) => [check, subject])).to.deep.equal([
      ['a revoked token is refused by every instance', 'product-2'],
    ]);
  });

  it('finds an act of an admin that is not in the audit log, or is there twice', () => {
    const history = refusing();
    const acts = ['alice', 'bob', 'carol'].map((subject) => ({ action: 'user.disable', subject }));
    for (const act of acts) history.adminDid(act);
    const [first, second] = acts as [(typeof acts)[0], (typeof acts)[0]];
    const found = history.checkAuditLog([first, second, second, { action: 'user.enable', subject: 'carol' }]);
    expect(found.map(({ subject, detail }) => [subject, detail])).to.deep.equal([
      ['bob', 'user.disable: 2 times'],
      ['carol', 'user.disable: 0 times'],
    ]);
  });

  it('looks at the latest of very many', async () => {
    const history = refusing();
    for (let index = 0; index < 500; index++) history.kept(tokenOf(`guest-${index}`));
    expect(history.counts().kept).to.equal(200);
    expect(await history.check(instances)).to.deep.equal([]);
  });
});
