import { randomBytes } from 'node:crypto';
import { databaseUrl } from '@florin/values';
import { expect } from 'chai';
import Joi from 'joi';
import { processSettings, readSettings, SettingsError } from '../src/index.ts';

const schema = Joi.object({
  ...processSettings,
  SHOP_DATABASE_URL: databaseUrl(),
  SHOP_PASSWORD: Joi.string().meta({ isSecret: true }),
  SHOP_KEYS: Joi.string().meta({ isSecret: true }),
});
const randomKey = randomBytes(32).toString('base64');
const least = {
  KAFKA_BROKERS: 'kafka:9092',
  KAFKA_SECURITY: 'plaintext',
  NODE_ENV: 'production',
  CURSOR_KEY: randomKey,
  EVENT_SIGNING_KEYS: `test:${randomBytes(32).toString('base64')}`,
};
const developmentKey = (readSettings(schema, { KAFKA_BROKERS: 'kafka:9092' }) as { CURSOR_KEY: string }).CURSOR_KEY;

describe('production', () => {
  it('starts with secrets that nobody else knows', () => {
    const good = {
      SHOP_DATABASE_URL: 'mysql://florin_shop_run:Vw3kQ9@db:3306/florin_shop',
      SHOP_PASSWORD: 'correct horse battery staple and another one',
      SHOP_KEYS: `a:${randomKey},b:${randomBytes(32).toString('hex')}`,
    };
    expect(readSettings(schema, { ...least, ...good })).to.include(good);
  });

  const rejected: [name: string, value: string, fault: RegExp][] = [
    ['CURSOR_KEY', developmentKey, /is the key of development/],
    ['CURSOR_KEY', Buffer.alloc(32).toString('base64'), /is not random/],
    ['CURSOR_KEY', Buffer.alloc(32, 7).toString('base64'), /is not random/],
    ['SHOP_KEYS', `a:${randomKey},b:${Buffer.alloc(32).toString('base64')}`, /is not random/],
    ['SHOP_KEYS', '0'.repeat(64), /is not random/],
    ['SHOP_DATABASE_URL', 'mysql://florin:florin@db/florin_shop', /has the user's name as its password/],
    ['SHOP_DATABASE_URL', 'mysql://florin_shop_run:florin@db/florin_shop', /has a password that is public/],
    ['SHOP_DATABASE_URL', 'mysql://florin_shop_run@db/florin_shop', /has no password/],
    ['SHOP_PASSWORD', 'Florin', /is a public password/],
    ['SHOP_PASSWORD', 'admin-in-development', /is for development/],
    ['CRASH_AT', 'before-commit:3', /is for tests/],
  ];
  for (const [name, value, fault] of rejected)
    it(`rejects ${name} that ${fault.source}, by name and without its value: ${value.slice(0, 50)}`, () => {
      const read = (environment: Record<string, string>) => () =>
        readSettings(schema, { ...least, ...environment, [name]: value });
      expect(read({ NODE_ENV: 'production' }))
        .to.throw(SettingsError, new RegExp(`\\n {2}- ${name} ${fault.source}.*: production rejects it$`))
        .with.property('message')
        .that.does.not.include(value);
      expect(read({ NODE_ENV: 'development' })).to.not.throw();
    });

  it('names all of them at once, beside other faults', () => {
    const all = { CURSOR_KEY: developmentKey, SHOP_PASSWORD: 'florin', CRASH_AT: 'before-commit', OUTBOX_POLL_MS: '0' };
    expect(() => readSettings(schema, { ...least, ...all })).to.throw(
      SettingsError,
      /OUTBOX_POLL_MS [^\n]*\n {2}- CURSOR_KEY [^\n]*\n {2}- SHOP_PASSWORD [^\n]*\n {2}- CRASH_AT /,
    );
  });
});
