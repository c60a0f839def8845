import { createTokenVerifier } from '@florin/auth-middleware';
import { createEventVerifier, DEVELOPMENT_SIGNING_KEYS, parseEvent, parseSigningKeys, readTraceparent } from '@florin/events';
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { countRows, newEmail, password, type RunningAuth, signUp, startAuth, stopAll } from './start-auth.ts';

describe('POST /v1/auth/signup', () => {
  let auth: RunningAuth;

  before(async () => {
    auth = await startAuth();
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const post = (body: unknown) => auth.call('POST', '/v1/auth/signup', { body });

  it('creates an account and answers with it and its tokens', async () => {
    const email = newEmail();
    const { status, headers, body } = await post({ email, password, name: 'Alice' });
    expect(status).to.equal(201);
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(Object.keys(body.data).sort()).to.deep.equal(['accessToken', 'expiresIn', 'refreshToken', 'user']);
    const user = body.data['user'] as Record<string, unknown>;
    expect(user).to.deep.include({ email, name: 'Alice', roles: ['buyer'], status: 'active' });
    expect(Object.keys(user).sort()).to.deep.equal(['createdAt', 'email', 'id', 'name', 'roles', 'status']);
    expect(user['createdAt']).to.match(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(body.data['expiresIn']).to.equal(900);
  });

  it('needs no name', async () => {
    const { status, body } = await post({ email: newEmail(), password });
    expect(status).to.equal(201);
    expect(body.data['user']).to.deep.include({ name: null });
  });

  it('issues an access token with exactly the agreed claims', async () => {
    const { user, accessToken } = await signUp(auth);
    const token = jwt.decode(accessToken, { complete: true });
    const claims = token?.payload as jwt.JwtPayload;
    expect(token?.header).to.have.keys('alg', 'typ', 'kid').and.include({ alg: 'RS256' });
    expect(claims).to.have.keys('sub', 'roles', 'sid', 'iss', 'aud', 'exp', 'iat', 'iat_ms', 'jti');
    expect(claims).to.deep.include({ sub: user.id, roles: ['buyer'], iss: 'florin-auth', aud: 'florin' });
    expect(Number(claims.exp) - Number(claims.iat)).to.equal(900);
  });

  it('issues an access token that other services can verify with the published keys', async () => {
    const { user, accessToken } = await signUp(auth);
    const { issuer, audience } = auth.config.jwt;
    const verifier = createTokenVerifier({ jwksUrl: `${auth.url}/.well-known/jwks.json`, issuer, audience, refreshMs: 60_000 });
    await verifier.start();
    expect(await verifier.verify(accessToken)).to.deep.include({ id: user.id, roles: ['buyer'] });
    await verifier.stop();
  });

  it('stores only the hashes of the password and the refresh token', async () => {
    const { user, refreshToken } = await signUp(auth);
    const id = Buffer.from(user.id.replaceAll('-', ''), 'hex');
    const [[row]] = (await auth.database.db.raw(
      `SELECT u.password_hash, t.token_hash FROM users u JOIN sessions s ON s.user_id = u.id
       JOIN refresh_tokens t ON t.session_id = s.id WHERE u.id = ?`,
      [id],
    )) as [{ password_hash: string; token_hash: Buffer }[]];
    expect(row?.password_hash).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(row?.token_hash).to.have.length(32);
    expect(row?.token_hash.toString('base64url')).to.not.equal(refreshToken);
  });

  it('publishes the registration once, without personal data', async () => {
    const { user } = await signUp(auth, newEmail('personal'));
    const [rows] = (await auth.database.db.raw('SELECT topic, message_key, payload FROM outbox WHERE message_key = ?', [
      Buffer.from(user.id),
    ])) as [{ topic: string; payload: string }[]];
    expect(rows).to.have.length(1);
    const [{ topic, payload } = { topic: '', payload: '' }] = rows;
    expect(topic).to.equal('florin.users');
    const message = { topic, partition: 0, offset: '0', key: Buffer.from(user.id), value: Buffer.from(payload) };
    const parsed = parseEvent(
      message,
      createEventVerifier({ mode: 'require', keys: parseSigningKeys(DEVELOPMENT_SIGNING_KEYS) }),
    );
    expect(parsed).to.have.nested.include({
      'event.type': 'user-registered',
      'event.subject': user.id,
      'event.sequence': '1'.padStart(20, '0'),
    });
    expect(parsed).to.have.deep.nested.property('event.data', { userId: user.id });
    expect(payload).to.not.include('personal');
  });

  async function traceOfSignUp(headers: Record<string, string>): Promise<string> {
    const { body } = await auth.call('POST', '/v1/auth/signup', { body: { email: newEmail(), password }, headers });
    const { id } = body.data['user'] as { id: string };
    const [[row]] = (await auth.database.db.raw('SELECT payload FROM outbox WHERE message_key = ?', [Buffer.from(id)])) as [
      { payload: string }[],
    ];
    return (JSON.parse(row?.payload ?? '{}') as { traceparent: string }).traceparent;
  }

  it('carries the trace of the request into the event', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(await traceOfSignUp({ traceparent })).to.equal(traceparent);
  });

  it('starts a trace if the request has none or an invalid one', async () => {
    const zeros = `00-${'0'.repeat(32)}-b7ad6b7169203331-01`;
    const made = [await traceOfSignUp({}), await traceOfSignUp({ traceparent: zeros })];
    for (const one of made) expect(readTraceparent(one)).to.equal(one);
    expect(made[0]).to.not.equal(made[1]);
  });

  describe('one account for an email', () => {
    for (const [name, spell] of Object.entries({
      'the same': (email: string) => email,
      'upper case': (email: string) => email.toUpperCase(),
      'blanks around it': (email: string) => ` \t${email}\n`,
    })) {
      it(`rejects ${name}`, async () => {
        const email = newEmail('bob');
        await signUp(auth, email);
        const { status, body } = await post({ email: spell(email), password });
        expect({ status, code: body.code }).to.deep.equal({ status: 409, code: 'EMAIL_TAKEN' });
      });
    }

    it('rejects another composition of the same characters', async () => {
      const email = newEmail('zoë');
      await signUp(auth, email.normalize('NFC'));
      expect((await post({ email: email.normalize('NFD'), password })).status).to.equal(409);
    });

    it('accepts two addresses that only a lax collation finds equal', async () => {
      const email = newEmail('zoe');
      await signUp(auth, email);
      expect((await post({ email: email.replace('zoe', 'zoë'), password })).status).to.equal(201);
    });

    it('answers with the address as stored', async () => {
      const email = newEmail('bob');
      expect((await signUp(auth, ` ${email.toUpperCase()} `)).user.email).to.equal(email);
    });

    it('lets one of 20 concurrent requests succeed', async () => {
      const email = newEmail('bob');
      const [accounts, events] = [await countRows(auth, 'users'), await countRows(auth, 'outbox')];
      const answers = await Promise.all(Array.from({ length: 20 }, () => post({ email, password })));
      const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
      expect(statuses).to.deep.equal([201, ...Array.from({ length: 19 }, () => 409)]);
      expect(answers.filter(({ body }) => body.code === 'EMAIL_TAKEN')).to.have.length(19);
      expect(await countRows(auth, 'users')).to.equal(accounts + 1);
      expect(await countRows(auth, 'outbox')).to.equal(events + 1);
    });
  });

  it('leaves one event for each account', async () => {
    expect(await countRows(auth, 'outbox')).to.equal(await countRows(auth, 'users'));
  });

  describe('passwords', () => {
    for (const [length, expected] of [
      [7, 422],
      [8, 201],
      [128, 201],
      [129, 422],
    ] as const) {
      it(`answers ${expected} to ${length} characters`, async () => {
        const long = 'kX3#pQ9z wolkig mit Aussicht '.repeat(5).slice(0, length);
        expect((await post({ email: newEmail(), password: long })).status).to.equal(expected);
      });
    }

    it('answers 422 to one of the most common', async () => {
      const { status, body } = await post({ email: newEmail(), password: 'Password123' });
      expect({ status, code: body.code }).to.deep.equal({ status: 422, code: 'PASSWORD_TOO_WEAK' });
      const message = 'password is one of the most common passwords: choose another';
      expect(body).to.deep.include({ detail: message, errors: [{ path: 'password', message }] });
    });

    it("answers 422 to the user's own words", async () => {
      const email = newEmail('margaret');
      for (const [known, name] of [
        [email, 'Bo'],
        ['margaret1', 'Bo'],
        ['hamilton12', 'Margaret Hamilton'],
      ] as const) {
        const { status, body } = await post({ email, password: known, name });
        expect({ status, code: body.code }, known).to.deep.equal({ status: 422, code: 'PASSWORD_TOO_WEAK' });
      }
      expect((await post({ email, password, name: 'Margaret Hamilton' })).status).to.equal(201);
    });
  });

  describe('bodies that break the schema', () => {
    const good = { email: 'alice@florin.example', password };
    const bad: Record<string, [body: unknown, path: string]> = {
      'no email': [{ password }, 'email'],
      'no password': [{ email: good.email }, 'password'],
      'an unknown field': [{ ...good, roles: ['admin'] }, 'roles'],
      'an email that is a number': [{ ...good, email: 5 }, 'email'],
      'an email that is an object': [{ ...good, email: { $ne: '' } }, 'email'],
      'an invalid email': [{ ...good, email: 'alice' }, 'email'],
      'an email of blanks': [{ ...good, email: '   ' }, 'email'],
      'an email with a line break inside': [{ ...good, email: 'alice@florin.example\nbcc: bob@florin.example' }, 'email'],
      'a very long email': [{ ...good, email: `${'a'.repeat(250)}@florin.example` }, 'email'],
      'a password that is a number': [{ ...good, password: 1234567890 }, 'password'],
      'a password that is a list': [{ ...good, password: ['x'.repeat(10)] }, 'password'],
      'a password that is null': [{ ...good, password: null }, 'password'],
      'a name that is a number': [{ ...good, name: 5 }, 'name'],
      'an empty name': [{ ...good, name: '' }, 'name'],
      'a name of blanks': [{ ...good, name: '  ' }, 'name'],
      'a name that is too long': [{ ...good, name: 'x'.repeat(101) }, 'name'],
      'a list': [[good], ''],
    };
    for (const [name, [body, path]] of Object.entries(bad)) {
      it(`rejects ${name}`, async () => {
        const answer = await post(body);
        expect({ status: answer.status, code: answer.body.code }).to.deep.equal({ status: 422, code: 'VALIDATION_FAILED' });
        expect(answer.body.errors?.map((error) => error.path)).to.include(path);
      });
    }

    it('rejects an unknown query parameter', async () => {
      expect((await auth.call('POST', '/v1/auth/signup?admin=true', { body: good })).status).to.equal(422);
    });
  });

  describe('invalid bodies', () => {
    it('answers 400 to malformed JSON', async () => {
      const { status, body } = await auth.call('POST', '/v1/auth/signup', { text: '{"email": ' });
      expect({ status, code: body.code }).to.deep.equal({ status: 400, code: 'MALFORMED_JSON' });
    });

    it('answers 413 to more than 32 KiB', async () => {
      const { status, body } = await auth.call('POST', '/v1/auth/signup', { body: { name: 'x'.repeat(32 * 1024) } });
      expect({ status, code: body.code }).to.deep.equal({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
    });

    it('answers 422 to a missing body', async () => {
      expect((await auth.call('POST', '/v1/auth/signup')).status).to.equal(422);
    });

    it('answers 415 to a form', async () => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      expect((await auth.call('POST', '/v1/auth/signup', { text: 'email=a', headers })).status).to.equal(415);
    });
  });

  it('ignores an old token in the request', async () => {
    const { status } = await auth.call('POST', '/v1/auth/signup', { body: { email: newEmail(), password }, token: 'garbage' });
    expect(status).to.equal(201);
  });
});
