// Runs with --full: it starts a JVM for each scenario of the Jenkinsfile, which few changes touch.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { serviceNames } from '../../ops/platform/service-names.ts';
import { findExecutables } from '../../ops/programs/find-executable.ts';
import { type PipelineBuild, playPipelines, type Scenario } from './play-pipeline.ts';

const root = join(import.meta.dirname, '../..');
const jenkinsfile = join(root, 'Jenkinsfile');
const servers = [...serviceNames].sort();

describe('the Jenkinsfile', function () {
  this.timeout(900_000);
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'florin-pipeline-'));
  });
  after(() => rmSync(directory, { recursive: true }));

  it('is rejected with an error that Jenkins finds, and with a forbidden construct', async () => {
    const faults = [
      ['agent none', 'agnt none', "pipeline: there is no 'agnt' here"],
      ['checkout scm', 'chekout scm', "stage 'Checkout': there is no 'chekout' here"],
      ['timestamps()', 'timestamp()', "pipeline, options: there is no 'timestamp' here"],
      ["stage('Images')", "stage('Plan')", "stage 'Build': there are two stages 'Plan'"],
      ['milestone(ordinal: 20)', "sh 'ls'", "stage 'Promote': sh needs an agent"],
      ['agent none', "agent { label 'florin' }", "stage 'Promote': a person is waited for while an agent is held"],
      ["-- push'", "-- push ' + env.REGISTRY_PSW", "stage 'Images': a secret stands in a command"],
    ] as const;
    const text = readFileSync(jenkinsfile, 'utf8');
    const files = faults.map(([from, to], index) => {
      expect(text.split(from).length, from).to.be.above(1);
      const changed = text.replace(from, to);
      writeFileSync(join(directory, `Jenkinsfile-${index}`), changed);
      return join(directory, `Jenkinsfile-${index}`);
    });
    const played = await playPipelines(files, { directory });
    const refusals = played.map((one) => ('refused' in one ? one.refused : 'not refused'));
    expect(refusals).to.deep.equal(faults.map(([, , refused]) => refused));
  });

  describe('played through', () => {
    let builds: Map<string, PipelineBuild>;
    let rehearsal: PipelineBuild;
    let gateway: Server;
    let state: string;
    /** Commit with a broken product. */
    let brokenCommit = '';

    before(async () => {
      state = join(directory, 'state');
      const workspace = makeWorkspace(join(directory, 'workspace'));
      gateway = await startGateway();
      const [played] = await playPipelines([jenkinsfile], { scenarios: scenarios(workspace), directory });
      if (played === undefined || 'refused' in played) throw new Error(played?.refused);
      builds = new Map(played.builds.map((build) => [build.name, build]));
      rehearsal = played.rehearsal;
    });
    after(() => {
      gateway?.closeAllConnections();
      gateway?.close();
    });

    /** Builds of one job, each on the artefacts of the previous one. */
    function scenarios(workspace: string): Scenario[] {
      const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
      const env = {
        PATH: `${join(import.meta.dirname, 'stubs')}:${process.env['PATH']}`,
        STUB_STATE: state,
        STUB_ROOT: root,
        STUB_NPM: findExecutables('npm')[0] ?? 'npm',
        STUB_PASSWORD: 'secret-of-florin-registry',
        SMOKE_TIMEOUT_S: '1',
        NODE_V8_COVERAGE: '',
      };
      const shell = { directory: workspace, archive: join(directory, 'archive'), env };
      const addresses = {
        FLORIN_REGISTRY: 'registry.example/team',
        FLORIN_STAGING_DOCKER_HOST: 'ssh://staging',
        FLORIN_PRODUCTION_DOCKER_HOST: 'ssh://production',
        FLORIN_STAGING_URL: `${url}/staging`,
        FLORIN_PRODUCTION_URL: `${url}/production`,
        FLORIN_NPM_REGISTRY: 'https://npm.example/',
      };
      const commit = (path: string): string => `echo "$RANDOM" >> ${path} && git add ${path} && git commit -qm change`;
      return [
        { name: 'first', shell, env: addresses, params: { PUBLISH_PACKAGES: true, PACKAGES_VERSION: '1.0.0' } },
        { name: 'nothing changed', shell, env: addresses },
        { name: 'breaks clients', commands: [{ match: 'documents --check', code: 1 }] },
        { name: 'tests fail', commands: [{ match: '--suite integration', code: 1 }] },
        {
          name: 'smoke test fails',
          shell,
          env: addresses,
          before: `${commit('servers/product/src/index.ts')} && git rev-parse HEAD > "${state}/broken"`,
          previousResult: 'FAILURE',
        },
        { name: 'mended', commands: [{ match: 'plan', stdout: 'auth' }], previousResult: 'FAILURE' },
        { name: 'not promoted', commands: [{ match: 'plan', stdout: 'auth' }], approval: false },
        { name: 'branch', env: { BRANCH_NAME: 'feature' }, params: { PUBLISH_PACKAGES: true } },
      ];
    }

    function makeWorkspace(workspace: string): string {
      mkdirSync(state, { recursive: true });
      for (const folder of ['packages', 'servers', 'apps', 'ops']) {
        cpSync(join(root, folder), join(workspace, folder), {
          recursive: true,
          filter: (path) => !/node_modules|\/(test|dist)$|\/(src|migrations|public)\/./.test(path),
        });
      }
      cpSync(join(root, 'docs/api'), join(workspace, 'docs/api'), { recursive: true });
      for (const server of servers) writeFileSync(join(workspace, 'servers', server, 'src/index.ts'), '');
      writeFileSync(join(workspace, 'packages/runtime/src/index.ts'), '');
      writeFileSync(join(workspace, '.gitignore'), 'dist\n/build/\n');
      const git = (...args: string[]) => execFileSync('git', args, { cwd: workspace, env: process.env });
      git('init', '--quiet', '--initial-branch=main');
      git('config', 'user.name', 'alice');
      git('config', 'user.email', 'alice@florin.example');
      git('add', '--all');
      git('commit', '--quiet', '--message=first');
      return workspace;
    }

    /** Stub of the deployed platform; a broken product answers 503. */
    async function startGateway(): Promise<Server> {
      const answers: Record<string, [number, unknown]> = {
        'GET /.well-known/jwks.json': [200, { keys: [] }],
        'POST /v1/auth/signup': [201, { data: { accessToken: 'token' } }],
        'GET /v1/wallet': [200, { data: {} }],
        'GET /v1/products': [200, { data: [{ id: 'tea' }] }],
        'POST /v1/purchases': [200, { data: { id: 'p', status: 'declined' } }],
        'DELETE /v1/users/me': [204, undefined],
      };
      const server = createServer((request, response) => {
        const [, target = '', path = ''] = /^\/(\w+)([^?]*)/.exec(request.url ?? '') ?? [];
        const isBroken =
          path.startsWith('/v1/purchases') && running(target)['product'] === imageOf('product', brokenCommit || broken());
        const [status, body] = isBroken ? [503, { code: 'UNAVAILABLE' }] : (answers[`${request.method} ${path}`] ?? [404, {}]);
        response.writeHead(status).end(body === undefined ? undefined : JSON.stringify(body));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }

    function broken(): string {
      if (existsSync(join(state, 'broken'))) brokenCommit = readFileSync(join(state, 'broken'), 'utf8').trim();
      return brokenCommit;
    }
    function running(target: string): Record<string, string> {
      const file = join(state, `running-ssh---${target}.json`);
      return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
    }
    function imageOf(server: string, commit: string): string {
      const repository = `registry.example/team/florin-${server}`;
      return `${repository}@sha256:${createHash('sha256').update(`${repository}:${commit}`).digest('hex')}`;
    }
    function build(name: string): PipelineBuild {
      const found = builds.get(name);
      if (found === undefined) throw new Error(`There was no build ${name}.`);
      return found;
    }
    const commands = (name: string): string[] =>
      build(name)
        .events.filter(({ what }) => what === 'sh')
        .map(({ text }) => text.replace(/^npm (--silent )?run release -- /, ''));
    const outputs = (name: string, command: string): string =>
      build(name)
        .events.filter(({ what, text }) => what === 'sh' && text.endsWith(command))
        .map(({ output }) => output)
        .join('');
    const explain = (name: string): string =>
      JSON.stringify(
        build(name).events.filter(({ code = 0, what }) => code !== 0 || what === 'failed'),
        null,
        1,
      );

    it('has only commands that call a script', () => {
      const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
      const written = new Set(rehearsal.events.filter(({ what }) => what === 'sh').map(({ text }) => text));
      expect(written.size).to.be.above(15);
      for (const command of written) {
        const [, script] = /^npm (?:--silent )?(?:run )?([\w:]+)( --( [\w.:/-]+| "\$\w+")+)?$/.exec(command) ?? [];
        const isKnown = (script !== undefined && scripts[script] !== undefined) || /^(npm ci|git clean) [\w. =-]+$/.test(command);
        expect(isKnown, command).to.equal(true);
      }
      const steps = (name: string): string[] =>
        commands(name).filter((text) => !text.startsWith('npm ') && !text.startsWith('git '));
      const played = new Set([...builds.keys()].flatMap(steps));
      for (const command of written) {
        if (!command.includes('run release')) continue;
        expect([...played, 'rollback production'], command).to.include(command.replace(/^npm (--silent )?run release -- /, ''));
      }
    });

    it('builds, tests, publishes, deploys to staging, asks, and deploys the same images to production', () => {
      expect(build('first').result, explain('first')).to.equal('SUCCESS');
      expect(commands('first')).to.deep.equal([
        'git clean -ffdx --exclude=.npm --exclude=.florin',
        'npm ci --cache .npm --prefer-offline --no-audit --no-fund',
        'npm run lint',
        'npm run lint:jenkins',
        'npm run build',
        'npm run typecheck',
        'migrations',
        'documents --check',
        'npm test -- --suite unit',
        'npm test -- --suite integration',
        'npm test -- --suite e2e',
        'npm run prove -- --minutes "$PROVE_MINUTES" --report reports/prove.html',
        'packages --version "$PACKAGES_VERSION"',
        'packages --version "$PACKAGES_VERSION" --publish',
        'plan',
        'build',
        'sbom',
        'scan',
        'push',
        'record staging',
        'migrate staging',
        'deploy staging',
        'smoke staging',
        'good',
        'npm ci --cache .npm --prefer-offline --no-audit --no-fund',
        'record production',
        'migrate production',
        'deploy production',
        'smoke production',
      ]);
      expect(outputs('first', 'documents --check')).to.include('No change breaks clients.');
      expect(outputs('first', 'plan').trim()).to.equal([...servers, 'gateway', 'ops'].join(' '));
      const happened = build('first').events.map(({ what, text }) => `${what} ${text}`);
      const [asked, deployed] = [
        happened.findIndex((line) => line.startsWith('input')),
        happened.indexOf('lock florin-production'),
      ];
      expect(asked).to.be.above(happened.indexOf('lock florin-staging'));
      const docked = readFileSync(join(state, 'docker.log'), 'utf8');
      for (const server of servers)
        expect(docked).to.match(new RegExp(` build --build-arg SERVER=${server} .*/florin-${server}:`));
      expect(docked).to.match(/ build --target ops .* --tag registry\.example\/team\/florin-ops:\w{40} \.$/m);
      expect(docked).to.match(/ build --target gateway .* --tag registry\.example\/team\/florin-gateway:\w{40} \.$/m);
      expect(deployed).to.be.above(asked);
      expect(happened.filter((line) => line.startsWith('junit'))).to.have.length(3);
      expect(happened.join()).to.include('recordCoverage').and.include('COBERTURA');
    });

    it('builds, deploys and asks nothing if nothing has changed', () => {
      expect(build('nothing changed').result, explain('nothing changed')).to.equal('SUCCESS');
      expect(outputs('nothing changed', 'plan')).to.equal('\n');
      expect(commands('nothing changed').at(-1)).to.equal('plan');
      expect(build('nothing changed').events.map(({ what }) => what)).to.not.include.members(['input']);
    });

    it('stops at a change that breaks clients', () => {
      expect(build('breaks clients').result).to.equal('FAILURE');
      expect(commands('breaks clients').at(-1)).to.equal('documents --check');
    });

    it('stops at failing tests, publishes their reports and notifies', () => {
      expect(build('tests fail').result).to.equal('FAILURE');
      expect(commands('tests fail').at(-1)).to.equal('npm test -- --suite integration');
      const happened = build('tests fail').events.map(({ what, text }) => `${what} ${text}`);
      expect(happened.join('\n'))
        .to.match(/junit .*tests-integration\.xml/)
        .and.match(/mail .*FAILURE/)
        .and.not.match(/milestone/);
    });

    it('rolls staging back if the smoke test fails, does not ask, and notifies', () => {
      const { events, result } = build('smoke test fails');
      expect(result).to.equal('FAILURE');
      expect(outputs('smoke test fails', 'plan').trim()).to.equal('product ops');
      expect(running('production')['payment'], 'what has not changed stays').to.equal(running('staging')['payment']);
      expect(commands('smoke test fails').slice(-2)).to.deep.equal(['smoke staging', 'rollback staging']);
      expect(outputs('smoke test fails', 'smoke staging')).to.include('Smoke test, a purchase: answered 503 UNAVAILABLE');
      expect(events.find(({ text }) => text.endsWith('rollback staging'))?.code, explain('smoke test fails')).to.equal(0);
      expect(events.map(({ what }) => what)).to.not.include('input');
      // The operators' commands do not run permanently, so running containers do not show their image.
      const before = outputs('first', 'deploy production')
        .trim()
        .replace(/^ops .*\n/m, '');
      expect(outputs('smoke test fails', 'record staging').trim()).to.equal(before);
      expect(outputs('smoke test fails', 'rollback staging')).to.include(before);
      expect(outputs('smoke test fails', 'deploy staging')).to.include(imageOf('product', brokenCommit));
    });

    it('notifies when the build is fixed', () => {
      const happened = build('mended').events.map(({ what, text }) => `${what} ${text}`);
      expect(happened.join('\n')).to.match(/mail .*mended/);
    });

    it('does not deploy to production without approval', () => {
      expect(build('not promoted').result).to.equal('ABORTED');
      expect(commands('not promoted').at(-1)).to.equal('good');
    });

    it('tests a branch without building images or publishing', () => {
      expect(build('branch').result, explain('branch')).to.equal('SUCCESS');
      expect(commands('branch').at(-1)).to.equal('packages --version "$PACKAGES_VERSION"');
    });

    it('gives secrets only to the tools that need them', () => {
      const log = readFileSync(join(state, 'docker.log'), 'utf8');
      expect(log).to.match(/login --username user-of-florin-registry --password-stdin registry\.example$/m);
      const everything = [log, readFileSync(join(state, 'npm.log'), 'utf8'), JSON.stringify([...builds.values()])].join('\n');
      for (const secret of ['registry', 'npm', 'staging-ssh']) expect(everything).to.not.include(`secret-of-florin-${secret}`);
      expect(log).to.match(/ssh:\/\/staging compose .* --env-file \/credentials\/florin-staging-env up --detach --no-build/);
    });
  });
});
