import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { v7 } from 'uuid';
import {
  createEventVerifier,
  DEVELOPMENT_SIGNING_KEYS,
  type EventSignatures,
  makeEvent,
  parseEvent,
  parseSigningKeys,
  type ReceivedMessage,
  signEvent,
} from '../src/index.ts';

const DAY_MS = 86_400_000;
const newKey = (): string => randomBytes(32).toString('base64');

describe('a signed event', () => {
  const alice = v7();
  const keys = parseSigningKeys(`new:${newKey()},old:${newKey()}:2026-11-01`);
  const [newest, old] = keys;
  const require: EventSignatures = { mode: 'require', keys };
  const { topic, key, event } = makeEvent('user-registered', { sequence: 1, data: { userId: alice } });
  const json = JSON.stringify({ ...event, note: 'Größe "42" ☕' });
  const received = (value: string | Buffer | null, changes: Partial<ReceivedMessage> = {}): ReceivedMessage => ({
    topic,
    partition: 0,
    offset: '7',
    key: Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
    ...changes,
  });
  const kindOf = (message: ReceivedMessage, signatures: EventSignatures = require, now = Date.UTC(2026, 10, 2)): string =>
    createEventVerifier(signatures, { now: () => now })(message).kind;

  it('is the same JSON with a last member', () => {
    const signed = signEvent(json, { topic, key }, newest);
    expect(signed).to.match(/^\{"specversion".*,"florinsig":"v1\.new\.[\w-]{43}"\}$/);
    expect(JSON.parse(signed)).to.deep.include(JSON.parse(json) as object);
    expect(kindOf(received(signed))).to.equal('genuine');
    expect(parseEvent(received(signed), createEventVerifier(require))).to.have.property('kind', 'event');
  });

  it('is parsed without its signature', () => {
    const signed = signEvent(JSON.stringify(event), { topic, key }, newest);
    expect(parseEvent(received(signed), createEventVerifier(require))).to.deep.equal({ kind: 'event', event });
  });

  const signed = signEvent(json, { topic, key }, newest);
  const sameId = parseSigningKeys(`new:${newKey()}`);
  const forgeries: Record<string, ReceivedMessage> = {
    'no value': received(null),
    'no signature': received(json),
    'no key': received(signed, { key: null }),
    'the key of another user': received(signed, { key: Buffer.from(v7()) }),
    'another topic': received(signed, { topic: 'florin.sessions' }),
    'a changed byte': received(signed.replace(alice, v7())),
    'a blank behind it': received(`${signed} `),
    'a member behind the signature': received(`${signed.slice(0, -1)},"type":"user-erased"}`),
    'a MAC cut short': received(`${signed.slice(0, -3)}"}`),
    'a MAC of zeros': received(signed.replace(/[\w-]{43}"\}$/, `${'A'.repeat(43)}"}`)),
    'another version': received(signed.replace('"v1.', '"v2.')),
    'the signature of another key with the same id': received(signEvent(json, { topic, key }, sameId[0])),
    'a signature that moves a part of the key into the JSON': received(signed.slice(1), { key: Buffer.from(`${key}{`) }),
  };
  for (const [name, message] of Object.entries(forgeries))
    it(`is forged with ${name}`, () => expect(kindOf(message)).to.equal('forged'));

  it('waits for a key that the ring lacks', () => {
    const verify = createEventVerifier({ mode: 'require', keys: parseSigningKeys(`other:${newKey()}`) });
    expect(verify(received(signed))).to.deep.equal({
      kind: 'unknown-key',
      keyId: 'new',
      reason: 'EVENT_SIGNING_KEYS has no key new, which signed a message.',
    });
    expect(parseEvent(received(signed), verify)).to.have.property('kind', 'unknown-key');
  });

  it('of a retired key verifies for 60 days from its date, and then no longer', () => {
    if (old?.retiredOn === undefined) throw new Error('no retired key');
    const byOld = received(signEvent(json, { topic, key }, old));
    const endMs = old.retiredOn.getTime() + 60 * DAY_MS;
    expect(kindOf(byOld, require, endMs - 1)).to.equal('genuine');
    expect(kindOf(byOld, require, endMs)).to.equal('forged');
  });

  describe('in a topic with unsigned events', () => {
    const starts = new Map([[`${topic}/0`, '7']]);
    const of = (mode: 'accept' | 'require' | undefined, message: ReceivedMessage, stored = starts): string =>
      createEventVerifier({ mode, keys }, { starts: stored })(message).kind;

    it('takes unsigned events below the stored offset only, in every partition', () => {
      for (const mode of ['require', undefined] as const) {
        expect(of(mode, received(json, { offset: '6' })), mode).to.equal('genuine');
        expect(of(mode, received(json)), mode).to.equal('forged');
        expect(of(mode, received(json, { offset: '0', partition: 1 })), mode).to.equal('forged');
      }
    });

    it('takes none if no offset is stored and signatures are required', () => {
      expect(of('require', received(json, { offset: '0' }), new Map())).to.equal('forged');
    });

    it('takes all of them by default until offsets are stored, and by setting', () => {
      expect(of(undefined, received(json), new Map())).to.equal('genuine');
      expect(of('accept', received(json))).to.equal('genuine');
    });

    it('refuses a wrong signature anywhere', () => {
      const wrong = received(signed.replace(alice, v7()), { offset: '0' });
      for (const mode of ['accept', 'require', undefined] as const) expect(of(mode, wrong), mode).to.equal('forged');
    });

    it('is not looked at while signatures are off', () => {
      expect(kindOf(received('anything'), { mode: 'off' })).to.equal('genuine');
    });
  });
});

describe('parseSigningKeys', () => {
  it('reads keys, of which the first signs', () => {
    const keys = parseSigningKeys(`b:${newKey()}, a:${newKey()}:2026-11-20,c:${newKey()}`);
    expect(keys.map(({ id, retiredOn }) => [id, retiredOn?.toISOString()])).to.deep.equal([
      ['b', undefined],
      ['a', '2026-11-20T00:00:00.000Z'],
      ['c', undefined],
    ]);
    expect(parseSigningKeys(DEVELOPMENT_SIGNING_KEYS)).to.have.length(1);
  });

  const secret = newKey();
  const faults: Record<string, string> = {
    'an empty text': '',
    'a key without an id': secret,
    'a short key': `a:${randomBytes(16).toString('base64')}`,
    'a long id': `${'a'.repeat(33)}:${secret}`,
    'an id with a dot': `a.b:${secret}`,
    'a key of zeros': `a:${Buffer.alloc(32).toString('base64')}`,
    'the same id twice': `a:${secret},a:${newKey()}`,
    'a date that does not exist': `b:${newKey()},a:${secret}:2026-13-01`,
    'a retired key in front': `a:${secret}:2026-11-20`,
    'an entry without a key': `a:${secret},`,
  };
  for (const [name, text] of Object.entries(faults)) {
    it(`rejects ${name}, and names no key`, () => {
      expect(() => parseSigningKeys(text))
        .to.throw(Error)
        .with.property('message')
        .that.does.not.include(secret);
    });
  }
});
