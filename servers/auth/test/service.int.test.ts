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

  it('takes sign-ups while the broker is away, is alive, and says that it is not ready', async () => {
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
    expect(paths).to.include.keys(
      '/v1/auth/signup',
      '/v1/auth/signin',
      '/v1/auth/refresh',
      '/v1/users/me',
      '/.well-known/jwks.json',
    );
    expect(paths['/v1/users/me']).to.have.keys('get', 'patch');
  });

  it('answers 404 as a problem where there is nothing', async () => {
    const { status, body } = await auth.call('GET', '/v1/users/nothing/here');
    expect({ status, code: body.code }).to.deep.equal({ status: 404, code: 'NOT_FOUND' });
  });

  it('says which port is taken, and by what setting to move', async () => {
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

  it('has migrations whose names carry no file extension', () => {
    for (const { name } of migrations) expect(name).to.match(/^\d{4}-[a-z-]+$/);
  });
});
