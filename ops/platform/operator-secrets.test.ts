import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failureOf } from '@florin/testing';
import { expect } from 'chai';
import { mayNameSecretFile } from './may-name-secret-file.ts';
import { secretNames, takeSecretFiles } from './operator-secrets.ts';

describe('takeSecretFiles', () => {
  let directory = '';
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'florin-operator-'));
    writeFileSync(join(directory, 'secret'), 'of the file\n');
  });
  after(() => rmSync(directory, { recursive: true }));

  it('replaces NAME_FILE by NAME for the secrets of services, of migrations and of commands, for programs that it starts', async () => {
    const path = join(directory, 'secret');
    const names = ['AUTH_DATABASE_URL', 'PAYMENT_MIGRATION_DATABASE_URL', 'CURSOR_KEY', 'BACKUP_DATABASE_PASSWORD'];
    const environment: NodeJS.ProcessEnv = { ...Object.fromEntries(names.map((name) => [`${name}_FILE`, path])), LOG_FILE: path };
    await takeSecretFiles(environment);
    expect(environment).to.deep.equal({ ...Object.fromEntries(names.map((name) => [name, 'of the file'])), LOG_FILE: path });
  });

  it('names every file that cannot be read', async () => {
    const environment = { CURSOR_KEY_FILE: join(directory, 'a'), AUTH_DATABASE_URL_FILE: join(directory, 'b') };
    expect(String(await failureOf(takeSecretFiles(environment))))
      .to.match(/CURSOR_KEY_FILE names a file/)
      .and.match(/AUTH_DATABASE_URL_FILE/);
  });

  it('is not skipped for any secret, but for files of other programs', async () => {
    const names = await secretNames();
    expect(names).to.include('CURSOR_KEY');
    expect(names.filter((name) => !mayNameSecretFile(`${name}_FILE`))).to.deep.equal([]);
    expect(['SSL_CERT_FILE', 'FLORIN_ENV_FILE', 'CURSOR_KEY'].filter(mayNameSecretFile)).to.deep.equal([]);
  });
});
