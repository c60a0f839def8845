import type { RequestListener } from 'node:http';
import { expect } from 'chai';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { createTokenVerifier, type TokenVerifier } from '../src/index.ts';
import { eventually } from './eventually.ts';
import { alice, audience, issuer, type JwksServer, jwkOf, makeKey, type SigningKey, startJwksServer, tokenBy } from './issuer.ts';

const key = makeKey();
const laterKey = makeKey();
const strangers = Array.from({ length: 200 }, (_, index) => tokenBy({ ...laterKey, kid: `stranger-${index}` }));

describe('createTokenVerifier', () => {
  let jwks: JwksServer;
  let verifier: TokenVerifier | undefined;
  let clock: SinonFakeTimers | undefined;
  const warnings: string[] = [];

  beforeEach(async () => {
    jwks = await startJwksServer([jwkOf(key)]);
    warnings.length = 0;
  });

  afterEach(async () => {
    clock?.restore();
    clock = undefined;
    await verifier?.stop();
    await jwks.stop();
  });

  async function started(options: { jwksUrl?: string; refreshMs?: number } = {}): Promise<TokenVerifier> {
    const logger = { warn: (message: string) => warnings.push(message) };
    verifier = createTokenVerifier({ jwksUrl: jwks.url, issuer, audience, refreshMs: 60_000, logger, ...options });
    await verifier.start();
    return verifier;
  }

  it('fetches the keys once for any number of tokens', async () => {
    const { verify } = await started();
    for (let count = 0; count < 50; count++) expect((await verify(tokenBy(key))).id).to.equal(alice.id);
    expect(jwks.asked).to.equal(1);
  });

  it('takes the keys from a function in the issuer itself', async () => {
    verifier = createTokenVerifier({ fetchKeys: async () => [jwkOf(key) as never], issuer, audience, refreshMs: 60_000 });
    await verifier.start();
    expect((await verifier.verify(tokenBy(key))).sessionId).to.equal(alice.sessionId);
  });

  describe('keys that change', () => {
    it('learns a new key, and forgets an old one, on schedule', async () => {
      const { verify } = await started({ refreshMs: 20 });
      jwks.keys = [jwkOf(laterKey)];
      await eventually(async () => expect(await errorOf(verify(tokenBy(key)))).to.equal('UNAUTHENTICATED'));
      expect((await verify(tokenBy(laterKey))).id).to.equal(alice.id);
    });

    it('fetches at once for an unknown key, if the last fetch was a while ago', async () => {
      clock = useFakeTimers({ toFake: ['performance'] });
      const { verify } = await started();
      jwks.keys = [jwkOf(key), jwkOf(laterKey)];
      expect(await errorOf(verify(tokenBy(laterKey)))).to.equal('UNAUTHENTICATED');
      expect(jwks.asked).to.equal(1);
      clock.tick(5_000);
      expect((await verify(tokenBy(laterKey))).id).to.equal(alice.id);
      expect(jwks.asked).to.equal(2);
    });

    it('keeps its keys when they cannot be renewed, and renews them later', async () => {
      const { verify, check } = await started({ refreshMs: 20 });
      await jwks.stop();
      await eventually(() => expect(warnings).to.have.length.greaterThan(1));
      expect((await verify(tokenBy(key))).id).to.equal(alice.id);
      check();
      jwks = await startJwksServer([jwkOf(key), jwkOf(laterKey)], { port: jwks.port });
      await eventually(async () => expect((await verify(tokenBy(laterKey))).id).to.equal(alice.id));
    });

    it('keeps its keys when an empty set is published', async () => {
      const { verify } = await started({ refreshMs: 20 });
      jwks.keys = [];
      await eventually(() => expect(warnings).to.have.length.greaterThan(0));
      expect((await verify(tokenBy(key))).id).to.equal(alice.id);
    });
  });

  describe('a flood of unknown keys', () => {
    it('fetches at most once in five seconds, and accepts valid tokens meanwhile', async () => {
      clock = useFakeTimers({ toFake: ['performance'] });
      let release = (): void => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const { verify } = await started({ jwksUrl: (await slowAfterFirst(held)).url });
      clock.tick(5_000);
      const flood = strangers.map((token) => errorOf(verify(token)));
      await eventually(() => expect(jwks.asked).to.equal(2));
      for (let count = 0; count < 20; count++) expect((await verify(tokenBy(key))).id).to.equal(alice.id);
      release();
      expect(new Set(await Promise.all(flood))).to.deep.equal(new Set(['UNAUTHENTICATED']));
      expect(new Set(await Promise.all(strangers.map((token) => errorOf(verify(token)))))).to.deep.equal(
        new Set(['UNAUTHENTICATED']),
      );
      expect(jwks.asked).to.equal(2);
    });

    /** Answers the first request at once, and the next on demand. */
    async function slowAfterFirst(held: Promise<void>): Promise<JwksServer> {
      await jwks.stop();
      const listener: RequestListener = (_request, response) => {
        const answer = () => response.end(JSON.stringify({ keys: [jwkOf(key)] }));
        if (jwks.asked === 1) answer();
        else void held.then(answer);
      };
      jwks = await startJwksServer([], { listener });
      return jwks;
    }
  });

  describe('an issuer that is unavailable at the start', () => {
    it('starts unready with 503, and becomes ready with the issuer', async () => {
      await jwks.stop();
      const { verify, check } = await started();
      expect(check).to.throw('no public keys yet');
      expect(await errorOf(verify(tokenBy(key)))).to.equal('UNAVAILABLE');
      expect(await errorOf(verify('garbage'))).to.equal('UNAUTHENTICATED');
      jwks = await startJwksServer([jwkOf(key)], { port: jwks.port });
      await eventually(check);
      expect((await verify(tokenBy(key))).id).to.equal(alice.id);
    });

    it('sends Retry-After', async () => {
      await jwks.stop();
      const { verify } = await started();
      const error = await verify(tokenBy(key)).catch((thrown: unknown) => thrown);
      expect(error).to.deep.include({ headers: { 'Retry-After': '1' } });
    });

    it('retries quickly at first, then every two seconds, until it is stopped', async () => {
      clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
      let asked = 0;
      const fetchKeys = async () => {
        asked++;
        throw new Error('away');
      };
      verifier = createTokenVerifier({ fetchKeys, issuer, audience, refreshMs: 60_000 });
      await verifier.start();
      await clock.tickAsync(1_400);
      expect(asked).to.be.within(4, 5);
      await clock.tickAsync(10_000);
      expect(asked).to.be.within(9, 11);
      await verifier.stop();
      const before = asked;
      await clock.tickAsync(60_000);
      expect(asked).to.equal(before);
    });
  });

  describe('responses that are not a JWK Set', () => {
    const weak: SigningKey = makeKey('weak', 1_024);
    const answers: Record<string, RequestListener> = {
      'not JSON': (_request, response) => response.end('<html>'),
      'no keys': (_request, response) => response.end('{}'),
      'keys that are not objects': (_request, response) => response.end('{"keys": [null, 1, "x"]}'),
      'an error': (_request, response) => response.writeHead(500).end(JSON.stringify({ keys: [jwkOf(key)] })),
      'a redirect': (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
      'a broken connection': (request) => request.socket.destroy(),
      'more than 64 KiB': (_request, response) =>
        response.end(JSON.stringify({ keys: [jwkOf(key)], padding: 'x'.repeat(64 * 1024) })),
      'only unusable keys': (_request, response) =>
        response.end(
          JSON.stringify({
            keys: [
              jwkOf(weak),
              { ...jwkOf(key), use: 'enc' },
              { ...jwkOf(key), alg: 'RS512' },
              { ...jwkOf(key), kid: undefined },
              { ...jwkOf(key), n: 'AQAB' },
              { kty: 'oct', kid: 'secret', k: 'c2VjcmV0' },
              { kty: 'EC', kid: 'curve', crv: 'P-256', x: 'x', y: 'y' },
            ],
          }),
        ),
    };
    for (const [name, listener] of Object.entries(answers)) {
      it(`is not ready after ${name}`, async () => {
        await jwks.stop();
        jwks = await startJwksServer([], { listener });
        const { check } = await started();
        expect(check).to.throw('no public keys yet');
        expect(warnings).to.have.length.greaterThan(0);
      });
    }

    it('times out without a response', async () => {
      await jwks.stop();
      jwks = await startJwksServer([], { listener: () => {} });
      const { check } = await started();
      expect(check).to.throw('no public keys yet');
    });

    it('accepts at most 32 keys', async () => {
      jwks.keys = [...Array.from({ length: 32 }, (_, index) => ({ ...jwkOf(key), kid: `key-${index}` })), jwkOf(laterKey)];
      const { verify } = await started();
      expect((await verify(tokenBy({ ...key, kid: 'key-31' }))).id).to.equal(alice.id);
      expect(await errorOf(verify(tokenBy(laterKey)))).to.equal('UNAUTHENTICATED');
    });
  });
});

async function errorOf(work: Promise<unknown>): Promise<string> {
  const outcome = await work.then(
    () => ({ code: 'none' }),
    (error: { code: string }) => error,
  );
  return outcome.code;
}
