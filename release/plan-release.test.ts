import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { planRelease } from './plan-release.ts';
import { type Plan, type Release, releaseFiles, writeReleaseFile } from './release-files.ts';

const images = {
  auth: 'r/florin-auth@sha256:a',
  payment: 'r/florin-payment@sha256:b',
  product: 'r/florin-product@sha256:c',
  gateway: 'r/florin-gateway@sha256:e',
  ops: 'r/florin-ops@sha256:d',
};

/**
 * Packages `base`, `ledger` (which uses base), `mail` and `ui`; auth uses mail, payment ledger, product base; the app shop uses ui;
 * ops uses product.
 */
const dependencies: Record<string, readonly string[]> = {
  'packages/base': [],
  'packages/ledger': ['base'],
  'packages/mail': [],
  'packages/ui': [],
  'servers/auth': ['mail'],
  'servers/payment': ['ledger'],
  'servers/product': ['base'],
  'apps/shop': ['ui'],
  ops: ['product'],
};

describe('the plan of a release', () => {
  let root: string;
  let first: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'florin-plan-'));
    git('init', '--quiet', '--initial-branch=main');
    for (const [path, uses] of Object.entries(dependencies)) {
      const manifest = {
        name: `@x/${path}`,
        version: '1.0.0',
        dependencies: Object.fromEntries(
          uses.map((name) => [`@x/${name === 'product' ? 'servers' : 'packages'}/${name}`, '1.0.0']),
        ),
      };
      write(`${path}/package.json`, JSON.stringify(manifest));
      write(`${path}/src/index.ts`, '');
    }
    write('Dockerfile', 'FROM scratch');
    first = commit();
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function git(...args: string[]): string {
    const who = { GIT_AUTHOR_NAME: 'alice', GIT_AUTHOR_EMAIL: 'a@x', GIT_COMMITTER_NAME: 'alice', GIT_COMMITTER_EMAIL: 'a@x' };
    return execFileSync('git', args, {
      cwd: root,
      env: { PATH: process.env['PATH'], HOME: root, ...who },
      encoding: 'utf8',
    }).trim();
  }
  function write(path: string, content: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  function commit(): string {
    git('add', '--all', '--', ':!build');
    git('commit', '--quiet', '--message=change');
    return git('rev-parse', 'HEAD');
  }
  const good = (release: Release): Promise<void> => writeReleaseFile(root, releaseFiles.good, release);
  const plan = (isEverything = false): Promise<Plan> => planRelease({ root, isEverything });

  it('builds everything in the first release', async () => {
    expect(await plan()).to.deep.equal({
      commit: first,
      since: null,
      build: ['auth', 'payment', 'product', 'gateway', 'ops'],
      keep: {},
      isDeploymentChanged: true,
    });
  });

  for (const [path, build] of [
    ['servers/auth/src/index.ts', ['auth']],
    ['packages/mail/src/index.ts', ['auth']],
    ['packages/ledger/src/index.ts', ['payment']],
    ['packages/base/package.json', ['payment', 'product', 'ops']],
    ['servers/payment/migrations/0009-new.ts', ['payment']],
    ['Dockerfile', ['auth', 'payment', 'product', 'gateway', 'ops']],
    ['package-lock.json', ['auth', 'payment', 'product', 'gateway', 'ops']],
    ['something-new.config', ['auth', 'payment', 'product', 'gateway', 'ops']],
    ['apps/shop/src/index.ts', ['gateway']],
    ['packages/ui/src/tokens.css', ['gateway']],
    ['apps/shop/test/index.test.ts', []],
    ['packages/base/test/base.test.ts', []],
    ['packages/base/README.md', []],
    ['docs/operations.md', []],
    ['ops/audit/audit.ts', ['ops']],
    ['ops/audit/audit.test.ts', []],
    ['ops/test/audited-platform.ts', []],
    ['dev/start.ts', []],
    ['chaos/prove/prove.ts', []],
    ['release/release.ts', []],
    ['Jenkinsfile', []],
  ] as const) {
    it(`builds ${build.join(' and ') || 'nothing'} when ${path} has changed`, async () => {
      await good({ commit: first, images });
      write(path, JSON.stringify({ name: '@x/packages/base', version: '2' }));
      const head = commit();
      const planned = await plan();
      expect(planned).to.deep.include({ commit: head, since: first, build: [...build], isDeploymentChanged: false });
      expect(Object.keys(planned.keep)).to.deep.equal(
        Object.keys(images).filter((name) => !(build as readonly string[]).includes(name)),
      );
    });
  }

  it('compares with the last good release, despite failed builds since', async () => {
    await good({ commit: first, images });
    write('packages/mail/src/index.ts', 'fails');
    commit();
    write('docs/mail.md', 'mends nothing');
    commit();
    expect((await plan()).build).to.deep.equal(['auth']);
  });

  it('detects the old path of a moved file', async () => {
    write('packages/ledger/src/sum.ts', 'a file of some length that git would call renamed');
    await good({ commit: commit(), images });
    mkdirSync(join(root, 'docs'));
    git('mv', 'packages/ledger/src/sum.ts', 'docs/sum.ts');
    commit();
    expect((await plan()).build).to.deep.equal(['payment']);
  });

  it('builds nothing and keeps all images if nothing has changed', async () => {
    await good({ commit: first, images });
    expect(await plan()).to.deep.include({ build: [], keep: images, isDeploymentChanged: false });
  });

  for (const file of ['docker-compose.yml', 'deploy/compose/gateway.yml']) {
    it(`only deploys if only the way to run it has changed: ${file}`, async () => {
      await good({ commit: first, images });
      write(file, 'services: {}');
      commit();
      expect(await plan()).to.deep.include({ build: [], isDeploymentChanged: true });
    });
  }

  it('builds everything with --all or without the last good commit, and a server without an image', async () => {
    await good({ commit: first, images });
    expect((await plan(true)).build).to.deep.equal(['auth', 'payment', 'product', 'gateway', 'ops']);
    await good({ commit: 'f'.repeat(40), images });
    expect(await plan()).to.deep.include({ since: null, build: ['auth', 'payment', 'product', 'gateway', 'ops'] });
    await good({ commit: first, images: { auth: images.auth, payment: images.payment } });
    expect((await plan()).build).to.deep.equal(['product', 'gateway', 'ops']);
  });
});
