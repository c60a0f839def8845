import { userInfo } from 'node:os';
import { createGuard, createTokenVerifier } from '@florin/auth-middleware';
import { newId, runTransaction } from '@florin/database';
import { appendAuditEntry, auditLogMigrations, commandActor, createLogger, createMetrics } from '@florin/runtime';
import {
  createHttpClient,
  createTestDatabase,
  type HttpClient,
  startTestIssuer,
  type TestDatabase,
  type TestIssuer,
} from '@florin/testing';
import { expect } from 'chai';
import { auditLogRoutes, createApp, endpoint, type HttpServer, startHttpServer } from '../src/index.ts';

const [alice, bob, carol, cellar] = [newId(), newId(), newId(), newId()];

describe('audit log', () => {
  let database: TestDatabase;
  let issuer: TestIssuer;
  let http: HttpServer;
  let call: HttpClient;
  let admin: string;
  const verifiers: { stop(): Promise<void> }[] = [];

  before(async () => {
    database = await createTestDatabase(auditLogMigrations);
    issuer = await startTestIssuer();
    const verifier = createTokenVerifier({ ...issuer, refreshMs: 60_000 });
    verifiers.push(verifier);
    await verifier.start();
    admin = issuer.tokenFor({ id: alice, roles: ['buyer', 'admin'] });
    const lock = endpoint({
      operationId: 'operation1',
      method: 'post',
      path: '/v1/cellar/lock',
      summary: 'Lock the cellar',
      access: 'admin',
      needsFreshRevocations: false,
      answers: { 204: { description: '' } },
      async handle({ user }) {
        await runTransaction(database.db, (trx) =>
          appendAuditEntry(trx, {
            actorId: user.id,
            action: 'cellar.lock',
            subject: cellar,
            before: false,
            after: { locked: true },
          }),
        );
        return { status: 204 };
      },
    });
    const app = createApp({
      title: 'test',
      endpoints: [lock, ...auditLogRoutes('house', database.db)],
      guard: createGuard(verifier),
      logger: createLogger({ service: 'test', level: 'error' }),
      metrics: createMetrics('test'),
      cursorKey: 'test',
      readiness: {},
    });
    http = await startHttpServer(app, { port: 0, host: '127.0.0.1', portSetting: 'PORT' });
    call = createHttpClient(() => `http://127.0.0.1:${http.port}`);
  });
  after(async () => {
    await http.stop();
    for (const verifier of verifiers) await verifier.stop();
    await issuer.stop();
    await database.drop();
  });

  it('is for admins', async () => {
    expect((await call('GET', '/v1/house/audit-log')).status).to.equal(401);
    const token = issuer.tokenFor({ id: bob, roles: ['buyer', 'staff'] });
    expect((await call('GET', '/v1/house/audit-log', { token })).status).to.equal(403);
  });

  it('records actor, action, subject, states before and after, and request', async () => {
    const { headers } = await call('POST', '/v1/cellar/lock', { token: admin, headers: { 'x-request-id': 'the-evening-round' } });
    const { body } = await call('GET', `/v1/house/audit-log?subject=${cellar}`, { token: admin });
    expect(body.data).to.have.length(1);
    const [{ id, at, ...entry }] = body.data;
    expect(id).to.match(/^[\da-f-]{36}$/);
    expect(Math.abs(Date.now() - Date.parse(at))).to.be.lessThan(60_000);
    expect(entry).to.deep.equal({
      actorId: alice,
      action: 'cellar.lock',
      subject: cellar,
      before: false,
      after: { locked: true },
      requestId: headers.get('x-request-id'),
    });
  });

  it('records who ran a command, by id or by name', async () => {
    await runTransaction(database.db, async (trx) => {
      await appendAuditEntry(trx, { ...commandActor({ as: carol }), action: 'cellar.fill', subject: 'of-carol' });
      await appendAuditEntry(trx, {
        ...commandActor({ as: 'olga' }),
        action: 'cellar.fill',
        subject: 'of-olga',
        after: { jars: 3 },
      });
      await appendAuditEntry(trx, { ...commandActor({}), action: 'cellar.fill', subject: 'of-system' });
    });
    const { body } = await call('GET', '/v1/house/audit-log?action=cellar.fill', { token: admin });
    const told = body.data.map(({ subject, actorId, after }: Record<string, unknown>) => ({ subject, actorId, after }));
    expect(told.toReversed()).to.deep.equal([
      { subject: 'of-carol', actorId: carol, after: undefined },
      { subject: 'of-olga', actorId: null, after: { jars: 3, ranBy: 'olga' } },
      { subject: 'of-system', actorId: null, after: { ranBy: userInfo().username } },
    ]);
  });

  it('lists entries newest first, in pages, and filters by actor, action and time', async () => {
    await database.db.transaction(async (trx) => {
      for (let index = 0; index < 5; index++) {
        await appendAuditEntry(trx, { actorId: bob, action: index === 4 ? 'room.burn' : 'room.paint', subject: `room-${index}` });
      }
      await appendAuditEntry(trx, { actorId: null, action: 'room.paint', subject: 'hall' });
    });
    const subjects = async (query: string): Promise<string[]> => {
      const found: string[] = [];
      for (let path: string | undefined = `/v1/house/audit-log?limit=2&${query}`; path !== undefined; ) {
        const { status, body, headers } = await call('GET', path, { token: admin });
        expect(status, JSON.stringify(body)).to.equal(200);
        found.push(...body.data.map(({ subject }: { subject: string }) => subject));
        path = /<(.*)>/.exec(headers.get('link') ?? '')?.[1];
      }
      return found;
    };
    expect(await subjects(`actorId=${bob}`)).to.deep.equal(['room-4', 'room-3', 'room-2', 'room-1', 'room-0']);
    expect(await subjects('action=room.burn')).to.deep.equal(['room-4']);
    expect(await subjects('action=room.paint')).to.deep.equal(['hall', 'room-3', 'room-2', 'room-1', 'room-0']);
    expect(await subjects(`actorId=${bob}&to=2001-01-01`)).to.deep.equal([]);
    expect(await subjects(`actorId=${bob}&from=2001-01-01&action=room.burn`)).to.deep.equal(['room-4']);
  });

  it('rolls back with its transaction', async () => {
    const entry = { actorId: bob, action: 'room.flood', subject: 'cellar' };
    const undone = runTransaction(database.db, async (trx) => {
      await appendAuditEntry(trx, entry);
      throw new Error('the pump was faster');
    });
    await undone.catch(() => {});
    expect(await database.db('audit_log').where({ action: 'room.flood' })).to.deep.equal([]);
  });

  for (const change of ['UPDATE audit_log SET actor_id = NULL', 'DELETE FROM audit_log']) {
    it(`rejects ${change}`, async () => {
      await database.db.transaction((trx) => appendAuditEntry(trx, { actorId: bob, action: 'room.lock', subject: 'attic' }));
      const error = await database.db.raw(change).then(
        () => undefined,
        (failure: Error) => failure,
      );
      expect(error?.message).to.contain('append-only');
    });
  }
});
