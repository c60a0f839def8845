import { createTestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { authConfig, type RunningAuth, signUp, startAuth, startInstance, stopAll } from './start-auth.ts';

describe('the auth service', () => {
  let auth: RunningAuth;

  before(async () => {
    auth = await startAuth({ KAFKA_BROKERS: '127.0.0.1:1' });
  });

  after(async () => {
    await stopAll();
    await auth.database.drop();
  });

  it('accepts sign-ups while the broker is unavailable, stays live, and is not ready', async () => {
    await signUp(auth);
    expect((await auth.call('GET', '/health/live')).status).to.equal(200);
    const { status, body } = await auth.call('GET', '/health/ready');
    expect(status).to.equal(503);
    expect(body).to.have.property('checks').that.includes({ database: 'ok', keys: 'ok' }).and.not.includes({ kafka: 'ok' });
  });

  it('describes its endpoints', async () => {
    const { status, body } = await auth.call('GET', '/openapi.json');
    expect(status).to.equal(200);
    const { paths } = body as unknown as { paths: Record<string, object> };
    const endpoints = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(endpoints).to.include.members([
      'post /v1/auth/signup',
      'post /v1/auth/signin',
      'post /v1/auth/refresh',
      'post /v1/auth/signout',
      'get /v1/users/me',
      'patch /v1/users/me',
      'delete /v1/users/me',
      'post /v1/users/me/password',
      'get /v1/users/me/sessions',
      'delete /v1/users/me/sessions/{id}',
      'get /v1/users',
      'get /v1/users/{id}',
      'put /v1/users/{id}/roles',
      'post /v1/users/{id}/disable',
      'post /v1/users/{id}/enable',
      'get /.well-known/jwks.json',
      'get /v1/auth/audit-log',
      'get /v1/auth/dead-letters',
    ]);
  });

  it('answers 404 with a problem for an unknown path', async () => {
    const { status, body } = await auth.call('GET', '/v1/users/nothing/here');
    expect({ status, code: body.code }).to.deep.equal({ status: 404, code: 'NOT_FOUND' });
  });

  it('names the port that is taken, and the setting that changes it', async () => {
    const port = Number(new URL(auth.url).port);
    const failure = await auth.another({ port }).catch((error: Error) => error);
    expect(failure).to.be.an('error').with.property('message').that.includes(`${port}`).and.includes('AUTH_PORT');
  });

  it('fails to start without its tables', async () => {
    const database = await createTestDatabase([]);
    const failure = await startInstance(database, authConfig(database)).catch((error: Error) => error);
    expect(failure).to.be.an('error');
    await database.drop();
  });

  it('has migrations whose names have no file extension', () => {
    for (const { name } of migrations) expect(name).to.match(/^([a-z-]+-)?\d{4}-[a-z-]+$/);
  });
});
