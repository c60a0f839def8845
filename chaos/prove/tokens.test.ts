import { expect } from 'chai';
import { createTokens } from './tokens.ts';

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
  /** Instances that refuse these tokens. */
  const refusing = (...refused: [url: string, token: string][]) =>
    createTokens(async (url, _path, token) => (refused.some(([at, what]) => at === url && what === token) ? 401 : 200), 300);
  const everywhere = (token: string): [string, string][] => instances.map(({ url }) => [url, token]);
  const refusal = { method: 'GET', path: '/v1/purchases' } as const;

  it('finds nothing where what ended is refused everywhere, and what is kept nowhere', async () => {
    const tokens = refusing(...everywhere(alice));
    tokens.ending(alice);
    tokens.sawAnswer('401', { ...refusal, token: alice });
    tokens.ended(alice, 'sign-out');
    tokens.kept(bob);
    expect(await tokens.check(instances)).to.deep.equal([]);
    expect(tokens.counts()).to.deep.equal({ ended: 1, kept: 1, adminActs: 0 });
  });

  it('finds at once that a token was refused which nobody revoked', () => {
    const tokens = refusing();
    tokens.sawAnswer('401', { ...refusal, token: bob });
    tokens.sawAnswer('403', { ...refusal, token: bob });
    tokens.sawAnswer('401', refusal);
    tokens.sawAnswer('401', { ...refusal, token: tokenOf('old', -1) });
    expect(tokens.lies.map(({ check }) => check)).to.deep.equal(['a token that nobody revoked is good']);
  });

  it('finds the one instance that still takes a revoked token', async () => {
    const tokens = refusing(['auth-1', alice]);
    tokens.ending(alice);
    tokens.ended(alice, 'disable');
    const findings = await tokens.check(instances);
    expect(findings.map(({ check, subject }) => [check, subject])).to.deep.equal([
      ['a revoked token is refused by every instance', 'product-2'],
    ]);
  });

  it('finds an act of an admin that is not in the audit log, or is there twice', () => {
    const tokens = refusing();
    const acts = ['alice', 'bob', 'carol'].map((subject) => ({ action: 'user.disable', subject }));
    for (const act of acts) tokens.adminDid(act);
    const [first, second] = acts as [(typeof acts)[0], (typeof acts)[0]];
    const found = tokens.checkAuditLog([first, second, second, { action: 'user.enable', subject: 'carol' }]);
    expect(found.map(({ subject, detail }) => [subject, detail])).to.deep.equal([
      ['bob', 'user.disable: 2 times'],
      ['carol', 'user.disable: 0 times'],
    ]);
  });

  it('looks at the latest of very many', async () => {
    const tokens = refusing();
    for (let index = 0; index < 500; index++) tokens.kept(tokenOf(`guest-${index}`));
    expect(tokens.counts().kept).to.equal(200);
    expect(await tokens.check(instances)).to.deep.equal([]);
  });
});
