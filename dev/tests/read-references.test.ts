import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { readReferences } from './read-references.ts';

describe('readReferences', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'florin-references-'));
    const exports = {
      '.': { source: './src/index.ts' },
      './config': { source: './src/config.ts' },
      './*': { source: './src/*/index.ts' },
    };
    await write('servers/auth/package.json', JSON.stringify({ name: '@florin/auth-server', exports }));
    for (const file of ['index.ts', 'config.ts', 'main.ts', 'keys/index.ts']) await write(`servers/auth/src/${file}`, '');
    await write('servers/product/src/main.ts', '');
    await write('servers/product/test/files/bars.csv', '');
  });
  afterEach(() => rm(root, { recursive: true }));

  async function write(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }

  const references = async (file: string, text: string): Promise<readonly string[]> => {
    await write(file, text);
    return readReferences(root)(file);
  };

  it('finds imports of files', async () => {
    const text = "import { a } from './config.ts';\nexport * from \"./keys/index.ts\";\nconst lazy = await import('./index.ts');";
    expect(await references('servers/auth/src/service.ts', text)).to.deep.equal([
      'servers/auth/src/config.ts',
      'servers/auth/src/keys/index.ts',
      'servers/auth/src/index.ts',
    ]);
  });

  it('finds imports of packages, by exported name and by pattern', async () => {
    const text =
      "import a from '@florin/auth-server';\nimport b from '@florin/auth-server/config';\nimport c from '@florin/auth-server/keys';";
    expect(await references('e2e/a.test.ts', text)).to.deep.equal([
      'servers/auth/src/index.ts',
      'servers/auth/src/config.ts',
      'servers/auth/src/keys/index.ts',
    ]);
  });

  it('finds programs and files that a test names by path', async () => {
    const text = "new URL('../src/main.ts', import.meta.url); read('files/bars.csv');";
    expect(await references('servers/product/test/crash.int.test.ts', text)).to.deep.equal([
      'servers/product/src/main.ts',
      'servers/product/test/files/bars.csv',
    ]);
  });

  it('finds documents that a test reads, and ignores those that a service names', async () => {
    await write('docs/events.md', '');
    expect(await references('servers/auth/src/log.ts', "log('docs/events.md')")).to.deep.equal([]);
    expect(await references('dev/pages.test.ts', "read('docs/events.md')")).to.deep.equal(['docs/events.md']);
  });

  it('finds a folder of files that a test names', async () => {
    expect(await references('servers/product/test/import.int.test.ts', "join(import.meta.dirname, 'files', name)")).to.deep.equal(
      ['servers/product/test/files/bars.csv'],
    );
  });

  it('finds every file that matches a path with a substitution', async () => {
    const found = await references('e2e/start.ts', `join(root, \`servers/\${service}/src/main.ts\`)`);
    expect([...found].sort()).to.deep.equal(['servers/auth/src/main.ts', 'servers/product/src/main.ts']);
  });

  it('ignores names of things outside the checkout', async () => {
    const text =
      "import chai from 'chai';\nimport 'node:fs';\nfetch('/v1/products');\njoin(root, '../..');\njoin('.', '..');\n" +
      `const t = \`\${a}\`;`;
    expect(await references('e2e/b.test.ts', text)).to.deep.equal([]);
    expect(readReferences(root)('servers/gone.ts')).to.deep.equal([]);
  });
});
