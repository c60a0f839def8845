import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { newEmail, type RunningAuth, signUp, startAuth, stopAll } from './start-auth.ts';

describe('/v1/users/me', () => {
  let auth: RunningAuth;
  let token: string;
  let user: { id: string; email: string };

  before(async () => {
    auth = await startAuth();
    ({ accessToken: token, user } = await signUp(auth, newEmail()));
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  for (const method of ['GET', 'PATCH']) {
    describe(method, () => {
      it('requires authentication', async () => {
        const { status, body, headers } = await auth.call(method, '/v1/users/me');
        expect({ status, code: body.code }).to.deep.equal({ status: 401, code: 'UNAUTHENTICATED' });
        expect(headers.get('www-authenticate')).to.equal('Bearer');
      });

      it('rejects a token that another issuer signed', async () => {
        const forged = jwt.sign(jwt.decode(token) as object, 'secret', { header: { alg: 'HS256', kid: 'x' } });
        expect((await auth.call(method, '/v1/users/me', { token: forged })).status).to.equal(401);
      });

      it('answers 401 when the account no longer exists', async () => {
        const gone = await signUp(auth);
        const { db } = auth.database;
        for (const table of ['refresh_tokens', 'sessions', 'known_addresses']) await db.raw(`DELETE FROM ${table} WHERE 1 = 1`);
        await db.raw('DELETE FROM users WHERE email = ?', [gone.user.email]);
        const { status, body } = await auth.call(method, '/v1/users/me', { token: gone.accessToken });
        expect({ status, code: body.code }).to.deep.equal({ status: 401, code: 'UNAUTHENTICATED' });
      });
    });
  }

  it('GET answers with the user of the token, without secrets', async () => {
    const { status, body } = await auth.call('GET', '/v1/users/me', { token });
    expect(status).to.equal(200);
    expect(body.data).to.deep.include({ id: user.id, email: user.email, roles: ['buyer'], status: 'active', name: null });
    expect(body.data).to.have.keys('id', 'email', 'name', 'roles', 'status', 'createdAt');
  });

  it('PATCH changes the name', async () => {
    const { status, body } = await auth.call('PATCH', '/v1/users/me', { token, body: { name: '  Alice Ångström ' } });
    expect(status).to.equal(200);
    expect(body.data).to.deep.include({ id: user.id, name: 'Alice Ångström' });
    expect((await auth.call('GET', '/v1/users/me', { token })).body.data).to.deep.equal(body.data);
  });

  it('PATCH without a change, or without a body, answers with the unchanged user', async () => {
    const before = await auth.call('GET', '/v1/users/me', { token });
    for (const body of [undefined, {}, { name: before.body.data['name'] }]) {
      const answer = await auth.call('PATCH', '/v1/users/me', { token, ...(body === undefined ? {} : { body }) });
      expect({ status: answer.status, data: answer.body.data }).to.deep.equal({ status: 200, data: before.body.data });
    }
  });

  const bad: Record<string, unknown> = {
    'another email': { email: 'bob@florin.example' },
    'other roles': { roles: ['admin'] },
    'a name that is a number': { name: 5 },
    'a name that is null': { name: null },
    'an empty name': { name: ' ' },
    'a name that is too long': { name: 'x'.repeat(101) },
  };
  for (const [name, body] of Object.entries(bad)) {
    it(`PATCH answers 422 to ${name}`, async () => {
      const answer = await auth.call('PATCH', '/v1/users/me', { token, body });
      expect({ status: answer.status, code: answer.body.code }).to.deep.equal({ status: 422, code: 'VALIDATION_FAILED' });
    });
  }

  it('PATCH answers 400 to malformed JSON and 413 to a large body', async () => {
    expect((await auth.call('PATCH', '/v1/users/me', { token, text: '{' })).status).to.equal(400);
    expect((await auth.call('PATCH', '/v1/users/me', { token, text: `"${'x'.repeat(101 * 1024)}"` })).status).to.equal(413);
  });
});
