import { newId } from '@florin/database';
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import {
  type Answer,
  eventsOf,
  type RunningAuth,
  refreshStatus,
  type SignedIn,
  signIn,
  signInAdmin,
  signUp,
  signUpAs,
  startAuth,
  stopAll,
} from './start-auth.ts';

describe('user administration', () => {
  let auth: RunningAuth;
  let admin: SignedIn;
  let token: string;

  before(async () => {
    auth = await startAuth();
    admin = await signInAdmin(auth);
    token = admin.accessToken;
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  const setRoles = (id: string, roles: unknown, by = token) =>
    auth.call('PUT', `/v1/users/${id}/roles`, { token: by, body: { roles } });
  const disable = (id: string, by = token) => auth.call('POST', `/v1/users/${id}/disable`, { token: by });
  const enable = (id: string, by = token) => auth.call('POST', `/v1/users/${id}/enable`, { token: by });
  const refused = ({ status, body }: Answer, wanted: number, code: string) =>
    expect({ status, code: body.code }).to.deep.equal({ status: wanted, code });

  async function auditOf(id: string): Promise<Record<string, unknown>[]> {
    const { body } = await auth.call('GET', `/v1/auth/audit-log?subject=${id}`, { token });
    return body.data as unknown as Record<string, unknown>[];
  }

  async function activeAdmins(): Promise<number> {
    const [[row]] = (await auth.database.db.raw(
      "SELECT COUNT(*) AS n FROM users WHERE status = 'active' AND FIND_IN_SET('admin', roles) > 0",
    )) as [{ n: number }[]];
    return Number(row?.n);
  }

  const endpoints: [method: string, path: string, body?: unknown][] = [
    ['GET', '/v1/users'],
    ['GET', '/v1/users/:id'],
    ['PUT', '/v1/users/:id/roles', { roles: ['admin'] }],
    ['POST', '/v1/users/:id/disable'],
    ['POST', '/v1/users/:id/enable'],
    ['GET', '/v1/auth/audit-log'],
  ];
  for (const [method, path, body] of endpoints) {
    describe(`${method} ${path}`, () => {
      const call = (id: string, by?: string) =>
        auth.call(method, path.replace(':id', id), {
          ...(by === undefined ? {} : { token: by }),
          ...(body === undefined ? {} : { body }),
        });

      it('requires authentication', async () => refused(await call(newId()), 401, 'UNAUTHENTICATED'));

      it('is for admins only, whatever the account', async () => {
        for (const by of [await signUp(auth), await signUpAs(auth, 'buyer,staff')]) {
          refused(await call(by.user.id, by.accessToken), 403, 'FORBIDDEN');
        }
      });

      if (path.includes(':id')) {
        it('answers 404 to an unknown or malformed id', async () => {
          for (const id of [newId(), 'x']) refused(await call(id, token), 404, 'NOT_FOUND');
        });
      }
    });
  }

  describe('GET /v1/users', () => {
    const list = async (query: string) => {
      const answer = await auth.call('GET', `/v1/users${query}`, { token });
      return { ...answer, users: answer.body.data as unknown as { id: string; email: string }[] };
    };

    it('filters by e-mail address, in any spelling', async () => {
      const { user } = await signUp(auth);
      const { status, users } = await list(`?email=${encodeURIComponent(` ${user.email.toUpperCase()}`)}`);
      expect(status).to.equal(200);
      expect(users).to.have.length(1);
      expect(users[0]).to.deep.include({ id: user.id, email: user.email, roles: ['buyer'], status: 'active' });
      expect(users[0]).to.have.keys('id', 'email', 'name', 'roles', 'status', 'createdAt');
      expect((await list('?email=nobody@florin.example')).users).to.deep.equal([]);
    });

    it('filters by role and by status', async () => {
      const staff = await signUpAs(auth, 'buyer,staff');
      const both = await signUpAs(auth, 'buyer,staff,admin');
      const out = await signUp(auth);
      await disable(out.user.id);
      const found = async (query: string) => (await list(`${query}&limit=100`)).users.map(({ id }) => id);
      expect(await found('?role=staff'))
        .to.include.members([staff.user.id, both.user.id])
        .and.not.include(admin.user.id);
      expect(await found('?role=admin'))
        .to.include.members([admin.user.id, both.user.id])
        .and.not.include(staff.user.id);
      expect(await found('?role=buyer')).to.include.members([admin.user.id, staff.user.id, out.user.id]);
      expect(await found('?status=disabled'))
        .to.include(out.user.id)
        .and.not.include(admin.user.id);
      expect(await found('?status=active'))
        .to.include(admin.user.id)
        .and.not.include(out.user.id);
      expect(await found('?status=disabled&role=admin')).to.deep.equal([]);
      await disable(both.user.id);
    });

    it('lists all accounts, newest first, in pages without a gap', async () => {
      await Promise.all(Array.from({ length: 5 }, () => signUp(auth)));
      const seen: string[] = [];
      for (let query = '?limit=3'; query !== ''; ) {
        const { users, body } = await list(query);
        const { nextCursor } = (body as unknown as { page: { nextCursor: string | null } }).page;
        seen.push(...users.map(({ id }) => id));
        query = nextCursor === null ? '' : `?limit=3&cursor=${nextCursor}`;
      }
      expect(seen).to.deep.equal([...seen].sort().reverse());
      const [[row]] = (await auth.database.db.raw('SELECT COUNT(*) AS n FROM users')) as [{ n: number }[]];
      expect(new Set(seen).size).to.equal(Number(row?.n));
    });

    for (const query of ['?limit=0', '?cursor=x', '?role=root', '?status=erased', '?email=x', '?name=x']) {
      it(`answers 422 to ${query}`, async () => refused(await list(query), 422, 'VALIDATION_FAILED'));
    }
  });

  describe('PUT /v1/users/:id/roles', () => {
    it('makes access tokens void, and keeps sessions open with the new roles', async () => {
      const alice = await signUp(auth);
      const { iat: before = 0 } = jwt.decode(alice.accessToken) as jwt.JwtPayload;
      const { status, body } = await setRoles(alice.user.id, ['staff']);
      expect(status).to.equal(200);
      expect(body.data).to.deep.include({ id: alice.user.id, roles: ['buyer', 'staff'] });
      const [event, ...others] = await eventsOf(auth, alice.user.id);
      expect(others).to.deep.equal([]);
      expect(event).to.deep.include({ type: 'tokens-invalidated', subject: alice.user.id });
      const issuedBefore = Date.parse(String(event?.data['issuedBefore']));
      const refreshed = await auth.call('POST', '/v1/auth/refresh', { body: { refreshToken: alice.refreshToken } });
      const after = jwt.decode(String(refreshed.body.data['accessToken'])) as jwt.JwtPayload;
      expect(after).to.deep.include({ roles: ['buyer', 'staff'] });
      expect(Math.round(before * 1000), 'the old token is void').to.be.lessThan(issuedBefore);
      expect(Math.round((after.iat ?? 0) * 1000), 'the new one is valid').to.be.at.least(issuedBefore);
      expect((after.exp ?? 0) - (after.iat ?? 0)).to.equal(300);
    });

    it('distinguishes tokens before and after, also if another instance has a fast clock', async () => {
      const alice = await signUp(auth);
      await auth.database.db.raw(
        'UPDATE refresh_tokens SET issued_at = issued_at + INTERVAL 5 SECOND WHERE token_hash = UNHEX(SHA2(?, 256))',
        [alice.refreshToken],
      );
      const fastMs = Date.now() + 4_000;
      await setRoles(alice.user.id, ['staff']);
      const [event] = await eventsOf(auth, alice.user.id);
      const issuedBefore = Date.parse(String(event?.data['issuedBefore']));
      expect(issuedBefore).to.be.greaterThan(fastMs);
      const { iat = 0 } = jwt.decode((await signIn(auth, alice.user)).accessToken) as jwt.JwtPayload;
      expect(Math.round(iat * 1000)).to.be.at.least(issuedBefore);
    });

    it('lets no token with the old roles outlive it, also after concurrent refreshes', async () => {
      for (let round = 0; round < 15; round++) {
        const alice = await signUp(auth);
        const refresh = () => auth.call('POST', '/v1/auth/refresh', { body: { refreshToken: alice.refreshToken } });
        const earlier = [refresh(), refresh(), refresh(), refresh()];
        const [, ...refreshed] = await Promise.all([setRoles(alice.user.id, ['staff']), ...earlier, refresh(), refresh()]);
        const [event] = await eventsOf(auth, alice.user.id);
        const issuedBefore = Date.parse(String(event?.data['issuedBefore']));
        for (const { body } of refreshed) {
          const { iat = 0, roles } = jwt.decode(String(body.data['accessToken'])) as jwt.JwtPayload & { roles: string[] };
          expect(roles.includes('staff'), `of ${iat}, against ${issuedBefore}`).to.equal(Math.round(iat * 1000) >= issuedBefore);
        }
      }
    });

    it('sets the given roles, and changes nothing when repeated', async () => {
      const { user } = await signUp(auth);
      const wanted: [string[], string[]][] = [
        [
          ['admin', 'staff'],
          ['buyer', 'staff', 'admin'],
        ],
        [
          ['buyer', 'admin'],
          ['buyer', 'admin'],
        ],
        [['buyer'], ['buyer']],
        [['buyer'], ['buyer']],
      ];
      for (const [roles, expected] of wanted) {
        expect((await setRoles(user.id, roles)).body.data['roles']).to.deep.equal(expected);
      }
      expect(await eventsOf(auth, user.id)).to.have.length(3);
      expect(await auditOf(user.id)).to.have.length(3);
    });

    it('writes an entry to the audit log', async () => {
      const { user } = await signUp(auth);
      const { headers } = await setRoles(user.id, ['staff']);
      const [entry] = await auditOf(user.id);
      expect(entry).to.deep.include({
        actorId: admin.user.id,
        action: 'user.set-roles',
        subject: user.id,
        before: { roles: ['buyer'] },
        after: { roles: ['buyer', 'staff'] },
        requestId: headers.get('x-request-id'),
      });
    });

    it('gives nobody a role of their own, and lets an admin give one up', async () => {
      const other = await signUpAs(auth, 'buyer,admin');
      refused(await setRoles(other.user.id, ['staff', 'admin'], other.accessToken), 403, 'OWN_ACCOUNT');
      expect(await auditOf(other.user.id)).to.deep.equal([]);
      expect((await setRoles(other.user.id, ['buyer'], other.accessToken)).status).to.equal(200);
    });

    it('keeps the role of the last active admin', async () => {
      refused(await setRoles(admin.user.id, ['buyer']), 409, 'LAST_ADMIN');
      expect((await setRoles(admin.user.id, ['admin'])).status, 'no change').to.equal(200);
      expect(await eventsOf(auth, admin.user.id)).to.deep.equal([]);
    });

    it('keeps one of two admins who demote each other concurrently', async () => {
      for (let round = 0; round < 5; round++) {
        const other = await signUpAs(auth, 'buyer,admin');
        const answers = await Promise.all([
          setRoles(other.user.id, ['buyer']),
          setRoles(admin.user.id, ['buyer'], other.accessToken),
        ]);
        const [done, rejected] = answers.map(({ status }) => status).sort((a, b) => a - b);
        expect(done).to.equal(200);
        expect(rejected, 'the last admin, or a token that is void already').to.be.oneOf([401, 409]);
        expect(await activeAdmins()).to.equal(1);
        if (answers[0]?.status === 200) continue;
        expect((await setRoles(admin.user.id, ['admin'], other.accessToken)).status).to.equal(200);
        token = (await signInAdmin(auth)).accessToken;
        expect((await setRoles(other.user.id, ['buyer'])).status).to.equal(200);
      }
    });

    it('is rejected for a former admin whose token still has the role', async () => {
      const demoted = await signUpAs(auth, 'buyer,admin');
      const out = await signUpAs(auth, 'buyer,admin');
      const { user } = await signUp(auth);
      await setRoles(demoted.user.id, ['buyer']);
      await disable(out.user.id);
      for (const { accessToken, user: self } of [demoted, out]) {
        refused(await setRoles(user.id, ['admin'], accessToken), 401, 'UNAUTHENTICATED');
        refused(await setRoles(self.id, ['staff', 'admin'], accessToken), 401, 'UNAUTHENTICATED');
        refused(await disable(user.id, accessToken), 401, 'UNAUTHENTICATED');
      }
      refused(await enable(out.user.id, out.accessToken), 401, 'UNAUTHENTICATED');
    });

    it('is rejected after the sign-out of the actor', async () => {
      const other = await signUpAs(auth, 'buyer,admin');
      const { user } = await signUp(auth);
      await auth.call('POST', '/v1/auth/signout', { token: other.accessToken });
      refused(await setRoles(user.id, ['admin'], other.accessToken), 401, 'UNAUTHENTICATED');
      refused(await disable(user.id, other.accessToken), 401, 'UNAUTHENTICATED');
      expect(await auditOf(user.id)).to.deep.equal([]);
      await disable(other.user.id);
    });

    for (const [name, body] of Object.entries({
      nothing: {},
      'no roles': { roles: [] },
      'an unknown role': { roles: ['root'] },
      'a role twice': { roles: ['staff', 'staff'] },
      'a text': { roles: 'admin' },
      'an unknown field': { roles: ['staff'], status: 'disabled' },
    })) {
      it(`answers 422 to ${name}`, async () => {
        refused(await auth.call('PUT', `/v1/users/${admin.user.id}/roles`, { token, body }), 422, 'VALIDATION_FAILED');
      });
    }
  });

  describe('POST /v1/users/:id/disable and /enable', () => {
    it('disable and enable, each with one event and one audit entry', async () => {
      const alice = await signUp(auth);
      for (const answer of [await disable(alice.user.id), await disable(alice.user.id)]) {
        expect(answer.status).to.equal(200);
        expect(answer.body.data).to.deep.include({ id: alice.user.id, status: 'disabled' });
      }
      const { status } = await auth.call('POST', '/v1/auth/signin', {
        body: { email: alice.user.email, password: 'correct horse battery' },
      });
      expect(status, 'sign-in').to.equal(401);
      expect(await refreshStatus(auth, alice)).to.equal(401);
      expect((await auth.call('GET', '/v1/users/me', { token: alice.accessToken })).status).to.equal(401);
      for (const answer of [await enable(alice.user.id), await enable(alice.user.id)]) {
        expect(answer.body.data).to.deep.include({ id: alice.user.id, status: 'active' });
      }
      expect(await refreshStatus(auth, alice), 'earlier sessions stay ended').to.equal(401);
      expect(await refreshStatus(auth, await signIn(auth, alice.user))).to.equal(200);
      expect((await eventsOf(auth, alice.user.id)).map(({ type }) => type)).to.deep.equal(['tokens-invalidated']);
      expect((await auditOf(alice.user.id)).map(({ action }) => action)).to.deep.equal(['user.enable', 'user.disable']);
    });

    it('is published once for ten concurrent requests', async () => {
      const { user } = await signUp(auth);
      const answers = await Promise.all(Array.from({ length: 10 }, () => disable(user.id)));
      for (const { status } of answers) expect(status).to.equal(200);
      expect(await eventsOf(auth, user.id)).to.have.length(1);
      expect(await auditOf(user.id)).to.have.length(1);
    });

    it('leaves no session of a concurrent sign-in', async () => {
      const { user } = await signUp(auth);
      const [, ...crossing] = await Promise.all([disable(user.id), ...Array.from({ length: 4 }, () => signIn(auth, user))]);
      for (const session of crossing) {
        if (session !== undefined) expect(await refreshStatus(auth, session)).to.equal(401);
      }
    });

    it('is rejected for the last active admin', async () => {
      refused(await disable(admin.user.id), 409, 'LAST_ADMIN');
      expect(await activeAdmins()).to.equal(1);
    });

    it('keeps one of three admins who disable each other concurrently', async () => {
      const second = await signUpAs(auth, 'buyer,admin');
      const third = await signUpAs(auth, 'buyer,admin');
      await Promise.all([
        disable(second.user.id, token),
        disable(third.user.id, second.accessToken),
        disable(admin.user.id, third.accessToken),
      ]);
      expect(await activeAdmins()).to.be.at.least(1);
    });
  });
});
