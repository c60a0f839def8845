import { expect } from 'chai';
import Joi from 'joi';
import { processConfig, processSettings, readSettings, renamedSettings, SettingsError } from '../src/index.ts';

type Settings = { PORT: number; NAME: string; IS_FAST: boolean };
const schema = Joi.object<Settings>({
  PORT: Joi.number().port().required(),
  NAME: Joi.string().default('florin'),
  IS_FAST: Joi.boolean().default(false),
});

describe('readSettings', () => {
  it('parses types, fills in defaults and ignores unknown variables', () => {
    expect(readSettings(schema, { PORT: '3001', IS_FAST: 'true', HOME: '/root' })).to.deep.equal({
      PORT: 3001,
      NAME: 'florin',
      IS_FAST: true,
    });
  });

  it('treats an empty value as absent', () => {
    expect(readSettings(schema, { PORT: '1', NAME: '', IS_FAST: undefined })).to.include({ NAME: 'florin', IS_FAST: false });
    expect(() => readSettings(schema, { PORT: '' })).to.throw(SettingsError, 'PORT is required');
  });

  it('reports every fault at once', () => {
    expect(() => readSettings(schema, { PORT: '70000', IS_FAST: 'maybe' })).to.throw(
      SettingsError,
      /see \.env\.example.*\n {2}- PORT must be a valid port\n {2}- IS_FAST must be a boolean$/,
    );
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(readSettings(schema, { PORT: '1' }))).to.equal(true);
  });
});

describe('a setting with a former name', () => {
  const renamed = Joi.object<{ MAX_ROWS: number }>({ MAX_ROWS: Joi.number().default(5).meta({ formerName: 'MOST_ROWS' }) });
  const read = (environment: NodeJS.ProcessEnv) => ({
    maxRows: readSettings(renamed, environment).MAX_ROWS,
    warnings: renamedSettings(renamed, environment),
  });

  it('is read under the former name, with one warning that names the new one', () => {
    const warnings = ['MOST_ROWS is now named MAX_ROWS; the next release does not read the old name'];
    expect(read({ MOST_ROWS: '7' })).to.deep.equal({ maxRows: 7, warnings });
    expect(read({ MOST_ROWS: '7', MAX_ROWS: '' })).to.deep.equal({ maxRows: 7, warnings });
    expect(read({ MOST_ROWS: '7', MAX_ROWS: '7' })).to.deep.equal({ maxRows: 7, warnings });
  });

  it('has no warning under its name alone', () => {
    expect(read({ MAX_ROWS: '8' })).to.deep.equal({ maxRows: 8, warnings: [] });
    expect(read({ MOST_ROWS: '' })).to.deep.equal({ maxRows: 5, warnings: [] });
  });

  it('has the value of the new name where the two differ, and the warning says so', () => {
    expect(read({ MOST_ROWS: '7', MAX_ROWS: '8' })).to.deep.equal({
      maxRows: 8,
      warnings: ['MOST_ROWS is ignored: MAX_ROWS, its new name, is set to another value'],
    });
  });

  it('has both names in the error for a wrong value', () => {
    expect(() => read({ MOST_ROWS: 'many' })).to.throw(SettingsError, /MAX_ROWS must be a number\n {2}- MOST_ROWS is now named/);
  });
});

describe('processSettings', () => {
  const read = (environment: NodeJS.ProcessEnv) => processConfig(readSettings(Joi.object(processSettings), environment));

  it('require only the brokers', () => {
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
    it(`reject ${setting}`, () => {
      const [name = '', value] = setting.split('=');
      expect(() => read({ KAFKA_BROKERS: 'a:9092', [name]: value })).to.throw(SettingsError, name);
    });
  }
});
