import { idBytes, newId } from '@florin/database';
import { expect } from 'chai';
import { runAudit } from '../audit/run-audit.ts';
import { type AuditedPlatform, startAuditedPlatform } from '../test/audited-platform.ts';
import { type RebuiltLimits, rebuildLimits } from './rebuild-limits.ts';

describe('rebuildLimits', () => {
  let platform: AuditedPlatform;
  let alice: string;
  let bob: string;
  let carol: string;

  beforeEach(async () => {
    platform = await startAuditedPlatform();
    [alice, bob, carol] = [
      await platform.signUp('alice@x.test'),
      await platform.signUp('bob@x.test'),
      await platform.signUp('c@x.test'),
    ];
    await platform.untilQuiet();
  });
  afterEach(() => platform.stop());

  const rebuild = (): Promise<RebuiltLimits> =>
    rebuildLimits({
      ...platform.db,
      actor: { actorId: null, actorName: 'olga' },
      onProgress: () => {},
      signal: new AbortController().signal,
    });
  const copiesOf = (userId: string) => platform.db.product('buyer_limits').where({ user_id: idBytes(userId) });
  const copyOf = async (userId: string): Promise<Record<string, unknown>> =>
    (await copiesOf(userId).first()) as Record<string, unknown>;
  const audit = async (): Promise<string[]> => {
    const { findings } = await runAudit({ databaseUrls: platform.databaseUrls, only: ['buyer-limits'], recheckMs: 0 });
    return findings.map(({ detail }) => detail);
  };

  it('repairs copies that are missing, wrong, ahead of their wallet or without a wallet, and no others', async () => {
    await copiesOf(alice).delete();
    await copiesOf(bob).update({ available_minor: 7, version: 40 });
    await platform.db.product('buyer_limits').insert({
      user_id: idBytes(newId()),
      currency: 'EUR',
      available_minor: 1,
      spend_limit_minor: 1,
      status: 'active',
      version: 3,
    });
    expect(await audit()).to.have.length(3);
    const { version: carolsVersion } = await copyOf(carol);

    expect(await rebuild()).to.deep.equal({ looked: 3, announced: 2, forgotten: 1 });
    await platform.untilQuiet();

    expect(await audit()).to.deep.equal([]);
    expect(await copyOf(bob)).to.deep.include({ available_minor: 10_000, version: 41 });
    expect(await copyOf(carol)).to.deep.include({ version: carolsVersion });
    expect(await rebuild(), 'once more').to.deep.equal({ looked: 3, announced: 0, forgotten: 0 });
  });

  it('publishes daily limits that a copy by an earlier release lacks', async () => {
    for (const userId of [alice, bob])
      await platform.db
        .payment('wallets')
        .where({ user_id: idBytes(userId) })
        .update({ daily_limit_minor: 700 });
    await rebuild();
    await platform.untilQuiet();
    await copiesOf(alice).update({ daily_limit_minor: null, spent_minor: null, spending_version: null });
    await copiesOf(bob).update({ daily_limit_minor: 1 });
    await copiesOf(carol).update({ spending_version: null });
    expect(await audit(), 'only a known value can differ').to.have.length(1);

    expect(await rebuild()).to.deep.equal({ looked: 3, announced: 2, forgotten: 0 });
    await platform.untilQuiet();

    for (const userId of [alice, bob]) expect(await copyOf(userId)).to.include({ daily_limit_minor: 700 });
    expect(await rebuild(), 'once more').to.deep.equal({ looked: 3, announced: 0, forgotten: 0 });
  });

  it('writes the audit logs of payment and product, with the actor, in the transaction of each change', async () => {
    const entries = (service: 'payment' | 'product'): Promise<unknown[]> =>
      platform.db[service]('audit_log').where({ action: 'wallet-limits.rebuild' }).select('actor_id', 'subject', 'state_after');
    await rebuild();
    for (const service of ['payment', 'product'] as const) expect(await entries(service), 'nothing to do').to.deep.equal([]);

    await copiesOf(alice).delete();
    const refusal = "FOR EACH ROW SIGNAL SQLSTATE '45000'";
    await platform.db.payment.raw(`CREATE TRIGGER outbox_away BEFORE INSERT ON outbox ${refusal}`);
    expect(await rebuild().catch((error: unknown) => error)).to.be.instanceOf(Error);
    expect(await entries('payment'), 'failed').to.deep.equal([]);
    await platform.db.payment.raw('DROP TRIGGER outbox_away');

    await copiesOf(bob).update({ currency: 'USD' });
    await rebuild();
    const entry = (rows: number) => ({
      actor_id: null,
      subject: 'product',
      state_after: JSON.stringify({ rows, ranBy: 'olga' }),
    });
    expect(await entries('payment')).to.deep.equal([entry(2)]);
    expect(await entries('product')).to.deep.equal([entry(1)]);
  });

  it('keeps a concurrent change of the wallet', async () => {
    await copiesOf(alice).update({ available_minor: 7 });
    await rebuild();
    const [productId = ''] = await platform.stockUp([{ name: 'Tea', priceMinor: 100, stock: 5 }]);
    const told = await platform.takeOutboxes();
    await platform.buy(alice, [{ productId, quantity: 1 }]);
    await platform.untilQuiet();
    await platform.deliver(told);
    expect(await copyOf(alice)).to.deep.include({ available_minor: 9_900 });
    expect(await audit()).to.deep.equal([]);
  });
});
