import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorMiddleware } from '@florin/app-response';
import { expect } from 'chai';
import express from 'express';
import {
  type Access,
  createGuard,
  createTokenVerifier,
  isStaff,
  requireRole,
  requireUser,
  type TokenVerifier,
  userOf,
} from '../src/index.ts';
import {
  alice,
  audience,
  goodClaims,
  issuer,
  type JwksServer,
  jwkOf,
  makeKey,
  secondsFromNow,
  startJwksServer,
  tokenBy,
} from './issuer.ts';

const key = makeKey();
const stranger = makeKey();
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const good = () => tokenBy(key);

function unsigned(alg: string): string {
  return `${encoded({ alg, typ: 'JWT', kid: key.kid })}.${encoded(goodClaims())}.`;
}

/** The classic key confusion: the public key used as the secret of an HMAC. */
function signedWithPublicKey(): string {
  const content = `${encoded({ alg: 'HS256', typ: 'JWT', kid: key.kid })}.${encoded(goodClaims())}`;
  const secret = key.publicKey.export({ type: 'spki', format: 'pem' });
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}

function withOtherClaims(claims: object): string {
  const [header, , signature] = good().split('.');
  return `${header}.${encoded({ ...goodClaims(), ...claims })}.${signature}`;
}

function withOtherSignature(): string {
  const token = good();
  const flipped = token.at(-10) === 'A' ? 'B' : 'A';
  return `${token.slice(0, -10)}${flipped}${token.slice(-9)}`;
}

const badTokens: Record<string, () => string> = {
  garbage: () => 'garbage',
  'three dots of garbage': () => 'a.b.c',
  'a header that is not an object': () => `${encoded('x')}.${encoded(goodClaims())}.c2ln`,
  'alg none': () => unsigned('none'),
  'alg None': () => unsigned('None'),
  'RS256 without a signature': () => unsigned('RS256'),
  'HS256 signed with the public key': signedWithPublicKey,
  'a key of another issuer under our kid': () => tokenBy({ ...stranger, kid: key.kid }),
  'an unknown kid': () => tokenBy(stranger),
  'no kid': () => tokenBy(key, {}, { kid: undefined }),
  'a kid that is not a string': () => tokenBy(key, {}, { kid: 1 as unknown as string }),
  'a kid from the prototype': () => tokenBy({ ...stranger, kid: '__proto__' }),
  'an unknown critical extension': () => tokenBy(key, {}, { crit: ['exp'] }),
  'another issuer': () => tokenBy(key, { iss: 'florin-other' }),
  'no issuer': () => tokenBy(key, { iss: undefined }),
  'another audience': () => tokenBy(key, { aud: 'other' }),
  'no audience': () => tokenBy(key, { aud: undefined }),
  'expired beyond the tolerance': () => tokenBy(key, { exp: secondsFromNow(-61) }),
  'no expiry': () => tokenBy(key, { exp: undefined }),
  'an expiry that is text': () => tokenBy(key, { exp: '9999999999' }),
  'not yet valid': () => tokenBy(key, { nbf: secondsFromNow(65) }),
  'issued in the future': () => tokenBy(key, { iat: secondsFromNow(65) }),
  'no time of issue': () => tokenBy(key, { iat: undefined }),
  'no subject': () => tokenBy(key, { sub: undefined }),
  'a subject that is not an id': () => tokenBy(key, { sub: "alice' OR 1=1" }),
  'no session': () => tokenBy(key, { sid: undefined }),
  'no roles': () => tokenBy(key, { roles: undefined }),
  'roles that are text': () => tokenBy(key, { roles: 'admin' }),
  'no jti': () => tokenBy(key, { jti: undefined }),
  'tampered claims': () => withOtherClaims({ roles: ['admin'] }),
  'a tampered signature': withOtherSignature,
  oversized: () => tokenBy(key, { padding: 'x'.repeat(8 * 1024) }),
};

const badHeaders: Record<string, () => string> = {
  'an empty header': () => '',
  'a scheme alone': () => 'Bearer',
  'another scheme': () => `Basic ${good()}`,
  'no scheme': good,
  'two tokens': () => `Bearer ${good()} ${good()}`,
};

const goodTokens: Record<string, () => string> = {
  'a fresh one': good,
  'one expired within the tolerance': () => tokenBy(key, { exp: secondsFromNow(-55) }),
  'one from a clock that is ahead within the tolerance': () => tokenBy(key, { iat: secondsFromNow(55), nbf: secondsFromNow(55) }),
  'one for several audiences': () => tokenBy(key, { aud: ['other', audience] }),
  'one with a role of a later release': () => tokenBy(key, { roles: ['buyer', 'auditor'] }),
};

describe('a guarded app', () => {
  let jwks: JwksServer;
  let verifier: TokenVerifier;
  let server: Server;
  let url: string;

  before(async () => {
    jwks = await startJwksServer([jwkOf(key)]);
    verifier = createTokenVerifier({ jwksUrl: jwks.url, issuer, audience, refreshMs: 60_000 });
    await verifier.start();
    server = createServer(guardedApp(verifier));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(async () => {
    server.close();
    server.closeAllConnections();
    await verifier.stop();
    await jwks.stop();
  });

  async function call(access: Access | 'unguarded' | 'dependent', authorization?: string) {
    const response = await fetch(`${url}/${access}`, authorization === undefined ? {} : { headers: { authorization } });
    const body = (await response.json()) as { code?: string; detail?: string; user?: unknown };
    return { status: response.status, challenge: response.headers.get('www-authenticate'), body };
  }

  describe('without a token', () => {
    for (const access of ['user', 'staff', 'admin', 'dependent'] as const) {
      it(`answers 401 if ${access} is wanted`, async () => {
        const { status, body, challenge } = await call(access);
        expect({ status, code: body.code, challenge }).to.deep.equal({
          status: 401,
          code: 'UNAUTHENTICATED',
          challenge: 'Bearer',
        });
      });
    }

    it('allows requests without a token on open endpoints', async () => {
      expect(await call('anyone')).to.deep.include({ status: 200, body: {} });
    });

    it('answers 401 if a role is required without a required token', async () => {
      expect((await call('unguarded')).status).to.equal(401);
    });
  });

  describe('with an invalid token', () => {
    const headers = { ...badHeaders, ...bearing(badTokens) };
    for (const [name, header] of Object.entries(headers)) {
      for (const access of ['user', 'dependent'] as const) {
        it(`answers 401 to ${name} where ${access === 'user' ? 'a user may call' : 'the answer depends on the user'}`, async () => {
          const { status, body, challenge } = await call(access, header());
          expect({ status, code: body.code }).to.deep.equal({ status: 401, code: 'UNAUTHENTICATED' });
          expect(challenge).to.equal('Bearer error="invalid_token"');
        });
      }

      it(`ignores ${name} if anyone may call`, async () => {
        expect(await call('anyone', header())).to.deep.include({ status: 200, body: {} });
      });
    }

    it('says why, if the response depends on the user', async () => {
      const { body } = await call('dependent', `Bearer ${tokenBy(key, { exp: secondsFromNow(-61) })}`);
      expect(body).to.include({ detail: 'The access token has expired.' });
    });

    it('ignores a revoked one on open endpoints, and says so if the response depends on the user', async () => {
      const sid = '018f4e1e-9c3a-7000-8000-0000000000ff';
      const authorization = `Bearer ${tokenBy(key, { sid })}`;
      expect(await call('anyone', authorization)).to.have.nested.property('body.user.sessionId', sid);
      const expiresAt = new Date(Date.now() + 900_000).toISOString();
      const data = { sid, userId: alice.id, expiresAt };
      verifier.applyRevocation({ type: 'session-revoked', time: new Date().toISOString(), data });
      expect(await call('anyone', authorization)).to.deep.include({ status: 200, body: {} });
      const { status, body } = await call('dependent', authorization);
      expect({ status, detail: body.detail }).to.deep.equal({ status: 401, detail: 'The access token has been revoked.' });
    });
  });

  describe('with a valid token', () => {
    for (const [name, header] of Object.entries(bearing(goodTokens))) {
      it(`identifies the user of ${name}`, async () => {
        for (const access of ['user', 'session', 'anyone', 'dependent'] as const) {
          const { status, body } = await call(access, header());
          expect({ status, user: body.user }).to.deep.equal({ status: 200, user: { ...alice, roles: ['buyer'] } });
        }
      });
    }

    const table: [role: string, allowed: Access[]][] = [
      ['buyer', ['anyone', 'session', 'user']],
      ['staff', ['anyone', 'session', 'user', 'staff']],
      ['admin', ['anyone', 'session', 'user', 'staff', 'admin']],
    ];
    for (const [role, allowed] of table) {
      it(`lets ${role} pass where ${allowed.join(', ')} may, and nowhere else`, async () => {
        for (const access of ['anyone', 'session', 'user', 'staff', 'admin'] as const) {
          const { status, body } = await call(access, `Bearer ${tokenBy(key, { roles: [role] })}`);
          const isAllowed = allowed.includes(access);
          expect({ access, status, code: body.code }).to.deep.equal({
            access,
            status: isAllowed ? 200 : 403,
            code: isAllowed ? undefined : 'FORBIDDEN',
          });
        }
      });
    }

    it('reads the scheme in any case', async () => {
      expect((await call('user', `bEARER ${good()}`)).status).to.equal(200);
    });
  });

  it('counts staff and admins as staff', () => {
    const users = (['buyer', 'staff', 'admin'] as const).map((role) => ({ ...alice, roles: [role] }));
    expect([undefined, ...users].map(isStaff)).to.deep.equal([false, false, true, true]);
  });
});

function bearing(tokens: Record<string, () => string>): Record<string, () => string> {
  return Object.fromEntries(Object.entries(tokens).map(([name, token]) => [name, () => `Bearer ${token()}`]));
}

function guardedApp(verifier: TokenVerifier): express.Express {
  const app = express();
  const guard = createGuard(verifier);
  const show: express.RequestHandler = (request, response) => {
    response.json({ user: userOf(request) });
  };
  for (const access of ['anyone', 'session', 'user', 'staff', 'admin'] as const) app.get(`/${access}`, ...guard(access), show);
  app.get('/dependent', ...guard('anyone'), (request, response) => {
    response.json({ user: requireUser(request) });
  });
  app.get('/unguarded', requireRole('buyer'), show);
  app.use(errorMiddleware({ requestIdOf: () => 'r', onFault: () => {} }));
  return app;
}
