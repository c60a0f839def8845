// Runs with --full: it backs up a platform and restores it.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FlorinProblem } from '@florin/client';
import { connectToServer, idBytes, newId } from '@florin/database';
import { makeEvent } from '@florin/events';
import { readEventSignatures } from '@florin/runtime';
import { eventually, testInfra, uniquePrefix } from '@florin/testing';
import { expect } from 'chai';
import { installPackages } from '../dev/infra/system-packages.ts';
import { runAudit } from '../ops/audit/run-audit.ts';
import { backUp } from '../ops/backup/back-up.ts';
import { type Restored, restore } from '../ops/backup/restore.ts';
import { type OperatorKafka, openOperatorKafka } from '../ops/platform/operator-broker.ts';
import { serviceNames } from '../ops/platform/service-names.ts';
import { findExecutables } from '../ops/programs/find-executable.ts';
import { PASSWORD, type Person, problemOr, signIn, signUp } from './sign-up.ts';
import { admin, startTestPlatform, type TestPlatform } from './start-test-platform.ts';

const BUYERS = 4;
const PRICE = 1_000;

const OPERATOR = { actorId: newId() };

describe('a platform restored from a back-up', function () {
  this.timeout(480_000);
  let platform: TestPlatform;
  let kafka: OperatorKafka;
  let directory: string;
  let productId: string;

  before(async () => {
    if (!['mysqldump', 'mariadb-dump'].some((name) => findExecutables(name).length > 0))
      await installPackages(['dump'], AbortSignal.timeout(60_000));
    directory = await mkdtemp(join(tmpdir(), 'florin-backup-'));
    platform = await startTestPlatform();
    const { kafkaBrokers } = testInfra();
    kafka = await openOperatorKafka('restore-test', {
      KAFKA_BROKERS: kafkaBrokers.join(','),
      KAFKA_PREFIX: platform.kafkaPrefix,
    });
    const { florin: staff } = await signIn(platform, admin);
    const { data: category } = await staff.post('/v1/categories', { body: { name: `Books ${newId()}` } });
    const body = { name: 'A novel', priceMinor: PRICE, stock: 100_000, categoryId: category.id };
    productId = (await staff.post('/v1/products', { body })).data.id;
  });
  after(async () => {
    await kafka?.disconnect();
    await platform?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  /** @returns the id of the purchase */
  const request = async ({ florin }: Person): Promise<string> =>
    (await florin.post('/v1/purchases', { body: { items: [{ productId, quantity: 1 }] } })).data.id;
  const statusOf = async (id: string, { florin }: Person): Promise<string> => {
    const answer = await problemOr(florin.get('/v1/purchases/{id}', { params: { path: { id } } }));
    return answer instanceof FlorinProblem ? `HTTP ${answer.status}` : answer.data.status;
  };
  const options = () => {
    const { databaseUrls, migrationUrls } = platform;
    const signatures = readEventSignatures({});
    return { databaseUrls, migrationUrls, environment: {}, signatures, actor: OPERATOR, onProgress: () => {} };
  };
  const restoreAll = (isReplacing: boolean): Promise<Restored> =>
    restore({ ...options(), kafka, directory: join(directory, 'backup'), isReplacing, hasFreshTopics: false });

  async function expectAudited(): Promise<void> {
    for (const service of serviceNames) {
      const connection = await connectToServer(platform.databaseUrls[service]);
      const [entries] = await connection.query('SELECT action, actor_id FROM audit_log ORDER BY id DESC LIMIT 2');
      await connection.end();
      expect(entries, service).to.deep.equal(
        ['consumer.reset-offsets', 'database.restore'].map((action) => ({ action, actor_id: idBytes(OPERATOR.actorId) })),
      );
    }
  }

  /** The restore has not marked the event as received in any service. */
  async function expectUnreceived(eventId: string): Promise<void> {
    for (const service of serviceNames) {
      const connection = await connectToServer(platform.databaseUrls[service]);
      const [rows] = await connection.query('SELECT consumer FROM inbox WHERE event_id = ?', [idBytes(eventId)]);
      await connection.end();
      expect(rows, service).to.deep.equal([]);
    }
  }

  async function destroy(): Promise<void> {
    const connection = await connectToServer(testInfra().databaseUrl);
    for (const url of Object.values(platform.databaseUrls))
      await connection.query('DROP DATABASE ??', [new URL(url).pathname.slice(1)]);
    await connection.end();
  }

  it('is as at that moment: earlier purchases are complete, nothing is charged twice, and later changes are gone in every service', async () => {
    const buyers = await Promise.all(Array.from({ length: BUYERS }, () => signUp(platform)));
    const before: { id: string; buyer: Person }[] = [];
    let isOver = false;
    const shop = async (buyer: Person): Promise<void> => {
      while (!isOver) {
        const id = await request(buyer);
        if (!isOver) before.push({ id, buyer });
      }
    };
    const shopping = Promise.all(buyers.map(shop));
    await eventually(() => expect(before.length).to.be.above(BUYERS * 3));
    // The backup has every answered purchase, and may have some in progress.
    const sure = [...before];
    await backUp({ ...options(), kafka: kafka.topics, directory: join(directory, 'backup') });
    isOver = true;
    await shopping;

    const latecomer = await signUp(platform);
    const [first = latecomer] = buyers;
    const items = [{ productId, quantity: 1 }];
    const late = await latecomer.florin.buy(items);
    const lateOfBuyer = await first.florin.buy(items);
    expect([late.status, lateOfBuyer.status]).to.deep.equal(['paid', 'paid']);

    await expectRefusal(restoreAll(true), /Stop auth first|Stop product first|Stop payment first/);
    await Promise.all(serviceNames.map((name) => platform.kill(name)));
    await destroy();
    const forged = makeEvent('user-registered', { sequence: 1, data: { userId: newId() } });
    await kafka.broker.publish([{ topic: forged.topic, key: forged.key, value: JSON.stringify(forged.event), headers: {} }]);
    // The members of killed services leave their groups when their sessions expire.
    const { forgotten } = await eventually(() => restoreAll(false), { everyMs: 300 });
    expect(forgotten).to.be.above(4);
    await expectUnreceived(forged.event.id);
    await expectAudited();
    await expectRefusal(restoreAll(false), /Database .* exists: rename it, or use --replace/);
    await Promise.all(serviceNames.map((name) => platform.restart(name)));

    for (const { id, buyer } of sure) expect(await buyer.florin.waitForPurchase(id)).to.include({ status: 'paid' });
    expect(await statusOf(late.id, latecomer)).to.equal('HTTP 404');
    expect(await statusOf(lateOfBuyer.id, first)).to.equal('HTTP 404');
    const again = await problemOr(latecomer.florin.session.signIn({ email: latecomer.email, password: PASSWORD }));
    expect(again, 'the user who signed up afterwards').to.include({ status: 401 });
    const audit = await runAudit({ databaseUrls: platform.databaseUrls, recheckMs: 5_000 });
    expect(audit.findings, 'the forged event, in the three services that read its topic').to.have.length(3);
    for (const { detail } of audit.findings) expect(detail).to.match(/of florin\.users: The message has no signature\.$/);

    for (const { florin } of buyers) {
      const { data: list } = await florin.get('/v1/purchases', { params: { query: { limit: 100 } } });
      const { data: wallet } = await florin.get('/v1/wallet');
      expect(wallet.balanceMinor, 'each purchase is charged once').to.equal(1_000_000 - list.length * PRICE);
    }
    expect(await first.florin.buy(items), 'new purchases are paid').to.include({ status: 'paid' });
  });

  it('reads topics from the beginning if they are different ones', async () => {
    await Promise.all(serviceNames.map((name) => platform.kill(name)));
    const elsewhere = { KAFKA_BROKERS: testInfra().kafkaBrokers.join(','), KAFKA_PREFIX: uniquePrefix('elsewhere') };
    const other = await openOperatorKafka('restore-test', elsewhere);
    const from = { ...options(), directory: join(directory, 'backup'), isReplacing: true, hasFreshTopics: true };
    await restore({ ...from, kafka: other });
    await other.disconnect();
    const connection = await connectToServer(platform.databaseUrls.payment);
    const [offsets] = await connection.query('SELECT * FROM consumer_offsets');
    const [payments] = await connection.query('SELECT id FROM payments');
    await connection.end();
    expect(offsets).to.deep.equal([]);
    expect(payments).to.not.deep.equal([]);
  });

  it('comes from dumps that only their owner may read', async () => {
    const { mode } = await stat(join(directory, 'backup/auth.sql'));
    expect((mode & 0o777).toString(8)).to.equal('600');
  });
});

async function expectRefusal(doing: Promise<unknown>, message: RegExp): Promise<void> {
  const refused = await doing.then(
    () => 'done',
    (error: Error) => error.message,
  );
  expect(refused).to.match(message);
}
