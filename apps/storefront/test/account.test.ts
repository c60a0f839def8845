import { FlorinNetworkError, FlorinProblem } from '@florin/client';
import { expect } from 'chai';
import { deviceText } from '../src/account/device-text.ts';
import { isSameEmail } from '../src/account/is-same-email.ts';
import { openOrders } from '../src/account/open-orders.ts';
import { emailFault, newPasswordFault, refusedField } from '../src/session/account-faults.ts';
import { chosenTheme, keepTheme, showTheme } from '../src/start/chosen-theme.ts';

function problem(code: string, { status = 422, errors = [] as { path: string; message: string }[] } = {}): FlorinProblem {
  return new FlorinProblem({ method: 'POST', path: '/v1' }, new Response(null, { status }), { code, errors });
}

describe('the fields of an account', () => {
  for (const email of ['ada@florin.example', ' ada@localhost ', 'a.b+c@bücher.example'])
    it(`take the e-mail address ${JSON.stringify(email)}`, () => {
      expect(emailFault(email)).to.equal(undefined);
    });

  for (const [email, fault] of [
    ['', 'session.email.empty'],
    ['   ', 'session.email.empty'],
    ['ada', 'session.email.malformed'],
    ['ada @florin.example', 'session.email.malformed'],
    ['ada@a@b', 'session.email.malformed'],
    [`${'a'.repeat(250)}@b.example`, 'session.email.malformed'],
  ] as const)
    it(`refuse the e-mail address ${JSON.stringify(email.slice(0, 30))}`, () => {
      expect(emailFault(email)).to.equal(fault);
    });

  it('take passwords of 8 to 128 characters', () => {
    expect(['', '1234567', '12345678', 'x'.repeat(128), 'x'.repeat(129)].map(newPasswordFault)).to.deep.equal([
      'session.newPassword.empty',
      'session.newPassword.short',
      undefined,
      undefined,
      'session.newPassword.long',
    ]);
  });

  it('show a refusal beside the field that it is about', () => {
    const malformed = problem('VALIDATION_FAILED', { errors: [{ path: 'email', message: 'email must be an address' }] });
    expect(refusedField(problem('EMAIL_TAKEN', { status: 409 }))?.field).to.equal('email');
    expect(refusedField(problem('PASSWORD_TOO_WEAK'))?.field).to.equal('password');
    expect(refusedField(malformed)?.field).to.equal('email');
    expect(refusedField(problem('UNAVAILABLE', { status: 503 }))).to.equal(undefined);
    expect(refusedField(new FlorinNetworkError({ method: 'POST', path: '/v1' }, new Error('offline')))).to.equal(undefined);
  });

  it('compare the address typed before an erasure as the sign-in does', () => {
    expect(isSameEmail(' Ada@Florin.Example ', 'ada@florin.example')).to.equal(true);
    expect(isSameEmail('', 'ada@florin.example')).to.equal(false);
  });
});

describe('the account page', () => {
  for (const [userAgent, text] of [
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36', 'Chrome · Linux'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0', 'Edge · Windows'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1',
      'Safari · iOS',
    ],
    ['Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0', 'Firefox · Android'],
    ['curl/8.11.0', 'curl/8.11.0'],
    [`program ${'x'.repeat(60)}`, `program ${'x'.repeat(32)}…`],
    [null, undefined],
  ] as const)
    it(`calls the device of ${String(userAgent).slice(0, 40)} ${text}`, () => {
      expect(deviceText(userAgent)).to.equal(text);
    });

  it('counts requested, paid and shipped orders as under way', () => {
    const counts = { requested: 1, paid: 2, shipped: 4, delivered: 8, declined: 16, cancelled: 32 };
    expect(openOrders({ counts })).to.equal(7);
  });
});

describe('the theme', () => {
  it('is that of the device until the reader chooses one', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const root = { dataset: {} as Record<string, string | undefined> };
    expect(chosenTheme(storage)).to.equal('system');
    keepTheme(storage, 'dark');
    showTheme(root, chosenTheme(storage));
    expect(root.dataset).to.deep.equal({ theme: 'dark' });
    keepTheme(storage, 'system');
    showTheme(root, chosenTheme(storage));
    expect(root.dataset).to.deep.equal({});
  });

  it('is that of the device if something else is stored', () => {
    expect(chosenTheme({ getItem: () => 'purple' })).to.equal('system');
  });
});
