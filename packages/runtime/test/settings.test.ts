import { expect } from 'chai';
import Joi from 'joi';
import { processConfig, processSettings, readSettings, SettingsError } from '../src/index.ts';

type Settings = { PORT: number; NAME: string; IS_FAST: boolean };
const schema = Joi.object<Settings>({
  PORT: Joi.number().port().required(),
  NAME: Joi.string().default('florin'),
  IS_FAST: Joi.boolean().default(false),
});

describe('readSettings', () => {
  it('reads types from text, fills defaults in and ignores what is not its own', () => {
    expect(readSettings(schema, { PORT: '3001', IS_FAST: 'true', HOME: '/root' })).to.deep.equal({
      PORT: 3001,
      NAME: 'florin',
      IS_FAST: true,
    });
  });

  it('takes an empty value for none', () => {
    expect(readSettings(schema, { PORT: '1', NAME: '', IS_FAST: undefined })).to.include({ NAME: 'florin', IS_FAST: false });
    expect(() => readSettings(schema, { PORT: '' })).to.throw(SettingsError, 'PORT is required');
  });

  it('tells every fault at once', () => {
    expect(() => readSettings(schema, { PORT: '70000', IS_FAST: 'maybe' })).to.throw(
      SettingsError,
      /see \.env\.example.*\n {2}- PORT must be a valid port\n {2}- IS_FAST must be a boolean$/,
    );
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(readSettings(schema, { PORT: '1' }))).to.equal(true);
  });
});

describe('processSettings', () => {
  const read = (environment: NodeJS.ProcessEnv) => processConfig(readSettings(Joi.object(processSettings), environment));

  it('need nothing but the brokers', () => {
    const config = read({ KAFKA_BROKERS: 'a:9092,b:9092' });
    expect(config).to.include({ isProduction: false, currency: 'EUR', stopTimeoutMs: 10_000, crashAt: '' });
    expect(config.kafka).to.deep.include({ brokers: ['a:9092', 'b:9092'], prefix: '', partitions: 12 });
    expect(() => read({})).to.throw(SettingsError, 'KAFKA_BROKERS is required');
  });

  it('are each described, for .env.example', () => {
    for (const [name, setting] of Object.entries(processSettings)) {
      expect(setting.describe(), name).to.have.nested.property('flags.description').that.is.a('string');
    }
  });

  for (const setting of ['NODE_ENV=test', 'KAFKA_PREFIX=a b', 'FLORIN_CURRENCY=euro', 'JWKS_URL=ftp://x', 'OUTBOX_POLL_MS=0']) {
    it(`refuse ${setting}`, () => {
      const [name = '', value] = setting.split('=');
      expect(() => read({ KAFKA_BROKERS: 'a:9092', [name]: value })).to.throw(SettingsError, name);
    });
  }
});
