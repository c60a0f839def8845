import { afterCommit, newId } from '@florin/database';
import { makeEvent } from '@florin/events';
import { endpoint, reply } from '@florin/http';
import type { Invariant } from '@florin/invariants';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import Joi from 'joi';
import type { Feature } from '../src/index.ts';
import { buildTestService, type TestService } from './start-test-service.ts';

const registered = () => makeEvent('user-registered', { sequence: 1, data: { userId: newId() } });

const noteInvariant: Invariant = {
  check: 'notes',
  rule: 'every note has a text',
  over: { table: 'notes', key: 'id', column: 'n.id' },
  sql: (range) => `SELECT n.id, 'no text' AS detail FROM notes n WHERE ${range} AND n.note IS NULL`,
};

const failingNote = (): void => {
  throw new Error('no counter');
};

describe('A service of two features', () => {
  const steps: string[] = [];
  let shop: TestService;

  /** Records each call with the components that are running at that moment. */
  const recording = (name: string, ask: () => Promise<string>): Feature => ({
    name,
    description: name,
    prepare: async () => void steps.push(`prepare ${name}: ${await ask()}`),
    jobs: [
      {
        start: async () => void steps.push(`start job of ${name}: ${await ask()}`),
        stop: async () => void steps.push(`stop job of ${name}: ${await ask()}`),
      },
    ],
    releaseRequests: () => void steps.push(`release requests of ${name}`),
  });
  const ask = async (): Promise<string> => {
    const isListening = shop.service.port() !== 0 && (await shop.get('/health/live').catch(() => undefined)) !== undefined;
    return isListening ? 'HTTP listens' : 'no HTTP';
  };

  before(async () => {
    shop = await buildTestService(({ db, transact }) => [
      {
        ...recording('notes', ask),
        endpoints: [
          endpoint({
            operationId: 'operation1',
            method: 'get',
            path: '/v1/notes',
            summary: 'List the notes',
            access: 'user',
            answers: { 200: { description: 'The notes', data: Joi.array().items(Joi.string()) } },
            handle: async () => reply(200, await db('notes').pluck('note')),
          }),
        ],
        subscriptions: [{ event: 'user-registered', handle: async (trx) => void (await trx('notes').insert({ note: 'first' })) }],
        invariants: [noteInvariant],
      },
      {
        ...recording('copies', ask),
        subscriptions: [
          {
            event: 'user-registered',
            handle: async (trx, events) => {
              const [first] = await trx('notes').pluck<string[]>('note');
              for (const { id } of events) await trx('notes').insert({ note: `${first} seen by ${id.slice(-8)}` });
            },
          },
        ],
        onCommitted: (events) => void steps.push(`committed ${events.map(({ type }) => type).join()}`),
        endpoints: [
          endpoint({
            operationId: 'operation2',
            method: 'post',
            path: '/v1/notes',
            summary: 'Publish an event',
            access: 'anyone',
            answers: { 204: { description: 'Published' } },
            handle: async () => {
              await transact(async (trx) => afterCommit(trx, failingNote));
              return { status: 204 };
            },
          }),
        ],
      },
    ]);
  });
  after(() => shop.drop());

  it('has the endpoints, subscriptions and invariants of both, and those of every service', () => {
    const { endpoints, subscriptions, invariants } = shop.service;
    const paths = endpoints.map(({ method, path }) => `${method} ${path}`);
    expect(paths.slice(0, 2)).to.deep.equal(['get /v1/notes', 'post /v1/notes']);
    expect(paths).to.include.members(['get /v1/shop/dead-letters', 'get /v1/shop/parked-events', 'get /v1/shop/audit-log']);
    expect(Object.keys(subscriptions)).to.deep.equal(['user-registered']);
    expect(invariants).to.deep.equal([noteInvariant]);
  });

  it('prepares its features, then starts their jobs, and listens last', async () => {
    await shop.service.start();
    expect(steps.splice(0)).to.deep.equal([
      'prepare notes: no HTTP',
      'prepare copies: no HTTP',
      'start job of notes: no HTTP',
      'start job of copies: no HTTP',
    ]);
    expect(await ask()).to.equal('HTTP listens');
  });

  it('is ready, and requires tokens if an endpoint says so', async () => {
    await eventually(async () => expect((await shop.get('/health/ready')).status).to.equal(200));
    expect((await shop.get('/v1/notes')).status).to.equal(401);
    expect((await shop.get('/v1/notes', shop.tokenFor({ id: newId() }))).status).to.equal(200);
  });

  it('logs the error of a note after a commit, and goes on', async () => {
    const logged: string[] = [];
    Object.assign(shop.service.logger, { error: (event: string) => logged.push(event) });
    const url = `http://127.0.0.1:${shop.service.port()}/v1/notes`;
    expect((await fetch(url, { method: 'POST' })).status).to.equal(204);
    await eventually(() => expect(logged).to.deep.equal(['a note after a commit failed']));
  });

  it('runs the operations of both on one event, in order, in one transaction', async () => {
    const event = registered();
    await shop.publish(event);
    await eventually(async () => expect(await shop.database.db('notes').pluck('note')).to.have.length(2));
    const notes = ['first', `first seen by ${event.event.id.slice(-8)}`];
    expect(await shop.database.db('notes').pluck('note')).to.have.members(notes);
    await eventually(() => expect(steps.splice(0)).to.deep.equal(['committed user-registered']));

    // The first operation fails now, by its key, so the second is rolled back too.
    await shop.publish(registered());
    await eventually(async () => expect(await shop.database.db('dead_letters').select()).to.have.length(1));
    expect(await shop.database.db('notes').pluck('note')).to.have.members(notes);
  });

  it('answers waiting requests, then stops HTTP, then the jobs', async () => {
    steps.splice(0);
    await shop.service.stop();
    expect(steps.slice(0, 2)).to.deep.equal(['release requests of notes', 'release requests of copies']);
    expect(steps.slice(2)).to.have.members(['stop job of notes: no HTTP', 'stop job of copies: no HTTP']);
  });
});

describe('A service that fails to start', () => {
  it('is stopped like a running one', async () => {
    const stopped: string[] = [];
    const shop = await buildTestService(() => [
      {
        name: 'broken',
        description: 'Fails to start',
        prepare: () => Promise.reject(new Error('no keys')),
        jobs: [{ stop: () => void stopped.push('job') }],
      },
    ]);
    const failure = await shop.service.start().catch((error: Error) => error.message);
    await shop.service.stop();
    expect([failure, stopped]).to.deep.equal(['no keys', ['job']]);
    await shop.drop();
  });
});
