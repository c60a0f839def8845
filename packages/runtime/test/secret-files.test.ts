import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import Joi from 'joi';
import { readSettings, SettingsError, secretSettings } from '../src/index.ts';

type Settings = { NAME: string; KEY: string };
const schema = Joi.object<Settings>({
  NAME: Joi.string().default('florin'),
  KEY: Joi.string()
    .pattern(/^[a-z ]+$/)
    .required()
    .meta({ isSecret: true }),
});

describe('a setting that is marked as secret', () => {
  let directory = '';
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'florin-secrets-'));
  });
  after(() => rmSync(directory, { recursive: true }));

  const file = (text: string | Buffer): string => {
    const path = join(directory, 'secret');
    writeFileSync(path, text);
    return path;
  };
  const failure = (environment: Record<string, string>): string => {
    try {
      readSettings(schema, environment);
    } catch (error) {
      expect(error).to.be.instanceOf(SettingsError);
      return (error as Error).message;
    }
    return 'no failure';
  };

  it('is read from the file that NAME_FILE names, without the line break at its end', () => {
    expect(secretSettings(schema)).to.deep.equal(['KEY']);
    for (const [text, secret] of [
      ['of the file', 'of the file'],
      ['of the file\n', 'of the file'],
      ['of the file\r\n', 'of the file'],
      ['spaces stay  ', 'spaces stay  '],
    ] as const)
      expect(readSettings(schema, { KEY_FILE: file(text) }), JSON.stringify(text)).to.include({ KEY: secret });
    expect(readSettings(schema, { KEY_FILE: '', KEY: 'of the environment' })).to.include({ KEY: 'of the environment' });
  });

  it('is rejected with both the value and a file', () => {
    expect(failure({ KEY: 'of the environment', KEY_FILE: file('of the file') })).to.match(
      /\n {2}- KEY_FILE is set beside KEY: set only one of them$/,
    );
  });

  it('is rejected once, with the path, if its file cannot be read, is empty or is too large', () => {
    const missing = join(directory, 'missing');
    expect(failure({ KEY_FILE: missing })).to.match(/:\n {2}- KEY_FILE names a file that cannot be read: \S+missing \(ENOENT\)$/);
    expect(failure({ KEY_FILE: directory })).to.match(/KEY_FILE names a file that cannot be read: \S+ \(EISDIR\)$/);
    expect(failure({ KEY_FILE: file('\n') })).to.match(/KEY_FILE names an empty file: \S+secret$/);
    expect(failure({ KEY_FILE: file(Buffer.alloc(70_000, 97)) })).to.match(/KEY_FILE names a file of more than 65536 bytes: /);
  });

  it('never shows in an error', () => {
    for (const environment of [{ KEY: 'HUSH-1' }, { KEY_FILE: file('HUSH-1\n') }])
      expect(failure(environment))
        .to.match(/KEY must match/)
        .and.not.include('HUSH');
    const custom = Joi.object({ KEY: Joi.string().custom(reject).meta({ isSecret: true }) });
    expect(() => readSettings(custom, { KEY: 'HUSH-2' })).to.throw(SettingsError, /- KEY has a value that is not allowed$/);
  });

  it('is the only kind that is read from a file', () => {
    expect(readSettings(schema, { KEY: 'some key', NAME_FILE: file('of the file') })).to.include({ NAME: 'florin' });
  });
});

function reject(value: string): never {
  throw new Error(`it is ${value}`);
}
