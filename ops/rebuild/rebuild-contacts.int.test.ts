import { publishContacts } from '@florin/auth-server/users';
import { idBytes, runTransaction } from '@florin/database';
import { expect } from 'chai';
import { runAudit } from '../audit/run-audit.ts';
import { type AuditedPlatform, startAuditedPlatform } from '../test/audited-platform.ts';
import { type RebuiltContacts, rebuildContacts } from './rebuild-contacts.ts';

describe('rebuildContacts', () => {
  let platform: AuditedPlatform;
  let alice: string;
  let bob: string;
  let carol: string;

  before(async () => {
    platform = await startAuditedPlatform();
    [alice, bob, carol] = [
      await platform.signUp('alice@x.test'),
      await platform.signUp('bob@x.test'),
      await platform.signUp('carol@x.test'),
    ];
    await runTransaction(platform.db.auth, publishContacts);
    await platform.untilQuiet();
  });
  after(() => platform.stop());

  const rebuild = (): Promise<RebuiltContacts> =>
    rebuildContacts({
      ...platform.db,
      actor: { actorId: null, actorName: 'olga' },
      onProgress: () => {},
      signal: new AbortController().signal,
    });
  const copiesOf = (userId: string) => platform.db.product('contacts').where({ user_id: idBytes(userId) });
  const audit = async (): Promise<string[]> => {
    const { findings } = await runAudit({ databaseUrls: platform.databaseUrls, only: ['contacts'], recheckMs: 0 });
    return findings.map(({ detail }) => detail);
  };

  it('repairs copies that are missing, wrong or ahead of auth, and no others', async () => {
    expect(await audit()).to.deep.equal([]);
    await copiesOf(alice).delete();
    await copiesOf(bob).update({ email: 'robert@x.test', version: 40 });
    const [before] = (await copiesOf(carol).select('version')) as { version: number }[];
    expect(await audit()).to.have.members([
      'the contact is published and missing in product',
      'the copy in product differs from the published contact',
    ]);
    expect(await rebuild()).to.deep.equal({ looked: 3, announced: 2 });
    await platform.untilQuiet();
    expect(await audit()).to.deep.equal([]);
    expect(await copiesOf(bob).select('email', 'version')).to.deep.equal([{ email: 'bob@x.test', version: 41 }]);
    expect(await copiesOf(carol).select('version')).to.deep.equal([before]);
    expect(await rebuild(), 'once more').to.deep.equal({ looked: 3, announced: 0 });
    const entries: unknown = await platform.db.auth('audit_log').where({ action: 'contacts.rebuild' }).select('state_after');
    expect(entries).to.deep.equal([{ state_after: '{"contacts":2,"ranBy":"olga"}' }]);
  });

  it('announces above a copy that is ahead of auth, also if its text is the same', async () => {
    await copiesOf(carol).update({ version: 40 });
    expect(await audit()).to.deep.equal(['the copy in product is ahead of auth']);
    expect(await rebuild()).to.deep.equal({ looked: 3, announced: 1 });
    await platform.untilQuiet();
    expect(await copiesOf(carol).select('email', 'version')).to.deep.equal([{ email: 'carol@x.test', version: 41 }]);
    expect(await audit()).to.deep.equal([]);
  });
});
