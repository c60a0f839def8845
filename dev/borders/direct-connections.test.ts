import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

const root = join(import.meta.dirname, '../..');

/** Ways to connect that do not know the settings of TLS and logins, and the only files that may use them. */
const direct: Record<string, { call: RegExp; files: readonly string[] }> = {
  'mysql2 by itself': {
    call: /\b(createConnection|createPool|createPoolCluster)\(/,
    files: ['bench/bare/browse-server.ts', 'packages/database/src/open-database.ts'],
  },
  'knex by itself': { call: /\bknex\(\{/, files: ['packages/database/src/open-database.ts', 'release/check-migrations.ts'] },
  'kafkajs by itself': {
    call: /\bnew (kafkajs\.)?Kafka\(/,
    files: ['packages/kafka/src/open-kafkajs.ts', 'packages/testing/src/configure-topic.ts'],
  },
  // Beside an import of types. Its clients get their options from `clientOptions`.
  '@platformatic/kafka by itself': {
    call: /(?<!^import type .*)(from |\bimport\(|\brequire\(|\bload\()'@platformatic\/kafka'/m,
    files: ['packages/kafka/src/platformatic/library.ts'],
  },
};

describe('connections to the database and to Kafka', () => {
  const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.mjs'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && !file.endsWith('.test.ts'));

  for (const [way, { call, files }] of Object.entries(direct)) {
    it(`are not opened with ${way}, which would leave out TLS`, () => {
      const found = sources.filter((file) => call.test(readFileSync(join(root, file), 'utf8')));
      expect(found.filter((file) => !files.includes(file))).to.deep.equal([]);
    });
  }
});
