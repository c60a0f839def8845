import { newId } from '@florin/database';
import { endpoint } from '@florin/http';
import { openKafkajs } from '@florin/kafka';
import { eventually, testKafka } from '@florin/testing';
import { expect } from 'chai';
import { buildTestService, type TestService } from './start-test-service.ts';

const write = (path: string, needsFreshRevocations: boolean) =>
  endpoint({
    operationId: 'operation1',
    method: 'post',
    path,
    summary: 'Move money',
    access: 'admin',
    needsFreshRevocations,
    answers: { 204: { description: 'Done' } },
    handle: async () => ({ status: 204 }),
  });

describe('A service that can no longer read ended sessions', () => {
  let shop: TestService;

  before(async () => {
    shop = await buildTestService(
      () => [{ name: 'money', description: 'Money', endpoints: [write('/v1/move', true), write('/v1/freeze', false)] }],
      {
        REVOCATIONS_MAX_AGE_S: '3',
      },
    );
    await shop.service.start();
  });
  after(async () => {
    await shop.service.stop();
    await shop.drop();
  });

  async function post(path: string, roles?: string[]): Promise<{ status: number; code?: string; retryAfter: string | null }> {
    const headers = roles === undefined ? {} : { authorization: `Bearer ${shop.tokenFor({ id: newId(), roles })}` };
    const response = await fetch(`http://127.0.0.1:${shop.service.port()}${path}`, { method: 'POST', headers });
    const text = await response.text();
    const { code } = (text === '' ? {} : JSON.parse(text)) as { code?: string };
    return { status: response.status, retryAfter: response.headers.get('retry-after'), ...(code !== undefined && { code }) };
  }

  it('refuses admins what a former admin must not do, and nothing else', async () => {
    await eventually(async () => expect((await post('/v1/move', ['admin'])).status).to.equal(204));
    const admin = openKafkajs(testKafka()).admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [`${shop.prefix}florin.sessions`] });
    await admin.disconnect();
    await eventually(async () => expect((await post('/v1/move', ['admin'])).status).to.equal(503));
    expect(await post('/v1/move', ['admin'])).to.deep.equal({ status: 503, code: 'UNAVAILABLE', retryAfter: '5' });
    expect((await post('/v1/freeze', ['admin'])).status).to.equal(204);
    expect((await post('/v1/move', ['buyer'])).status, 'the role is checked first').to.equal(403);
    expect((await post('/v1/move')).status).to.equal(401);
  });
});
