import { idBytes } from '@florin/database';
import { expect } from 'chai';
import { runAudit } from '../audit/run-audit.ts';
import { type AuditedPlatform, startAuditedPlatform } from '../test/audited-platform.ts';
import { type RebuiltErasures, rebuildErasures } from './rebuild-erasures.ts';

describe('rebuildErasures', () => {
  let platform: AuditedPlatform;
  let alice: string;
  let bob: string;

  beforeEach(async () => {
    platform = await startAuditedPlatform();
    [alice, bob] = [await platform.signUp('alice@x.test'), await platform.signUp('bob@x.test')];
    await platform.untilQuiet();
  });
  afterEach(() => platform.stop());

  const rebuild = (): Promise<RebuiltErasures> =>
    rebuildErasures({
      ...platform.db,
      actor: { actorId: null, actorName: 'olga' },
      onProgress: () => {},
      signal: new AbortController().signal,
    });
  const audit = async (): Promise<string[]> => {
    const { findings } = await runAudit({ databaseUrls: platform.databaseUrls, only: ['user-wallets'], recheckMs: 0 });
    return findings.map(({ detail }) => detail);
  };
  /** As an instance of a release left it that did not remember erasures. */
  const eraseUnremembered = async (userId: string) => {
    await platform.db
      .auth('users')
      .where({ id: idBytes(userId) })
      .update({ status: 'erased' });
    await platform.db
      .payment('wallets')
      .where({ user_id: idBytes(userId) })
      .update({ status: 'frozen' });
  };
  const erasedIn = (service: 'product' | 'payment'): Promise<Buffer[]> => platform.db[service]('erased_users').pluck('user_id');

  it('publishes erased users that product and payment do not know, and no others', async () => {
    await eraseUnremembered(alice);
    expect(await audit()).to.deep.equal(['the user is erased, but not in payment: an admin could unfreeze the wallet']);
    expect(await rebuild()).to.deep.equal({ looked: 1, announced: 1 });
    await platform.untilQuiet();
    for (const service of ['product', 'payment'] as const) expect(await erasedIn(service)).to.deep.equal([idBytes(alice)]);
    expect(await audit()).to.deep.equal([]);
    expect(await rebuild(), 'once more').to.deep.equal({ looked: 1, announced: 0 });
    const wallet: unknown = await platform.db
      .payment('wallets')
      .where({ user_id: idBytes(bob) })
      .first('status');
    expect(wallet).to.deep.equal({ status: 'active' });
  });

  it('publishes a user that one of the two does not know', async () => {
    await eraseUnremembered(alice);
    await platform.db.payment('erased_users').insert({ user_id: idBytes(alice) });
    expect(await rebuild()).to.deep.equal({ looked: 1, announced: 1 });
  });

  it("writes auth's audit log, with the actor, in the transaction of the change", async () => {
    const entries = (): Promise<unknown[]> =>
      platform.db.auth('audit_log').where({ action: 'user-erasures.rebuild' }).select('actor_id', 'subject', 'state_after');
    await eraseUnremembered(alice);
    await platform.db.auth.raw("CREATE TRIGGER outbox_away BEFORE INSERT ON outbox FOR EACH ROW SIGNAL SQLSTATE '45000'");
    expect(await rebuild().catch((error: unknown) => error)).to.be.instanceOf(Error);
    expect(await entries(), 'failed').to.deep.equal([]);
    await platform.db.auth.raw('DROP TRIGGER outbox_away');
    await rebuild();
    expect(await entries()).to.deep.equal([{ actor_id: null, subject: 'auth', state_after: '{"users":1,"ranBy":"olga"}' }]);
  });
});
