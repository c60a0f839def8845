import { newId } from '@florin/database';
import { createTestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { demoAccounts } from '../src/demo-accounts.ts';
import {
  authConfig,
  newEmail,
  password,
  type RunningAuth,
  type SignedIn,
  signInAdmin,
  signUp,
  startAuth,
  startInstance,
  stopAll,
} from './start-auth.ts';

describe('the forms of an e-mail address', function () {
  this.timeout(120_000);
  let auth: RunningAuth;
  let admin: SignedIn;

  before(async () => {
    auth = await startAuth();
    admin = await signInAdmin(auth);
  });
  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const signUpAs = (email: string) => auth.call('POST', '/v1/auth/signup', { body: { email, password } });
  const signInAs = (email: string, known = password) =>
    auth.call('POST', '/v1/auth/signin', { body: { email, password: known } });
  const codeOf = async (answer: ReturnType<typeof signUpAs>) => {
    const { status, body } = await answer;
    return [status, body.code];
  };
  const unique = (text: string): string => text.replace('ID', newId());
  /** An account whose address an earlier release stored in its form. */
  const stored = async (email: string): Promise<SignedIn['user']> => {
    const { user } = await signUp(auth);
    await auth.database.db.raw('UPDATE users SET email = ? WHERE email = ?', [email, user.email]);
    return { ...user, email };
  };
  const userOf = async (email: string, known = password): Promise<string | undefined> =>
    ((await signInAs(email, known)).body.data?.['user'] as { id: string } | undefined)?.id;

  describe('of a new account', () => {
    it('create no second account that looks the same', async () => {
      const id = newId();
      expect((await signUpAs(`alice.${id}@bücher.example`)).body.data['user']).to.include({
        email: `alice.${id}@xn--bcher-kva.example`,
      });
      for (const twin of [
        `alice.${id}@xn--bcher-kva.example`,
        `ALICE.${id}@XN--BCHER-KVA.example`,
        `alice.${id}@bu\u0308cher.example`,
        `ａlice.${id}@bücher.example`,
        `alice.${id}＠bücher。example`,
      ])
        expect(await codeOf(signUpAs(twin)), twin).to.deep.equal([409, 'EMAIL_TAKEN']);
      for (const character of ['\u200b', '\u202e', '\u00ad', '\ufeff', '\u2060', '\u3164', '\ufe0f', '\u0000', '\u0085'])
        for (const twin of [
          `al${character}ice.${id}@bücher.example`,
          `alice.${id}@bü${character}cher.example`,
          `${character}alice.${id}@bücher.example`,
        ])
          expect(await codeOf(signUpAs(twin)), JSON.stringify(twin)).to.deep.equal([422, 'VALIDATION_FAILED']);
    });

    it('are equal at sign-in', async () => {
      const id = newId();
      await signUpAs(`x.${id}@bücher.example`);
      for (const email of [
        `x.${id}@bücher.example`,
        ` X.${id}@BÜCHER.example`,
        `x.${id}@xn--bcher-kva.example`,
        `ｘ.${id}@bücher.example`,
      ])
        expect((await signInAs(email)).status, email).to.equal(200);
    });
  });

  describe('that an earlier release stored', () => {
    const forms: [name: string, form: string, typed: string[]][] = [
      [
        'with the domain in Unicode',
        'x.ID@bücher.example',
        ['x.ID@bücher.example', 'X.ID@BÜCHER.example', 'x.ID@bu\u0308cher.example', 'x.ID@xn--bcher-kva.example'],
      ],
      [
        'with a zero-width space',
        'al\u200bice.ID@florin.example',
        ['al\u200bice.ID@florin.example', ' AL\u200bICE.ID@florin.example'],
      ],
      ['with an override of direction', 'al\u202eice.ID@florin.example', ['al\u202eice.ID@florin.example']],
      ['with a soft hyphen', 'al\u00adice.ID@florin.example', ['al\u00adice.ID@florin.example']],
      ['with full-width letters', 'ａlice.ID@florin.example', ['ａlice.ID@florin.example']],
      ['with a byte order mark removed', 'alice.ID@florin.example', ['\ufeffalice.ID@florin.example', 'alice.ID@florin.example']],
    ];
    for (const [name, form, typed] of forms) {
      it(`${name} sign in with the address of sign-up, and stay taken`, async () => {
        const id = newId();
        const user = await stored(form.replace('ID', id));
        for (const email of typed.map((text) => text.replace('ID', id))) {
          expect(await userOf(email), JSON.stringify(email)).to.equal(user.id);
          expect(await codeOf(signUpAs(email)), JSON.stringify(email)).to.be.deep.oneOf([
            [409, 'EMAIL_TAKEN'],
            [422, 'VALIDATION_FAILED'],
          ]);
        }
        const { body } = await auth.call('GET', `/v1/users?email=${encodeURIComponent(user.email)}`, {
          token: admin.accessToken,
        });
        expect((body.data as unknown as { id: string }[]).map((one) => one.id)).to.deep.equal([user.id]);
      });
    }

    it('belong to two accounts if they were created as two: each signs in with its own spelling', async () => {
      const id = newId();
      const [unicode, ascii] = [await stored(`x.${id}@bücher.example`), await stored(`x.${id}@xn--bcher-kva.example`)];
      expect(await userOf(`x.${id}@bücher.example`)).to.equal(unicode.id);
      expect(await userOf(`x.${id}@xn--bcher-kva.example`)).to.equal(ascii.id);
      for (const { email } of [unicode, ascii]) {
        const { body } = await auth.call('GET', `/v1/users?email=${encodeURIComponent(email)}`, { token: admin.accessToken });
        expect((body.data as unknown as { id: string }[]).map((one) => one.id)).to.have.members([unicode.id, ascii.id]);
      }
    });

    it('leave the address free that they only look like', async () => {
      const id = newId();
      const imitator = await stored(`al\u200bice.${id}@florin.example`);
      const { status, body } = await signUpAs(`alice.${id}@florin.example`);
      expect(status).to.equal(201);
      expect(await userOf(`al\u200bice.${id}@florin.example`)).to.equal(imitator.id);
      expect(await userOf(`alice.${id}@florin.example`)).to.equal((body.data['user'] as { id: string }).id);
    });

    it('are erased and free again in every spelling', async () => {
      const id = newId();
      const user = await stored(`x.${id}@bücher.example`);
      const { accessToken } = (await signInAs(user.email)).body.data as SignedIn;
      await auth.call('DELETE', '/v1/users/me', { token: accessToken, body: { currentPassword: password } });
      expect((await signUpAs(`x.${id}@xn--bcher-kva.example`)).status).to.equal(201);
    });
  });

  it('get the same answer at sign-in whether impossible or unknown', async () => {
    const { body: expected } = await signInAs(newEmail('nobody'));
    for (const email of [
      unique('al\u200bice.ID@florin.example'),
      'no address',
      '\u0000',
      '\ud800@florin.example',
      `${'x'.repeat(900)}@florin.example`,
    ]) {
      const { status, body } = await signInAs(email);
      expect(status, JSON.stringify(email)).to.equal(401);
      expect({ ...body, requestId: undefined }).to.deep.equal({ ...expected, requestId: undefined });
    }
  });

  it('count as one account for password guessing', async () => {
    const settings = { PASSWORD_ATTEMPTS_PER_ACCOUNT: '2', PASSWORD_FIRST_DELAY_S: '60' };
    const limited = await startInstance(auth.database, authConfig(auth.database, settings));
    const id = newId();
    const guess = async (email: string) =>
      (await limited.call('POST', '/v1/auth/signin', { body: { email, password: 'wrong horse battery' } })).status;
    const statuses: number[] = [];
    for (const email of [
      `x.${id}@bücher.example`,
      `x.${id}@xn--bcher-kva.example`,
      `ｘ.${id}@bücher.example`,
      `X.${id}@BÜCHER.example`,
    ])
      statuses.push(await guess(email));
    expect(statuses).to.deep.equal([401, 401, 401, 429]);
    await limited.stop();
  });

  describe('of the first admin', () => {
    it('may be stored by an earlier release and invalid for a new account', async () => {
      const cases = [
        { form: 'root@bücher.example', set: 'Root@Bücher.example' },
        { form: 'root@bücher.example', set: 'root@xn--bcher-kva.example' },
        { form: 'ro\u200bot@florin.example', set: 'ro\u200bot@florin.example' },
      ];
      for (const { form, set } of cases) {
        const database = await createTestDatabase(migrations);
        const first = await startInstance(database, authConfig(database));
        await database.db.raw('UPDATE users SET email = ? WHERE email = ?', [form, demoAccounts.admin.email]);
        await first.stop();
        const settings = { FLORIN_ADMIN_EMAIL: set, FLORIN_ADMIN_PASSWORD: 'another password' };
        const again = await startInstance(database, authConfig(database, settings));
        const [rows] = (await database.db.raw('SELECT email FROM users')) as [{ email: string }[]];
        expect(rows).to.deep.equal([{ email: form }]);
        await again.stop();
        await database.drop();
      }
    });

    it('is rejected if no account can be created with it', async () => {
      const database = await createTestDatabase(migrations);
      const config = authConfig(database, {
        FLORIN_ADMIN_EMAIL: 'ro\u200bot@florin.example',
        FLORIN_ADMIN_PASSWORD: 'another password',
      });
      const failure = await startInstance(database, config).catch((error: Error) => error);
      expect(failure).to.be.an('error').with.property('message').that.includes('No account can be created');
      await database.drop();
    });
  });
});

describe('the name of a user', () => {
  let auth: RunningAuth;
  before(async () => {
    auth = await startAuth();
  });
  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const names: [name: string, value: string][] = [
    ['a NUL', 'Ali\u0000ce'],
    ['an escape', 'Ali\u001bce'],
    ['a control character of Latin-1', 'Ali\u0085ce'],
    ['a line break', 'Ali\nce'],
    ['a right-to-left override', 'Ali\u202ece'],
    ['an isolate', 'Ali\u2067ce'],
    ['a directional mark', 'Ali\u200fce'],
    ['a zero-width space', 'Ali\u200bce'],
    ['no visible character', '\u200d\u200d'],
    ['half of a surrogate pair', 'Ali\ud800'],
    ['101 characters when composed', '\u0958'.repeat(60)],
  ];
  for (const [name, value] of names) {
    it(`is rejected with ${name}`, async () => {
      const { accessToken: token } = await signUp(auth);
      const answers = [
        await auth.call('POST', '/v1/auth/signup', { body: { email: newEmail(), password, name: value } }),
        await auth.call('PATCH', '/v1/users/me', { token, body: { name: value } }),
      ];
      for (const { status, body } of answers) {
        expect([status, body.code]).to.deep.equal([422, 'VALIDATION_FAILED']);
        expect(body.errors?.map(({ path }) => path)).to.deep.equal(['name']);
      }
    });
  }

  for (const name of ['Zoë', 'محمد‌رضا', '王小明', 'Ana 👩‍👩‍👧', 'O’Brien-Łukasz']) {
    it(`may be ${name}`, async () => {
      const { body } = await auth.call('POST', '/v1/auth/signup', { body: { email: newEmail(), password, name } });
      expect(body.data['user']).to.include({ name: name.normalize('NFC') });
    });
  }
});
